package djbdns.tinydns.zone;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Excerpt;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.OwnerRules;
import djbdns.wire.rdata.RdataRules;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the fields of one data line after the other as 1.05 does, and reports those that cannot
 * mean what they say. One thread.
 */
final class FieldReader {
  static final long MAX_16_BITS = 0xffff;
  static final long MAX_32_BITS = 0xffffffffL;
  private static final int TIMESTAMP_DIGITS = 16;
  private static final int LOCATION_BYTES = 2;

  /** The fields ttl, timestamp and location. */
  private static final int TERMS = 3;

  private static final int ADDRESS_BYTES = 4;

  /** An IPv6 address has up to 8 colons, and with the length of a network as many characters. */
  private static final int LAST_ADDRESS_FIELD = 9;

  private static final int ADDRESS_CHARS = 49;

  private static final Pattern TIME_WITH_UNIT =
      Pattern.compile("[0-9]+[smhdwSMHDW][0-9smhdwSMHDW]*");

  private final ProblemSink problems;
  private final Fields fields = new Fields();
  private final DecimalScanner scanner = new DecimalScanner();
  private final ByteBuilder scratch = new ByteBuilder();
  private long lineNumber;

  /** The first of the fields that end the line: {@link #terms}. */
  private int firstTerm;

  private boolean hasHinted;

  FieldReader(ProblemSink problems) {
    this.problems = problems;
  }

  /** Begins with the fields of a line, whose leading character is at {@code start - 1}. */
  void start(byte[] bytes, int start, int end, long lineNumber) {
    fields.split(bytes, start, end);
    this.lineNumber = lineNumber;
    firstTerm = Fields.COUNT;
    hasHinted = false;
    if (end > start && bytes[end - 1] == '\r') {
      report("carriage return at the end of the line (taken as part of its last field)");
    }
  }

  /** Reports what makes other servers refuse a zone with such a record. */
  void reportFault(Name owner, RecordType type, Bytes data) {
    report(
        owner,
        type,
        RdataRules.fault(type, data)
            .map(fault -> fault + hintOfText(type, data))
            .or(() -> OwnerRules.fault(owner, type)));
  }

  private static String hintOfText(RecordType type, Bytes data) {
    return isText(data) && RecordType.mnemonics().containsKey(type.toString())
        ? "; :fqdn:" + type + ": takes text"
        : "";
  }

  private static boolean isText(Bytes data) {
    return !data.isEmpty() && data.toText().chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /** As {@link #reportFault(Name, RecordType, Bytes)} for data that are right. */
  void reportFault(Name owner, RecordType type) {
    report(owner, type, OwnerRules.fault(owner, type));
  }

  /** Reports data that are too long to be served. */
  void reportSize(Name owner, RecordType type, int dataBytes) {
    report(owner, type, RdataRules.faultOfSize(dataBytes));
  }

  private void report(Name owner, RecordType type, Optional<String> fault) {
    fault.ifPresent(what -> report(type + " of " + OwnerRules.text(owner) + ": " + what));
  }

  /** Reports a line that looks like one of a master file: its first field has more than a name. */
  void reportForeignLine() {
    boolean isLikely = fields.contains(0, ' ') || fields.contains(0, '\t') || kind() == ';';
    if (isLikely && ForeignLine.isMasterFile(fields.bytes(), fields.start(0) - 1, fields.end(0))) {
      report(ForeignLine.MASTER_FILE);
    }
  }

  Name name(int field) throws DataException {
    int start = fields.start(field);
    int length = fields.length(field);
    Name name = name(fields.bytes(), start, length);
    // Without escapes and empty labels, the wire form is longer than the text.
    if (name.length() < length + 2) {
      reportEmptyLabel(raw(field), name);
    }
    return name;
  }

  /** Dots alone are the root, as 1.05 writes it where a name must have a dot. */
  private void reportEmptyLabel(String text, Name name) {
    if (!name.isRoot() && Name.hasEmptyLabel(text)) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      report("empty label in name " + Excerpt.of(bytes, 0, bytes.length) + " (left out)");
    }
  }

  /**
   * The name of a server: the field itself if it has a dot, else {@code field.infix.owner}, with
   * the text of the owner in the line's first field.
   */
  Name serverName(int field, String infix) throws DataException {
    if (fields.contains(field, '.')) {
      return name(field);
    }
    scratch.clear();
    scratch.put(fields.bytes(), fields.start(field), fields.end(field));
    scratch.put(infix);
    scratch.put(fields.bytes(), fields.start(0), fields.end(0));
    return name(scratch.bytes(), 0, scratch.length());
  }

