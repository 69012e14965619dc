package djbdns.dnscache;

import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Names that no server is asked about: the original's localhost and dotted-decimal names (query.c),
 * and what caches answer themselves by RFC 6761, 6303, 6762, 7686, 7793, 8375 and 9462. A name that
 * a configured zone below the root covers is never special. Other names are told apart by their
 * last labels, without allocating. Belongs to one thread.
 */
final class SpecialNames {
  /** The original's, for what never changes (query.c). */
  private static final long FIXED_TTL_SECONDS = 655_360;

  /** RFC 6303, 3. */
  private static final long ZONE_TTL_SECONDS = 10_800;

  private static final int A = RecordType.A.code();
  private static final int NS = RecordType.NS.code();
  private static final int SOA = RecordType.SOA.code();
  private static final int PTR = RecordType.PTR.code();
  private static final int AAAA = RecordType.AAAA.code();

  private static final byte[] LOCALHOST = {9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't', 0};
  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  /** The SOA record's data behind the zone's name (RFC 6303, 3): nobody.invalid and numbers. */
  private static final byte[] SOA_REST =
      ("\6nobody\7invalid\0"
              + "\0\0\0\1"
              + "\0\0\16\20"
              + "\0\0\4\260"
              + "\0\11\72\200"
              + "\0\0\52\60")
          .getBytes(StandardCharsets.ISO_8859_1);

  private final LabelScan scan = new LabelScan();
  private final ConfiguredZones configured;

  SpecialNames(ConfiguredZones configured) {
    this.configured = configured;
  }

  /**
   * The answer to a question, if the name is special.
   *
   * @param name in wire form, in small letters
   * @param type no query type such as ANY
   */
  Optional<Answer> answer(byte[] name, int type, long unixSeconds) {
    scan.read(name);
    int zoneLabels = zoneLabels();
    if (zoneLabels == 0) {
      return Optional.empty();
    }
    Name whole = Name.ofWire(name, 0);
    Optional<ConfiguredZone> zone = configured.closest(whole);
    if (zone.isPresent() && !zone.get().name().isRoot()) {
      return Optional.empty();
    }
    if (scan.isAddress()) {
      byte[] address = scan.address();
      return Optional.of(
          type == A ? records(whole, A, address, FIXED_TTL_SECONDS, unixSeconds) : empty());
    }
    Name apex = Name.ofWire(name, scan.offset(zoneLabels));
    return Optional.of(inZone(whole, apex, type, unixSeconds));
  }

  /** Labels of the special zone that the name is in; 0 if there is none. */
  private int zoneLabels() {
    if (scan.isAddress()) {
      return scan.count();
    }
    if (scan.is(1, "localhost")
        || scan.is(1, "invalid")
        || scan.is(1, "test")
        || scan.is(1, "onion")
        || scan.is(1, "local")) {
      return 1;
    }
    if (!scan.is(1, "arpa")) {
      return 0;
    }
    if (scan.is(2, "home") || scan.is(2, "resolver")) {
      return 2;
    }
    if (scan.is(2, "in-addr")) {
      return ReverseZones.ipv4Labels(scan);
    }
    return scan.is(2, "ip6") ? ReverseZones.ipv6Labels(scan) : 0;
  }

  private Answer inZone(Name name, Name apex, int type, long unixSeconds) {
    byte[] apexWire = apex.toWire();
    if (scan.is(1, "localhost")) {
      if (type == A || type == AAAA) {
        byte[] loopback = type == A ? LOOPBACK_4 : LOOPBACK_6;
        return records(name, type, loopback, FIXED_TTL_SECONDS, unixSeconds);
      }
      return type == SOA && name.equals(apex)
          ? records(name, SOA, soa(apexWire), ZONE_TTL_SECONDS, unixSeconds)
          : denial(Rcode.NOERROR, apex, unixSeconds);
    }
    if (scan.is(2, "in-addr") || scan.is(2, "ip6")) {
      if (ReverseZones.isLoopback(scan)) {
        return type == PTR
            ? records(name, PTR, LOCALHOST, FIXED_TTL_SECONDS, unixSeconds)
            : denial(Rcode.NOERROR, apex, unixSeconds);
      }
    }
    if (!name.equals(apex)) {
      return denial(Rcode.NXDOMAIN, apex, unixSeconds);
    }
    if (type == SOA) {
      return records(name, SOA, soa(apexWire), ZONE_TTL_SECONDS, unixSeconds);
    }
    return type == NS
        ? records(name, NS, apexWire, ZONE_TTL_SECONDS, unixSeconds)
        : denial(Rcode.NOERROR, apex, unixSeconds);
  }

  private static byte[] soa(byte[] apex) {
    byte[] rdata = new byte[apex.length + SOA_REST.length];
    System.arraycopy(apex, 0, rdata, 0, apex.length);
    System.arraycopy(SOA_REST, 0, rdata, apex.length, SOA_REST.length);
    return rdata;
  }

  private static Rrset set(Name owner, int type, byte[] rdata, long expiresAt) {
    return new Rrset(owner, type, expiresAt, RecordData.listOf(rdata, 0, rdata.length));
  }

  private static Answer records(
      Name owner, int type, byte[] rdata, long ttlSeconds, long unixSeconds) {
    Rrset records = set(owner, type, rdata, unixSeconds + ttlSeconds);
    return new Answer(Rcode.NOERROR, List.of(records), Optional.empty(), OptionalInt.empty());
  }

  private static Answer empty() {
    return new Answer(Rcode.NOERROR, List.of(), Optional.empty(), OptionalInt.empty());
  }

  private static Answer denial(Rcode rcode, Name apex, long unixSeconds) {
    Rrset soa = set(apex, SOA, soa(apex.toWire()), unixSeconds + ZONE_TTL_SECONDS);
    return new Answer(rcode, List.of(), Optional.of(soa), OptionalInt.empty());
  }
}
