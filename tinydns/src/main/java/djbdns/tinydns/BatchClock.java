package djbdns.tinydns;

import djbdns.tinydns.lookup.Tai64;
import java.time.InstantSource;

/** The time as a TAI64 label, read once for all packets of a batch. Belongs to one thread. */
final class BatchClock {
  private final InstantSource source;
  private long nowTai64;
  private boolean read;

  BatchClock(InstantSource source) {
    this.source = source;
  }

  long nowTai64() {
    if (!read) {
      nowTai64 = Tai64.ofUnixMillis(source.millis());
      read = true;
    }
    return nowTai64;
  }

  /** The next packet may be a long time away. */
  void batchEnd() {
    read = false;
  }
}
