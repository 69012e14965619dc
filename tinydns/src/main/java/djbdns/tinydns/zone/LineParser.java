package djbdns.tinydns.zone;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads data lines as tinydns-data 1.05 does (tinydns-data.c), its leniency included, and reports
 * what that leniency hides. One thread.
 */
public final class LineParser {
  private static final int TYPE_ZERO = 0;

  /** Types that have a line of their own, or none. */
  private static final Set<Integer> PROHIBITED =
      Set.of(
          TYPE_ZERO,
          RecordType.NS.code(),
          RecordType.CNAME.code(),
          RecordType.SOA.code(),
          RecordType.PTR.code(),
          RecordType.MX.code(),
          RecordType.AXFR.code());

  private final FieldReader fields;

  /** A parser for the lines of one file. */
  public LineParser(ProblemSink problems) {
    fields = new FieldReader(problems);
  }

  /**
   * Reads one line, with or without its newline.
   *
   * @param lineNumber from 1, for messages
   * @throws DataException if 1.05 refuses the line
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
    return switch (kind) {
      case '%' -> locationPrefix();
      case 'Z' -> soa();
      case '.' -> ownZone();
      case '&' -> delegation();
      case '=' -> host();
      case '+' -> alias();
      case '@' -> mailExchanger();
      case '\'' -> text();
      case '^' -> pointer();
      case 'C' -> canonicalName();
      case ':' -> generic(lineNumber);
      default -> throw DataException.unparsable(lineNumber, "unrecognized leading character");
    };
  }

  private DataLine locationPrefix() {
    int location = fields.location(0);
    String prefix = fields.prefix(1);
    fields.nothingFrom(2);
    return new DataLine.LocationPrefix(location, prefix);
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
    OptionalInt address = fields.address(1);
    Name server = fields.serverName(2, ".ns.");
    return new DataLine.OwnZone(owner, address, server, fields.terms(3, Defaults.NS_TTL_SECONDS));
  }

  private DataLine delegation() throws DataException {
    Name owner = fields.name(0);
    OptionalInt address = fields.address(1);
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
    OptionalInt address = fields.address(1);
    Name exchanger = fields.serverName(2, ".mx.");
    long distance = fields.number(3, "distance", FieldReader.MAX_16_BITS).orElse(Defaults.DISTANCE);
    return new DataLine.MailExchanger(owner, address, exchanger, distance, positiveTerms(4));
  }

  private DataLine text() throws DataException {
    return new DataLine.Text(fields.name(0), fields.text(1, "text"), positiveTerms(2));
  }

  private DataLine pointer() throws DataException {
    return new DataLine.Pointer(fields.name(0), fields.name(1), positiveTerms(2));
  }

  private DataLine canonicalName() throws DataException {
    return new DataLine.CanonicalName(fields.name(0), fields.name(1), positiveTerms(2));
  }

  private DataLine generic(long lineNumber) throws DataException {
    Name owner = fields.name(0);
    long number = fields.number(1, "type", FieldReader.MAX_16_BITS).orElse(TYPE_ZERO);
    int type = (int) (number & FieldReader.MAX_16_BITS);
    if (PROHIBITED.contains(type)) {
      String name = type == TYPE_ZERO ? "0" : new RecordType(type).toString();
      throw DataException.unparsable(lineNumber, "type " + name + " prohibited");
    }
    return new DataLine.Generic(owner, type, fields.text(2, "data"), positiveTerms(3));
  }

  private OptionalLong number(int field, String what) {
    return fields.number(field, what, FieldReader.MAX_32_BITS);
  }

  private Terms positiveTerms(int field) {
    return fields.terms(field, Defaults.POSITIVE_TTL_SECONDS);
  }
}
