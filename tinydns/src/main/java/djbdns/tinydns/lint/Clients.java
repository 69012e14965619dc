package djbdns.tinydns.lint;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** The places of the clients of a data file: the locations of its {@code %} lines. One thread. */
public final class Clients {
  /** The location of clients that have none; everybody sees a record of it. */
  static final int NOWHERE = 0;

  /** NUL and {@code %}, which is the key for whoever has no location by another. */
  private static final int EMPTY_PREFIX_BYTES = 2;

  private final Set<Integer> locations = new HashSet<>();

  private boolean isEverybodySomewhere;

  /**
   * Adds a record of data.cdb for which {@link djbdns.tinydns.zone.ZoneCompiler#isLocation} holds.
   *
   * @param data the location, two bytes, the first one high
   */
  public void add(int keyLength, byte[] data) {
    locations.add((data[0] & 0xff) << Byte.SIZE | (data[1] & 0xff));
    isEverybodySomewhere |= keyLength == EMPTY_PREFIX_BYTES;
  }

  /** A location outside of these where clients can be, {@link #NOWHERE} if it is one. */
  OptionalInt anyOutside(Set<Integer> excepted) {
    if (areAt(NOWHERE)) {
      return OptionalInt.of(NOWHERE);
    }
    return locations.stream()
        .filter(location -> !excepted.contains(location))
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  /** True if a client can be at this location. */
  boolean areAt(int location) {
    return locations.contains(location) || (location == NOWHERE && !isEverybodySomewhere);
  }

  /**
   * A location as in a data line, other bytes than printable ASCII as question marks.
   *
   * @param location two bytes, the first one high
   */
  static String text(int location) {
    StringBuilder out = new StringBuilder();
    for (int octet : new int[] {location >> Byte.SIZE, location & 0xff}) {
      if (octet != 0) {
        out.append(octet > ' ' && octet <= '~' ? (char) octet : '?');
      }
    }
    return out.toString();
  }
}
