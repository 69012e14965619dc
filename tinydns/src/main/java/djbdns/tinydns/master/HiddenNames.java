package djbdns.tinydns.master;

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
  private final Fingerprints redirected;
  private final Fingerprints above;
  private final byte[] bytes = new byte[Limits.NAME_BYTES];
  private boolean hasDname;
  private boolean isFound;

  /**
   * A search in one zone.
   *
   * @param seed unknown to whoever made the zone
   */
  HiddenNames(Name zone, long seed) {
    this.zone = zone;
    redirected = new Fingerprints(seed);
    above = new Fingerprints(seed);
  }

  /** Looks at the next record of the zone; the DNAME record that hides names, once. */
  Optional<Name> next(Name owner, RecordType type) {
    // What signatures need has names of its own below that of the zone (RFC 6672, 5.3.4).
    if (isFound || type.equals(RecordType.NSEC3) || type.equals(RecordType.RRSIG)) {
      return Optional.empty();
    }
    Optional<Name> dname = hasDname ? dnameAbove(owner) : Optional.empty();
    addAbove(owner);
    if (type.equals(RecordType.DNAME)) {
      hasDname = true;
      int length = put(owner);
      redirected.add(bytes, length);
      dname = dname.or(() -> above.contains(bytes, length) ? Optional.of(owner) : Optional.empty());
    }
    isFound = dname.isPresent();
    return dname;
  }

  private Optional<Name> dnameAbove(Name owner) {
    Name at = owner;
    while (!at.equals(zone)) {
      at = at.parent();
      if (redirected.contains(bytes, put(at))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
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
