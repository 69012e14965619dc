package djbdns.tinydns;

import djbdns.tinydns.cdb.CdbImage;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a transfer of a zone should hold, in the plainest way: all records of a {@code data.cdb} as
 * objects, of which those that are not for this client, or not of this zone, are left out.
 */
final class ZoneModel {
  private static final String LOCATION_KEY = "0025";
  private static final int NAME_OF_WILDCARD_BYTES = 2;

  /** A record that the client may see; the owner with the asterisk of a wildcard. */
  private record Entry(Name owner, boolean wildcard, int type, long ttlSeconds, String data) {
    @Override
    public String toString() {
      return owner + " " + ttlSeconds + " " + new RecordType(type) + " " + data;
    }

    Name host() {
      return Name.ofWire(HexFormat.of().parseHex(data), 0).lowerCase();
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  /** What a client sees at a time. */
  ZoneModel(byte[] image, byte[] client, long nowTai64) {
    CdbImage cdb = new CdbImage(image);
    int location = location(cdb, client);
    for (CdbImage.Entry entry : cdb.entries()) {
      if (!entry.key().startsWith("00") || entry.key().length() == 2) {
        see(entry, location, nowTai64).ifPresent(entries::add);
      }
    }
  }

  private static int location(CdbImage cdb, byte[] client) {
    String address = HexFormat.of().formatHex(client);
    for (int octets = 4; octets >= 0; octets--) {
      List<String> found = cdb.find(LOCATION_KEY + address.substring(0, 2 * octets));
      if (!found.isEmpty()) {
        return Integer.parseInt(found.getFirst(), 16);
      }
    }
    return 0;
  }

  private static Optional<Entry> see(CdbImage.Entry entry, int location, long nowTai64) {
    ByteBuffer value = ByteBuffer.wrap(HexFormat.of().parseHex(entry.data()));
    int type = value.getShort() & 0xffff;
    int marker = value.get();
    if ((marker == '>' || marker == '+') && (value.getShort() & 0xffff) != location) {
      return Optional.empty();
    }
    boolean wildcard = marker == '*' || marker == '+';
    long ttlSeconds = value.getInt() & 0xffffffffL;
    long time = value.getLong();
    boolean born = Long.compareUnsigned(time, nowTai64) < 0;
    if (time != 0 && born == (ttlSeconds == 0)) {
      return Optional.empty();
    }
    if (time != 0 && ttlSeconds == 0) {
      long left = time - nowTai64;
      ttlSeconds = Long.compareUnsigned(left, 3600) > 0 ? 3600 : Math.max(2, left);
    }
    byte[] key = HexFormat.of().parseHex(entry.key());
    byte[] owner = new byte[NAME_OF_WILDCARD_BYTES + key.length];
    owner[0] = 1;
    owner[1] = '*';
    System.arraycopy(key, 0, owner, NAME_OF_WILDCARD_BYTES, key.length);
    byte[] data = new byte[value.remaining()];
    value.get(data);
    return Optional.of(
        new Entry(
            Name.ofWire(owner, wildcard ? 0 : NAME_OF_WILDCARD_BYTES),
            wildcard,
            type,
            ttlSeconds,
            HexFormat.of().formatHex(data)));
  }

  private List<Entry> ofType(RecordType type) {
    return entries.stream().filter(entry -> entry.type == type.code() && !entry.wildcard).toList();
  }

  /** All names with SOA and NS records. */
  Set<Name> zones() {
    Set<Name> zones = new HashSet<>();
    ofType(RecordType.SOA).forEach(soa -> zones.add(soa.owner));
    Set<Name> served = new HashSet<>();
    ofType(RecordType.NS).forEach(ns -> served.add(ns.owner));
    zones.retainAll(served);
    return zones;
  }

  /** The records of a zone, SOA first, each as owner, TTL, type and data in hexadecimal. */
  List<String> transfer(Name zone) {
    Set<Name> cuts = new HashSet<>();
    ofType(RecordType.NS).stream()
        .map(Entry::owner)
        .filter(owner -> owner.isWithin(zone) && !owner.equals(zone))
        .forEach(cuts::add);
    Set<Name> redirections = new HashSet<>();
    ofType(RecordType.DNAME).stream()
        .map(Entry::owner)
        .filter(owner -> owner.isWithin(zone))
        .forEach(redirections::add);
    List<Entry> inside =
        entries.stream()
            .filter(entry -> entry.owner.isWithin(zone))
            .filter(entry -> !hasAbove(entry.owner, zone, redirections))
            .toList();
    Set<Name> hosts = new HashSet<>();
    inside.stream()
        .filter(entry -> entry.type == RecordType.NS.code() && isSent(entry, zone, cuts))
        .forEach(entry -> hosts.add(entry.host()));
    List<String> records = new ArrayList<>();
    ofType(RecordType.SOA).stream()
        .filter(soa -> soa.owner.equals(zone))
        .findFirst()
        .ifPresent(soa -> records.add(soa.toString()));
    for (Entry entry : inside) {
      boolean address = entry.type == RecordType.A.code() || entry.type == RecordType.AAAA.code();
      if (isSent(entry, zone, cuts) || (address && hosts.contains(entry.owner))) {
        records.add(entry.toString());
      }
    }
    return records;
  }

  /** True if a record is the zone's own, or part of a delegation by it. */
  private static boolean isSent(Entry entry, Name zone, Set<Name> cuts) {
    if (entry.owner.equals(zone)) {
      return entry.type != RecordType.SOA.code() && entry.type != RecordType.DS.code();
    }
    if (hasAbove(entry.owner, zone, cuts)) {
      return false;
    }
    return !cuts.contains(entry.owner)
        || entry.type == RecordType.NS.code()
        || entry.type == RecordType.DS.code();
  }

  /** True if a name strictly above another, no higher than the zone, is in the set. */
  private static boolean hasAbove(Name name, Name zone, Set<Name> names) {
    for (Name above = name; !above.equals(zone); ) {
      above = above.parent();
      if (names.contains(above)) {
        return true;
      }
    }
    return false;
  }
}
