package djbdns.wire;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Record data from text (RFC 1035, 5.1). */
final class TextSource implements RdataSource<MalformedTextException> {
  private final TextScanner scanner;
  private final Name origin;

  TextSource(TextScanner scanner, Name origin) {
    this.scanner = scanner;
    this.origin = origin;
  }

  private static <T> T require(Optional<T> parsed, String what, String text)
      throws MalformedTextException {
    return parsed.orElseThrow(() -> bad(what, text));
  }

  private static MalformedTextException bad(String what, String text) {
    return new MalformedTextException("bad " + what + ": " + text);
  }

  private long number(long max) throws MalformedTextException {
    String text = scanner.next();
    return require(Codes.parseDecimal(text, max), "number", text);
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
    return Mnemonics.ALGORITHMS.parse(scanner.next(), 0xff, "algorithm");
  }

  @Override
  public int digestType() throws MalformedTextException {
    return Mnemonics.DIGESTS.parse(scanner.next(), 0xff, "digest type");
  }

  @Override
  public int keyProtocol() throws MalformedTextException {
    return Mnemonics.KEY_PROTOCOLS.parse(scanner.next(), 0xff, "protocol");
  }

  /** Mnemonics have vertical bars between them. */
  @Override
  public int keyFlags() throws MalformedTextException {
    String text = scanner.next();
    Optional<Integer> number = number(text, 0xffff);
    if (number.isPresent()) {
      return number.get();
    }
    int flags = 0;
    for (String name : text.split("\\|", -1)) {
      flags |= Mnemonics.KEY_FLAGS.number(name).orElseThrow(() -> bad("flags", text));
    }
    return flags;
  }

  private static Optional<Integer> number(String text, int max) {
    return Codes.parseDecimal(text, max).map(Long::intValue);
  }

  @Override
  public long seconds() throws MalformedTextException {
    String text = scanner.next();
    return require(TtlText.parse(text), "time", text);
  }

  @Override
  public long time() throws MalformedTextException {
    String text = scanner.next();
    return require(TimeText.parse(text), "time", text);
  }

  @Override
  public long date() throws MalformedTextException {
    String text = scanner.next();
    return require(TimeText.parseDate(text), "time", text);
  }

  @Override
  public RecordType recordType() throws MalformedTextException {
    String text = scanner.next();
    return require(RecordType.parse(text), "type", text);
  }

  @Override
  public RecordType coveredType() throws MalformedTextException {
    String text = scanner.next();
    return require(
        number(text, 0xffff).map(RecordType::new).or(() -> RecordType.parse(text)), "type", text);
  }

  @Override
  public Name name() throws MalformedTextException {
    return MasterText.parseName(scanner.next(), origin);
  }

  @Override
  public Name compressibleName() throws MalformedTextException {
    return name();
  }

  @Override
  public Bytes ipv4() throws MalformedTextException {
    String text = scanner.next();
    return require(AddressText.parseIpv4(text), "address", text);
  }

  @Override
  public Bytes ipv6() throws MalformedTextException {
    String text = scanner.next();
    return require(AddressText.parseIpv6(text), "address", text);
  }

  @Override
  public Bytes string() throws MalformedTextException {
    return Bytes.owning(MasterText.unescape(scanner.next()));
  }

  @Override
  public List<Bytes> strings() throws MalformedTextException {
    List<Bytes> strings = new ArrayList<>();
    while (scanner.hasMore()) {
      strings.add(string());
    }
    return strings;
  }

  @Override
  public Bytes word() throws MalformedTextException {
    return string();
  }

  @Override
  public Bytes countedHex() throws MalformedTextException {
    String text = scanner.next();
    return text.equals("-") ? Bytes.EMPTY : parseHex(text);
  }

  @Override
  public Bytes countedBase32() throws MalformedTextException {
    return Base32Hex.decode(scanner.next());
  }

  @Override
  public Bytes quoted() throws MalformedTextException {
    return string();
  }

  /** Every word that is left, with nothing between them. */
  private String rest() throws MalformedTextException {
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
      throw bad("base64", text);
    }
    throw bad("base64", text);
  }

  @Override
  public TypeBitmap types() throws MalformedTextException {
    List<RecordType> types = new ArrayList<>();
    while (scanner.hasMore()) {
      types.add(recordType());
    }
    return TypeBitmap.of(types);
  }

  @Override
  public SvcParams svcParams() throws MalformedTextException {
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
  Bytes generic() throws MalformedTextException {
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
            .orElseThrow(() ->
                new MalformedTextException(
                    "data of type " + type + " must be in the form \\# length hex"));
    ByteSink out = new ByteSink();
    form.copy(this, out);
    return OtherData.of(type, out.toBytes());
  }
}
