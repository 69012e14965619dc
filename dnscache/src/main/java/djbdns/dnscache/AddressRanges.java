package djbdns.dnscache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of addresses of one family, as prefixes; lookup by binary search. Immutable. */
final class AddressRanges {
  /** An address as an unsigned number of 128 bits; IPv4 in the last 32. */
  record Bits(long high, long low) implements Comparable<Bits> {
    private static final Comparator<Bits> ORDER = (a, b) -> compare(a.high, a.low, b.high, b.low);

    @Override
    public int compareTo(Bits other) {
      return ORDER.compare(this, other);
    }
  }

  /** All addresses from one to another, both included. */
  record Range(Bits first, Bits last) {
    /**
     * A prefix.
     *
     * @param hostBits how many bits at the end are free, 0 to 128
     */
    static Range ofPrefix(Bits address, int hostBits) {
      long highMask = hostBits >= 128 ? 0 : hostBits <= 64 ? -1 : -1L << (hostBits - 64);
      long lowMask = hostBits >= 64 ? 0 : -1L << hostBits;
      return new Range(
          new Bits(address.high & highMask, address.low & lowMask),
          new Bits(address.high | ~highMask, address.low | ~lowMask));
    }
  }

  private final long[] firstHigh;
  private final long[] firstLow;
  private final long[] lastHigh;
  private final long[] lastLow;

  AddressRanges(List<Range> prefixes) {
    List<Range> ranges = outermost(prefixes);
    firstHigh = ranges.stream().mapToLong(range -> range.first.high).toArray();
    firstLow = ranges.stream().mapToLong(range -> range.first.low).toArray();
    lastHigh = ranges.stream().mapToLong(range -> range.last.high).toArray();
    lastLow = ranges.stream().mapToLong(range -> range.last.low).toArray();
  }

  /** Two prefixes are apart, or one is inside the other: only the outer one is kept. */
  private static List<Range> outermost(List<Range> prefixes) {
    List<Range> sorted = new ArrayList<>(prefixes);
    sorted.sort(
        Comparator.comparing(Range::first).thenComparing(Range::last, Comparator.reverseOrder()));
    List<Range> outermost = new ArrayList<>();
    for (Range range : sorted) {
      if (outermost.isEmpty() || range.first.compareTo(outermost.getLast().last) > 0) {
        outermost.add(range);
      }
    }
    return outermost;
  }

  boolean contains(long high, long low) {
    int from = 0;
    int to = firstHigh.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(high, low, firstHigh[middle], firstLow[middle]) < 0) {
        to = middle;
      } else if (compare(high, low, lastHigh[middle], lastLow[middle]) > 0) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }
}