  /** A name put together out of fields. */
  Name nameFrom(String text) throws DataException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    Name name = name(bytes, 0, bytes.length);
    reportEmptyLabel(text, name);
    return name;
  }

  private Name name(byte[] bytes, int start, int length) throws DataException {
    try {
      return Name.parse(bytes, start, length);
    } catch (MalformedTextException e) {
      report("bad name " + Excerpt.of(bytes, start, start + length) + " (" + e.getMessage() + ")");
      throw DataException.nameTooLong();
    }
  }

  /** An address; empty if the field is, or is no address. */
  Optional<Address> address(int field) {
    if (fields.isEmpty(field)) {
      return Optional.empty();
    }
    Optional<Address> address = scanAddress(field);
    if (address.isEmpty()) {
      reportBad("IP address", field, "no address record made", hintOfName(field));
    }
    return address;
  }

  /** The field for the name that seems to stand in the place of an address. */
  private String hintOfName(int field) {
    int first = fields.bytes()[fields.start(field)] | 0x20;
    boolean isName = first >= 'a' && first <= 'z' && !fields.contains(field, '_');
    return switch (kind()) {
      case '.', '&', '@', 'S' -> isName ? "; a name is the field behind the address" : "";
      case '+', '=' -> isName && isIpv4(0) ? "; the name comes first" : "";
      default -> "";
    };
  }

  private boolean isIpv4(int field) {
    return AddressText.parseIpv4(raw(field)).isPresent();
  }

  private Optional<Address> scanAddress(int field) {
    scanner.start(fields, field);
    Optional<Address> ipv4 = Address.scanIpv4(scanner);
    if (ipv4.isEmpty()) {
      return Address.parseIpv6(raw(field));
    }
    if (scanner.tooBig() || !scanner.atEnd()) {
      reportBad("IP address", field, "taken as " + ipv4.get());
    }
    return ipv4;
  }

  /** The ttl, timestamp and location that end every line with records, from {@code field} on. */
  Terms terms(int field, long defaultTtlSeconds) {
    firstTerm = field;
    long ttlSeconds = number(field, "ttl", MAX_32_BITS).orElse(defaultTtlSeconds);
    Terms terms = new Terms(ttlSeconds, timestamp(field + 1), location(field + 2));
    nothingFrom(field + TERMS);
    return terms;
  }

  /**
   * A number; empty if there is no digit, so that the default counts.
   *
   * @param max the low bits that go into the database, all set
   */
  OptionalLong number(int field, String what, long max) {
    if (fields.isEmpty(field)) {
      return OptionalLong.empty();
    }
    scanner.start(fields, field);
    if (!scanner.number(max)) {
      reportBad(what, field, "the default is used");
      return OptionalLong.empty();
    }
    long value = scanner.value();
    if (scanner.tooBig() || !scanner.atEnd()) {
      reportBad(what, field, "taken as " + (value & max), hintOfUnit(what, field));
    }
    return OptionalLong.of(value);
  }

  /** Master files have units, data has not. */
  private String hintOfUnit(String what, int field) {
    boolean isTime = what.equals("ttl") || what.endsWith(" time");
    return isTime && TIME_WITH_UNIT.matcher(raw(field)).matches() ? "; times are in seconds" : "";
  }

  private long timestamp(int field) {
    if (fields.isEmpty(field)) {
      return 0;
    }
    byte[] bytes = fields.bytes();
    int digits = Math.min(TIMESTAMP_DIGITS, fields.length(field));
    boolean regular = fields.length(field) == TIMESTAMP_DIGITS;
    long timestamp = 0;
    for (int i = 0; i < digits; i++) {
      int digit = hexDigit(bytes[fields.start(field) + i]);
      regular &= digit >= 0;
      timestamp = (timestamp << 4) | Math.max(0, digit);
    }
    timestamp <<= 4 * (TIMESTAMP_DIGITS - digits);
    if (!regular) {
      reportBad(
          "timestamp",
          field,
          "taken as " + HexFormat.of().toHexDigits(timestamp),
          isLikelyLocation(field) ? "; a location is the field behind the timestamp" : "");
    }
    return timestamp;
  }

  /** Taken for a timestamp, it would show everybody what is meant for some. */
  private boolean isLikelyLocation(int field) {
    return fields.length(field) <= LOCATION_BYTES && !isNumber(field) && isEmpty(field + 1);
  }

  /** The value of a lower-case hexadecimal digit, -1 for any other byte. */
  private static int hexDigit(byte value) {
    if (value >= '0' && value <= '9') {
      return value - '0';
    }
    return value >= 'a' && value <= 'f' ? value - 'a' + 10 : -1;
  }

  int location(int field) {
    int start = fields.start(field);
    int length = fields.length(field);
    if (length > LOCATION_BYTES) {
      reportBad(
          "location",
          field,
          "taken as " + Excerpt.of(fields.bytes(), start, start + LOCATION_BYTES),
          "; a location has two characters at most");
    }
    int first = length > 0 ? fields.bytes()[start] & 0xff : 0;
    int second = length > 1 ? fields.bytes()[start + 1] & 0xff : 0;
    return (first << 8) | second;
  }

  /** The first bytes of client addresses: numbers with dots between them. */
  String prefix(int field) {
    scratch.clear();
    scanner.start(fields, field);
    boolean regular = true;
    while (true) {
      if (scanner.number(255)) {
        scratch.put8((int) scanner.value());
        scanner.skip('.');
      } else if (scanner.skip('.')) {
        regular = false;
      } else {
        break;
      }
    }
    String prefix = scratch.text();
    regular &= scanner.atEnd() && !scanner.tooBig() && prefix.length() <= ADDRESS_BYTES;
    if (!regular) {
      String taken = prefix.chars().mapToObj(Integer::toString).collect(Collectors.joining("."));
      reportBad(
          "prefix", field, "taken as " + (taken.isEmpty() ? "any address" : Excerpt.of(taken)));
    }
    return prefix;
  }

  /**
   * True if a field is meant as a network: 1.05's prefixes have neither a slash nor an underscore.
   */
  boolean isNetwork(int field) {
    return fields.contains(field, '/') || fields.contains(field, '_');
  }

  /** A network as {@link Network#parse} reads it, named by its first address. */
  Network network(int field) throws DataException {
    Network given =
        Network.parse(raw(field)).orElseThrow(() -> refuse("bad prefix " + excerpt(field)));
    Network network = given.masked();
    if (!network.equals(given)) {
      reportBad("prefix", field, "taken as " + network);
    }
    return network;
  }

  /** Text with its escapes undone, a character a byte. */
  String text(int field, String what) {
    scratch.clear();
    if (!Escapes.decode(scratch, fields.bytes(), fields.start(field), fields.end(field))) {
      report("lone backslash at the end of the " + what + " (left out)");
    }
    return scratch.text();
  }

  /** True if a field is a number as 1.05 reads it: starts with a digit. */
  boolean isNumber(int field) {
    byte first = fields.isEmpty(field) ? 0 : fields.bytes()[fields.start(field)];
    return first >= '0' && first <= '9';
  }

  /** The line's leading character. */
  private byte kind() {
    return fields.bytes()[fields.start(0) - 1];
  }

  boolean isEmpty(int field) {
    return fields.isEmpty(field);
  }

  /** The bytes of a field as they stand in the line, a character a byte. */
  String raw(int field) {
    return latin1(fields.start(field), fields.length(field));
  }

  private String latin1(int start, int length) {
    return new String(fields.bytes(), start, length, StandardCharsets.ISO_8859_1);
  }

  /** A field as a message repeats it. */
  String excerpt(int field) {
    return Excerpt.of(fields.bytes(), fields.start(field), fields.end(field));
  }

  /** The reason why the line is refused, in printable ASCII. */
  DataException refuse(String why) {
    return DataException.unparsable(lineNumber, why);
  }

  /**
   * As {@link #refuse}, because of a field that a colon may have cut short.
   *
   * @param next the field behind it
   */
  DataException refuseBefore(int next, String why) {
    firstTerm = next;
    return refuse(why + hint(next));
  }

  /** True if what ends the line looks like more of the text before it. */
  private boolean hasTextInTerms() {
    scanner.start(fields, firstTerm);
    boolean isTtl = isEmpty(firstTerm) || (scanner.number(MAX_32_BITS) && scanner.atEnd());
    return !isTtl || fields.firstByteFrom(firstTerm + TERMS) < fields.lineEnd();
  }

  /**
   * The way to write text with colons, if this is the first odd field of a line in which some may
   * have been taken for the end of a field.
   */
  private String hint(int field) {
    if (hasHinted) {
      return "";
    }
    hasHinted = true;
    return switch (kind()) {
      case '\'', ':', 'N' ->
          field >= firstTerm && hasTextInTerms() ? "; a colon in text is written \\072" : "";
      case '+', '=', '.', '&', '@', 'S', '3', '6', '%' ->
          startsWithColons() ? "; an IPv6 address is written with _ for each colon" : "";
      default -> "";
    };
  }

  /** True if an IPv6 address with colons begins with the second field. */
  private boolean startsWithColons() {
    int bracket = fields.isEmpty(1) || fields.bytes()[fields.start(1)] != '[' ? 0 : 1;
    int start = fields.start(1) + bracket;
    for (int last = 2;
        last <= LAST_ADDRESS_FIELD && fields.end(last) - start <= ADDRESS_CHARS;
        last++) {
      String text = latin1(start, fields.end(last) - start).split("[/\\]]", 2)[0];
      if (fields.firstByteFrom(1) < fields.end(last) && AddressText.parseIpv6(text).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Reports bytes in fields that this kind of line does not have. */
  void nothingFrom(int field) {
    int first = fields.firstByteFrom(field);
    if (first < fields.lineEnd()) {
      String extra = Excerpt.of(fields.bytes(), first, fields.lineEnd());
      report("more fields than this kind of line has (ignored: " + extra + ")" + hint(field));
    }
  }

  void reportBad(String what, int field, String consequence) {
    reportBad(what, field, consequence, "");
  }

  /**
   * Reports a field that cannot mean what it says.
   *
   * @param otherHint what may be meant, unless colons are to blame
   */
  private void reportBad(String what, int field, String consequence, String otherHint) {
    String hint = hint(field);
    report(
        "bad "
            + what
            + " "
            + excerpt(field)
            + " ("
            + consequence
            + ")"
            + (hint.isEmpty() ? otherHint : hint));
  }

  /** Reports what is odd about the line. */
  void report(String text) {
    problems.report(new Problem(lineNumber, text));
  }
}
