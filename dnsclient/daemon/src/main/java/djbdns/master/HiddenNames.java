package djbdns.master;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.Optional;

/**
 * Finds names below DNAME records in the records of a zone, in any order: no answer has them. BIND
 * takes them, NSD does not (RFC 6672, 2.4). Keeps 32 to 64 bytes of memory for a name that has
 * others below it. One thread.
 */
final class HiddenNames {
  private final Name zone;
  private final ZoneFaults faults;
  private final Fingerprints above;
  private final byte[] bytes = new byte[Limits.NAME_BYTES];
  private boolean hasDname;
  private boolean isFound;

  /**
   * A search in one zone.
   *
   * @param faults has looked at each record before, and knows the DNAME records
   * @param seed unknown to whoever made the zone
   */
  HiddenNames(Name zone, ZoneFaults faults, long seed) {
    this.zone = zone;
    this.faults = faults;
    above = new Fingerprints(seed);
  }

  /** Looks at the next record of the zone; the DNAME record that hides names, once. */
  Optional<Name> next(Name owner, RecordType type) {
    // What signatures need has names of its own below that of the zone (RFC 6672, 5.3.4).
    if (isFound || type.equals(RecordType.NSEC3) || type.equals(RecordType.RRSIG)) {
      return Optional.empty();
    }
    Optional<Name> dname = hasDname ? faults.dnameAbove(owner) : Optional.empty();
    addAbove(owner);
    if (type.equals(RecordType.DNAME)) {
      hasDname = true;
      boolean hasNames = above.contains(bytes, put(owner));
      dname = dname.or(() -> hasNames ? Optional.of(owner) : Optional.empty());
    }
    isFound = dname.isPresent();
    return dname;
  }

  /** Above a name that is there already, all others are. */
  private void addAbove(Name owner) {
    Name at = owner;
    boolean isNew = true;
    while (isNew && !at.equals(zone)) {
      at = at.parent();
      isNew = above.add(bytes, put(at));
    }
  }

  private int put(Name name) {
    return name.lowerCase().copyTo(bytes, 0);
  }
}
