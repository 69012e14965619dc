package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.text.Base32Hex;
import djbdns.wire.text.MasterText;
import djbdns.wire.text.Mnemonics;
import djbdns.wire.text.TextScanner;
import djbdns.wire.text.TimeText;
import djbdns.wire.text.TtlText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Record data from text (RFC 1035, 5.1). */
public final class TextSource implements RdataSource<MalformedTextException> {
  private final TextScanner scanner;
  private final Name origin;
  private int fields;

  public TextSource(TextScanner scanner, Name origin) {
    this.scanner = scanner;
    this.origin = origin;
  }

  /** The number of fields that have been begun. */
  int fields() {
    return fields;
  }

  private String next() throws MalformedTextException {
    fields++;
    return scanner.next();
  }

  private static <T> T require(Optional<T> parsed, String what, String text)
      throws MalformedTextException {
    return parsed.orElseThrow(() -> not(what, text));
  }

  private static MalformedTextException not(String what, String text) {
    return new MalformedTextException("not " + what + ": " + text);
  }

  private long number(long max) throws MalformedTextException {
    return Codes.requireDecimal(next(), max);
  }

  @Override
  public int u8() throws MalformedTextException {
    return (int) number(0xff);
  }

  @Override
  public int u16() throws MalformedTextException {
    return (int) number(0xffff);
  }

  @Override
  public long u32() throws MalformedTextException {
    return number(0xffffffffL);
  }

  @Override
  public int algorithm() throws MalformedTextException {
    return Mnemonics.ALGORITHMS.parse(next(), 0xff, "an algorithm");
  }

  @Override
  public int digestType() throws MalformedTextException {
    return Mnemonics.DIGESTS.parse(next(), 0xff, "a digest type");
  }

  @Override
  public int keyProtocol() throws MalformedTextException {
    return Mnemonics.KEY_PROTOCOLS.parse(next(), 0xff, "a protocol");
  }

  /** Mnemonics have vertical bars between them. */
  @Override
  public int keyFlags() throws MalformedTextException {
    String text = next();
    Optional<Integer> number = number(text, 0xffff);
    if (number.isPresent()) {
      return number.get();
    }
    int flags = 0;
    for (String name : text.split("\\|", -1)) {
      flags |= Mnemonics.KEY_FLAGS.number(name).orElseThrow(() -> not("flags", text));
    }
    return flags;
  }

  private static Optional<Integer> number(String text, int max) {
    return Codes.parseDecimal(text, max).map(Long::intValue);
  }

  @Override
  public long seconds() throws MalformedTextException {
    String text = next();
    return require(TtlText.parse(text), "a time in seconds", text);
  }

  @Override
  public long time() throws MalformedTextException {
    String text = next();
    return require(TimeText.parse(text), "a time", text);
  }

  @Override
  public long date() throws MalformedTextException {
    String text = next();
    return require(TimeText.parseDate(text), "a date", text);
  }

  @Override
  public RecordType recordType() throws MalformedTextException {
    return parseType(next());
  }

  private static RecordType parseType(String text) throws MalformedTextException {
    return require(RecordType.parse(text), "a type", text);
  }

  @Override
  public RecordType coveredType() throws MalformedTextException {
    String text = next();
    return require(
        number(text, 0xffff).map(RecordType::new).or(() -> RecordType.parse(text)), "a type", text);
  }

  @Override
  public Name name() throws MalformedTextException {
    return MasterText.parseName(next(), origin);
  }

  @Override
  public Name compressibleName() throws MalformedTextException {
    return name();
  }

  @Override
  public Bytes ipv4() throws MalformedTextException {
    String text = next();
    return require(AddressText.parseIpv4(text), "an IPv4 address", text);
  }

  @Override
  public Bytes ipv6() throws MalformedTextException {
    String text = next();
    return require(AddressText.parseIpv6(text), "an IPv6 address", text);
  }

  @Override
  public Bytes string() throws MalformedTextException {
    return parseString(next());
  }

  private static Bytes parseString(String text) throws MalformedTextException {
    Bytes bytes = Bytes.owning(MasterText.unescape(text));
    if (bytes.length() > Limits.STRING_BYTES) {
      throw new MalformedTextException("string longer than 255 bytes: " + text);
    }
    return bytes;
  }

  @Override
  public List<Bytes> strings() throws MalformedTextException {
    fields++;
    List<Bytes> strings = new ArrayList<>();
    while (scanner.hasMore()) {
      strings.add(parseString(scanner.next()));
    }
    return strings;
  }

  @Override
  public Bytes word() throws MalformedTextException {
    return string();
  }

  @Override
  public Bytes countedHex() throws MalformedTextException {
    String text = next();
    return text.equals("-") ? Bytes.EMPTY : parseHex(text);
  }

  @Override
  public Bytes countedBase32() throws MalformedTextException {
    return Base32Hex.decode(next());
  }

  @Override
  public Bytes quoted() throws MalformedTextException {
    return Bytes.owning(MasterText.unescape(next()));
  }

  /** Every word that is left, with nothing between them. */
  private String rest() throws MalformedTextException {
    fields++;
    StringBuilder rest = new StringBuilder();
    while (scanner.hasMore()) {
      rest.append(scanner.next());
    }
    return rest.toString();
  }

  private static Bytes parseHex(String text) throws MalformedTextException {
    try {
      return Bytes.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedTextException("not hexadecimal: " + text);
    }
  }

  @Override
  public Bytes hex() throws MalformedTextException {
    return parseHex(rest());
  }

  @Override
  public Bytes base64() throws MalformedTextException {
    return parseBase64(rest());
  }

  /** Bytes from the one form of base64 that they have: padded, its unused bits 0 (RFC 4648, 3). */
  static Bytes parseBase64(String text) throws MalformedTextException {
    try {
      Bytes bytes = Bytes.owning(Base64.getDecoder().decode(text));
      if (TextSink.base64Of(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw not("base64", text);
    }
    throw not("base64", text);
  }

  @Override
  public TypeBitmap types() throws MalformedTextException {
    fields++;
    List<RecordType> types = new ArrayList<>();
    while (scanner.hasMore()) {
      types.add(parseType(scanner.next()));
    }
    return TypeBitmap.of(types);
  }

  @Override
  public SvcParams svcParams() throws MalformedTextException {
    fields++;
    List<SvcParam> params = new ArrayList<>();
    while (scanner.hasMore()) {
      String word = scanner.next();
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      if (equals >= 0 && value.isEmpty() && scanner.atQuote()) {
        value = scanner.next();
      }
      params.add(SvcParamText.parse(key, value));
    }
    return SvcParams.ofUnordered(params);
  }

  /** The generic form, after its {@code \#} (RFC 3597, 5). */
  public Bytes generic() throws MalformedTextException {
    int length = u16();
    Bytes bytes = hex();
    if (bytes.length() != length) {
      throw new MalformedTextException(
          "length is " + length + " but there are " + bytes.length() + " bytes");
    }
    return bytes;
  }

  @Override
  public Bytes own(OwnField field) throws MalformedTextException {
    fields++;
    return field.parse(scanner);
  }

  @Override
  public boolean hasMore() {
    return scanner.hasMore();
  }

  @Override
  public Rdata other(RecordType type) throws MalformedTextException {
    Form form =
        Forms.of(type)
            .orElseThrow(
                () -> new MalformedTextException("data must be in the form \\# length hex"));
    ByteSink out = new ByteSink();
    try {
      form.copy(this, out);
    } catch (IllegalArgumentException e) {
      throw new MalformedTextException(e.getMessage());
    }
    return OtherData.of(type, out.toBytes());
  }
}
