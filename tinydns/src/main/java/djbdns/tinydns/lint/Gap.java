package djbdns.tinydns.lint;

/**
 * Seconds in which a client sees none of some records, as unsigned TAI64 labels. They are in one
 * piece: a record has a first second or a last one, never both.
 *
 * @param first the first second
 * @param last the last second; below the first if there is no gap
 */
record Gap(long first, long last) {
  private static final long LAST_LABEL = -1;

  /** The gap where there is no record. */
  static final Gap ALWAYS = new Gap(0, LAST_LABEL);

  private static final Gap NEVER = new Gap(LAST_LABEL, 0);

  /** The rest of the gap beside records that this audience sees. */
  Gap without(Entry.Audience audience) {
    if (audience.first() != 0) {
      return new Gap(first, min(last, audience.first() - 1));
    }
    return audience.last() == LAST_LABEL ? NEVER : new Gap(max(first, audience.last() + 1), last);
  }

  /** All seconds in which this audience sees a record. */
  static Gap of(Entry.Audience audience) {
    return new Gap(audience.first(), audience.last());
  }

  /** The seconds that are in this gap and in another. */
  Gap and(Gap other) {
    return new Gap(max(first, other.first), min(last, other.last));
  }

  boolean isEmpty() {
    return Long.compareUnsigned(first, last) > 0;
  }

  private static long max(long one, long other) {
    return Long.compareUnsigned(one, other) > 0 ? one : other;
  }

  private static long min(long one, long other) {
    return Long.compareUnsigned(one, other) < 0 ? one : other;
  }
}
