package djbdns.dnscache;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the answers on the heap that the resolver has let go of and no service loop has sent. For
 * use by any thread.
 */
final class AnswerBudget {
  /** Sixty of the longest, or some 8,000 usual ones: more than loops that keep up ever have. */
  static final long MAX_BYTES = 4L << 20;

  private final AtomicLong bytes = new AtomicLong();

  /** True if so many more may be held; if so, they are. */
  boolean take(long more) {
    if (bytes.addAndGet(more) <= MAX_BYTES) {
      return true;
    }
    bytes.addAndGet(-more);
    return false;
  }

  void giveBack(long fewer) {
    bytes.addAndGet(-fewer);
  }

  long bytes() {
    return bytes.get();
  }
}
