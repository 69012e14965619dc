package djbdns.master;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.OwnerRules;
import djbdns.wire.rdata.RdataRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what makes other servers refuse a zone, in its records one after the other. Keeps 32 to 64
 * bytes of memory for a name. One thread.
 */
public final class ZoneFaults {
  private final Name zone;
  private final Fingerprints singles;
  private final Fingerprints singleRecords;
  private final Fingerprints beside;

  /** A name, a type and another name. */
  private final byte[] bytes = new byte[2 * Limits.NAME_BYTES + 1];

  /** Name servers of the zone with names below its own. */
  private final List<Name> ownServers = new ArrayList<>();

  private boolean hasSoa;
  private boolean hasNs;

  /**
   * A search in one zone.
   *
   * @param seed unknown to whoever made the zone
   */
  public ZoneFaults(Name zone, long seed) {
    this.zone = zone;
    singles = new Fingerprints(seed);
    singleRecords = new Fingerprints(seed);
    beside = new Fingerprints(seed);
  }

  /**
   * Looks at the next record.
   *
   * @param data names uncompressed
   * @return what is wrong with it, alone or beside those before it, in printable ASCII
   */
  public Optional<String> next(Name owner, RecordType type, Bytes data) {
    boolean atTop = owner.equals(zone);
    if (type.equals(RecordType.SOA)) {
      if (hasSoa || !atTop) {
        return Optional.of(atTop ? "second SOA" : "SOA of " + owner + ", not of " + zone);
      }
      hasSoa = true;
    }
    Optional<String> fault = faultOf(owner, type, data);
    if (atTop && type.equals(RecordType.NS)) {
      hasNs = true;
      if (fault.isEmpty()) {
        addServer(Name.ofWire(data.toArray(), 0));
      }
    }
    return fault
        .map(what -> type + " of " + OwnerRules.text(owner) + ": " + what)
        .or(() -> clash(owner, type, data));
  }

  boolean hasSoa() {
    return hasSoa;
  }

  /** The fault of the zone as a whole, once all of its records have been looked at. */
  public Optional<String> atEnd() {
    if (hasSoa && hasNs) {
      return ownServers.stream().flatMap(server -> faultOf(server).stream()).findFirst();
    }
    return Optional.of("no " + (hasSoa ? "NS" : "SOA") + " of " + zone);
  }

  private void addServer(Name server) {
    if (server.isWithin(zone)) {
      ownServers.add(server);
    }
  }

  /** As a server below a DNAME has no address of its own, primaries refuse to load the zone. */
  private Optional<String> faultOf(Name server) {
    return dnameAbove(server)
        .map(dname ->
            "NS of " + zone + " names " + server + ", which is below the DNAME of " + dname);
  }

  /**
   * The closest name above one in the zone that has had a DNAME record without a fault of its own.
   */
  Optional<Name> dnameAbove(Name name) {
    Name at = name;
    while (!at.equals(zone)) {
      at = at.parent();
      if (singles.contains(bytes, put(at, RecordType.DNAME))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private Optional<String> faultOf(Name owner, RecordType type, Bytes data) {
    if (type.equals(RecordType.DS) && owner.equals(zone)) {
      return Optional.of("it belongs into the zone above");
    }
    return RdataRules.fault(type, data).or(() -> OwnerRules.fault(owner, type));
  }

  /** The fault of a record beside others of its name; the same record twice is none. */
  private Optional<String> clash(Name owner, RecordType type, Bytes data) {
    if (OwnerRules.isSingle(type) && isSecond(owner, type, data)) {
      return Optional.of(OwnerRules.text(owner) + " has more than one " + type);
    }
    boolean isAlias = type.equals(RecordType.CNAME);
    if (!isAlias && OwnerRules.mayBeBesideCname(type)) {
      return Optional.empty();
    }
    boolean isFirstOther = !isAlias && beside.add(bytes, put(owner));
    boolean mixed =
        isAlias
            ? beside.contains(bytes, put(owner))
            : singles.contains(bytes, put(owner, RecordType.CNAME));
    return mixed && (isAlias || isFirstOther)
        ? Optional.of(OwnerRules.text(owner) + " has CNAME and other data")
        : Optional.empty();
  }

  private boolean isSecond(Name owner, RecordType type, Bytes data) {
    int length = put(owner, type);
    boolean isFirst = singles.add(bytes, length);
    byte[] target = Name.ofWire(data.toArray(), 0).lowerCase().toWire();
    System.arraycopy(target, 0, bytes, length, target.length);
    return singleRecords.add(bytes, length + target.length) && !isFirst;
  }

  private int put(Name owner) {
    return owner.lowerCase().copyTo(bytes, 0);
  }

  /** Puts a name with one of the types of which it has one record. */
  private int put(Name owner, RecordType single) {
    int length = put(owner);
    bytes[length] = (byte) single.code();
    return length + 1;
  }
}
