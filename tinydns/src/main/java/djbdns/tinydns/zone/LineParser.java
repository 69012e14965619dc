package djbdns.tinydns.zone;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.RdataRules;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads data lines as tinydns-data 1.05 does (tinydns-data.c), its leniency included, and reports
 * what that leniency hides; beyond that, lines and spellings that 1.05 refuses or makes nothing of.
 * One thread.
 */
public final class LineParser {
  private static final int TYPE_ZERO = 0;

  /** Types that have a line of their own. */
  private static final Map<RecordType, String> OWN_LINES =
      Map.of(
          RecordType.NS, "&fqdn:ip:x, or .fqdn:ip:x with SOA",
          RecordType.CNAME, "Cfqdn:p",
          RecordType.SOA, "Zfqdn:mname:rname",
          RecordType.PTR, "^fqdn:p",
          RecordType.MX, "@fqdn:ip:x:dist");

  private final FieldReader fields;
  private final TypedLines typed;

  /** A parser for the lines of one file. */
  public LineParser(ProblemSink problems) {
    fields = new FieldReader(problems);
    typed = new TypedLines(fields);
  }

  /**
   * Reads one line, with or without its newline.
   *
   * @param lineNumber from 1, for messages
   * @throws DataException if the line is refused
   */
  public DataLine parse(byte[] bytes, int start, int end, long lineNumber) throws DataException {
    int trimmedEnd = Fields.trimmedEnd(bytes, start, end);
    if (trimmedEnd == start) {
      return new DataLine.Blank();
    }
    byte kind = bytes[start];
    if (kind == '#') {
      return new DataLine.Comment();
    }
    if (kind == '-') {
      return new DataLine.Disabled();
    }
    fields.start(bytes, start + 1, trimmedEnd, lineNumber);
    fields.reportForeignLine();
    return switch (kind) {
      case '%' -> location();
      case 'Z' -> soa();
      case '.' -> ownZone();
      case '&' -> delegation();
      case '=' -> host();
      case '+' -> alias();
      case '@' -> mailExchanger();
      case '3' -> typed.alias();
      case '6' -> typed.host();
      case 'S' -> typed.service();
      case 'N' -> typed.naptr();
      case '_' -> typed.tlsa();
      case '\'' -> text();
      case '^' -> pointer();
      case 'C' -> canonicalName();
      case ':' -> generic(lineNumber);
      default -> {
        fields.report(ForeignLine.leadingBytes(bytes, start, trimmedEnd));
        throw DataException.leadingCharacter(lineNumber);
      }
    };
  }

  private DataLine location() throws DataException {
    int location = fields.location(0);
    if (!fields.isNetwork(1)) {
      String prefix = fields.prefix(1);
      fields.nothingFrom(2);
      return new DataLine.LocationPrefix(location, prefix);
    }
    Network network = fields.network(1);
    fields.nothingFrom(2);
    return network
        .octets()
        .<DataLine>map(prefix -> new DataLine.LocationPrefix(location, prefix))
        .orElseGet(() -> new DataLine.LocationNetwork(location, network));
  }

  private DataLine soa() throws DataException {
    return new DataLine.Soa(
        fields.name(0),
        fields.name(1),
        fields.name(2),
        number(3, "serial"),
        number(4, "refresh time").orElse(Defaults.REFRESH_SECONDS),
        number(5, "retry time").orElse(Defaults.RETRY_SECONDS),
        number(6, "expire time").orElse(Defaults.EXPIRE_SECONDS),
        number(7, "minimum time").orElse(Defaults.MINIMUM_SECONDS),
        fields.terms(8, Defaults.NEGATIVE_TTL_SECONDS));
  }

  private DataLine ownZone() throws DataException {
    Name owner = fields.name(0);
    fields.reportFault(owner, RecordType.NS);
    Optional<Address> address = fields.address(1);
    Name server = fields.serverName(2, ".ns.");
    return new DataLine.OwnZone(owner, address, server, fields.terms(3, Defaults.NS_TTL_SECONDS));
  }

