package djbdns.tinydns.zone;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Naptr;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Srv;
import djbdns.wire.rdata.Tlsa;
import djbdns.wire.rdata.Txt;
import java.util.Optional;

/**
 * Lines with records of types that have no line in 1.05: those that forks of it have added, and
 * {@code :fqdn:MNEMONIC:text}, which says everything that they say. 1.05 refuses all of them, so
 * whatever is wrong with one is refused here too. One thread.
 */
final class TypedLines {
  private static final long MAX_OCTET = 255;
  private static final long DANE_EE = 3;
  private static final int SHA_256 = 1;
  private static final int SHA_512 = 2;
  private static final int SHA_256_DIGITS = 64;
  private static final int SHA_512_DIGITS = 128;

  private final FieldReader fields;

  TypedLines(FieldReader fields) {
    this.fields = fields;
  }

  /** {@code 3fqdn:ip6:ttl:timestamp:lo} (fefe's patch). */
  DataLine alias() throws DataException {
    return new DataLine.Alias(fields.name(0), ipv6(1), terms(2));
  }

  /** {@code 6fqdn:ip6:ttl:timestamp:lo} (fefe's patch). */
  DataLine host() throws DataException {
    return new DataLine.Host(fields.name(0), ipv6(1), terms(2));
  }

  private Optional<Address> ipv6(int field) throws DataException {
    Optional<Address> address = Address.parseIpv6(fields.raw(field));
    if (address.isEmpty() && !fields.isEmpty(field)) {
      throw fields.refuseBefore(field + 1, "bad IPv6 address " + fields.excerpt(field));
    }
    return address;
  }

  /**
   * {@code Sfqdn:ip:x:port:priority:weight:ttl:timestamp:lo} (Handler's patch, tinydnssec,
   * djbwares, dq). Some of their manuals swap the names of priority and weight; their programs do
   * not.
   */
  DataLine service() throws DataException {
    Name owner = fields.name(0);
    Optional<Address> address = fields.address(1);
    if (address.isEmpty() && !fields.isEmpty(1)) {
      throw fields.refuse("no IP address; see :fqdn:SRV:priority weight port target");
    }
    Name target = fields.serverName(2, ".srv.");
    if (!fields.isNumber(3)) {
      throw fields.refuse("no port; see :fqdn:SRV:priority weight port target");
    }
    int port = number(3, "port", 0);
    Srv srv = new Srv(number(4, "priority", 0), number(5, "weight", 0), port, target);
    return new DataLine.Service(owner, address, srv, terms(6));
  }

  /**
   * {@code Nfqdn:order:preference:flags:services:regexp:replacement:ttl:timestamp:lo} (the SRV and
   * NAPTR patch of 2003).
   */
  DataLine naptr() throws DataException {
    Name owner = fields.name(0);
    Naptr naptr =
        new Naptr(
            number(1, "order", 0),
            number(2, "preference", 0),
            string(3, "flags"),
            string(4, "services"),
            string(5, "regexp"),
            fields.name(6));
    return generic(owner, naptr, terms(7));
  }

  private Bytes string(int field, String what) throws DataException {
    Bytes string = Bytes.ofText(fields.text(field, what));
    if (string.length() > Limits.STRING_BYTES) {
      throw fields.refuse(what + " longer than 255 bytes");
    }
    return string;
  }

  /**
   * {@code _fqdn:usage:selector:fingerprint:x:port:proto:ttl:timestamp:lo} (djbdnscurve6,
   * tinydnssec). They disagree on what a selector left out and an {@code x} with an underscore
   * mean.
   */
  DataLine tlsa() throws DataException {
    String host = fields.raw(4);
    if (!fields.isNumber(2) || host.startsWith("_")) {
      throw fields.refuse(
          (host.startsWith("_") ? "x starts with _" : "no selector")
              + "; see :_port._proto.fqdn:TLSA:usage selector type fingerprint");
    }
    boolean plain = fields.isEmpty(4) && fields.isEmpty(5) && fields.isEmpty(6);
    String protocol = fields.isEmpty(6) ? "tcp" : fields.raw(6);
    String service = "_" + number(5, "port", 25) + "._" + protocol + "." + (plain ? "mail" : host);
    Name owner = fields.nameFrom(service + "." + fields.raw(0));
    Bytes fingerprint = fingerprint(3);
    Tlsa tlsa =
        new Tlsa(
            octet(1, "usage", DANE_EE),
            octet(2, "selector", 0),
            2 * fingerprint.length() == SHA_256_DIGITS ? SHA_256 : SHA_512,
            fingerprint);
    return generic(owner, tlsa, terms(7));
  }

  private Bytes fingerprint(int field) throws DataException {
    String digits = fields.raw(field);
    boolean known = digits.length() == SHA_256_DIGITS || digits.length() == SHA_512_DIGITS;
    try {
      if (known) {
        return Bytes.ofHex(digits);
      }
    } catch (IllegalArgumentException e) {
      throw fields.refuse("fingerprint is not hexadecimal");
    }
    throw fields.refuse("fingerprint has neither 64 nor 128 hexadecimal digits");
  }

  /** {@code :fqdn:MNEMONIC:text:ttl:timestamp:lo}, the text as in a master file. */
  DataLine byMnemonic(Name owner, RecordType type) throws DataException {
    String text = fields.text(2, "data");
    if (hasComment(text)) {
      throw fields.refuse("type " + type + ": a semicolon starts a comment unless it is in quotes");
    }
    try {
      Rdata rdata =
          type.equals(RecordType.TXT) ? Txt.parse(text) : Rdata.parse(type, text, Name.ROOT);
      return generic(owner, rdata, terms(3));
    } catch (MalformedTextException e) {
      throw fields.refuseBefore(3, "type " + type + ": " + e.getMessage());
    }
  }

  /** True if a semicolon would hide the rest of the text (RFC 1035, 5.1), which nobody can mean. */
  private static boolean hasComment(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '"' -> quoted = !quoted;
        case ';' -> {
          if (!quoted) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private DataLine generic(Name owner, Rdata rdata, Terms terms) throws DataException {
    Bytes bytes = rdata.toWire();
    if (bytes.length() > Limits.SERVED_RDATA_BYTES) {
      throw fields.refuse("data longer than " + Limits.SERVED_RDATA_BYTES + " bytes");
    }
    fields.reportFault(owner, rdata.type(), bytes);
    return new DataLine.Generic(owner, rdata.type().code(), bytes.toText(), terms);
  }

  private int octet(int field, String what, long absent) {
    return (int) (fields.number(field, what, MAX_OCTET).orElse(absent) & MAX_OCTET);
  }

  private int number(int field, String what, long absent) {
    long value = fields.number(field, what, FieldReader.MAX_16_BITS).orElse(absent);
    return (int) (value & FieldReader.MAX_16_BITS);
  }

  private Terms terms(int field) {
    return fields.terms(field, Defaults.POSITIVE_TTL_SECONDS);
  }
}