  private DataLine delegation() throws DataException {
    Name owner = fields.name(0);
    fields.reportFault(owner, RecordType.NS);
    Optional<Address> address = fields.address(1);
    Name server = fields.serverName(2, ".ns.");
    return new DataLine.Delegation(
        owner, address, server, fields.terms(3, Defaults.NS_TTL_SECONDS));
  }

  private DataLine host() throws DataException {
    return new DataLine.Host(fields.name(0), fields.address(1), positiveTerms(2));
  }

  private DataLine alias() throws DataException {
    return new DataLine.Alias(fields.name(0), fields.address(1), positiveTerms(2));
  }

  private DataLine mailExchanger() throws DataException {
    Name owner = fields.name(0);
    Optional<Address> address = fields.address(1);
    Name exchanger = fields.serverName(2, ".mx.");
    long distance = fields.number(3, "distance", FieldReader.MAX_16_BITS).orElse(Defaults.DISTANCE);
    return new DataLine.MailExchanger(owner, address, exchanger, distance, positiveTerms(4));
  }

  private DataLine text() throws DataException {
    Name owner = fields.name(0);
    String text = fields.text(1, "text");
    if (text.isEmpty()) {
      fields.reportFault(owner, RecordType.TXT, Bytes.EMPTY);
    }
    DataLine.Text line = new DataLine.Text(owner, text, positiveTerms(2));
    fields.reportSize(owner, RecordType.TXT, line.dataBytes());
    return line;
  }

  private DataLine pointer() throws DataException {
    return new DataLine.Pointer(fields.name(0), fields.name(1), positiveTerms(2));
  }

  private DataLine canonicalName() throws DataException {
    return new DataLine.CanonicalName(fields.name(0), fields.name(1), positiveTerms(2));
  }

  private DataLine generic(long lineNumber) throws DataException {
    Name owner = fields.name(0);
    if (!fields.isEmpty(1) && !fields.isNumber(1)) {
      return byMnemonic(owner, lineNumber);
    }
    long number = fields.number(1, "type", FieldReader.MAX_16_BITS).orElse(TYPE_ZERO);
    RecordType type = new RecordType((int) (number & FieldReader.MAX_16_BITS));
    if (isProhibited(type)) {
      reportOwnLine(type);
      throw prohibited(type, lineNumber);
    }
    String data = fields.text(2, "data");
    fields.reportFault(owner, type, Bytes.ofText(data));
    return new DataLine.Generic(owner, type.code(), data, positiveTerms(3));
  }

  private DataLine byMnemonic(Name owner, long lineNumber) throws DataException {
    Optional<RecordType> known = RecordType.parse(fields.raw(1));
    if (known.isEmpty()) {
      fields.reportBad("type", 1, "there is none of this name");
    }
    RecordType type = known.orElse(new RecordType(TYPE_ZERO));
    if (isProhibited(type) || !RdataRules.isForZones(type)) {
      reportOwnLine(type);
      throw prohibited(type, lineNumber);
    }
    return typed.byMnemonic(owner, type);
  }

  private static boolean isProhibited(RecordType type) {
    return type.code() == TYPE_ZERO || type.equals(RecordType.AXFR) || OWN_LINES.containsKey(type);
  }

  private void reportOwnLine(RecordType type) {
    Optional.ofNullable(OWN_LINES.get(type))
        .ifPresent(line -> fields.report(type + " is written " + line));
  }

  private static DataException prohibited(RecordType type, long lineNumber) {
    String name = type.code() == TYPE_ZERO ? "0" : type.toString();
    return DataException.unparsable(lineNumber, "type " + name + " prohibited");
  }

  private OptionalLong number(int field, String what) {
    return fields.number(field, what, FieldReader.MAX_32_BITS);
  }

  private Terms positiveTerms(int field) {
    return fields.terms(field, Defaults.POSITIVE_TTL_SECONDS);
  }
}
