package djbdns.dnscache;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Clients that no file in {@code ip} allows. They get no answer, and without a word in the log
 * nobody would know why: of one in a minute the log tells, all are counted. For use by any thread.
 */
final class Strangers {
  static final long SILENCE_NS = 60_000_000_000L;

  private final Consumer<String> warnings;
  private final LongSupplier nanoTime;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong nextNs;

  /**
   * Nobody has come yet.
   *
   * @param warnings gets what there is to say, without the program's name
   * @param nanoTime as {@link System#nanoTime}
   */
  Strangers(Consumer<String> warnings, LongSupplier nanoTime) {
    this.warnings = warnings;
    this.nanoTime = nanoTime;
    nextNs = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * A packet or a connection of such a client has been dropped.
   *
   * @param address {@code length} bytes from the start, 4 or 16
   */
  void note(byte[] address, int length) {
    count.incrementAndGet();
    long nowNs = nanoTime.getAsLong();
    long next = nextNs.get();
    if (nowNs - next >= 0 && nextNs.compareAndSet(next, nowNs + SILENCE_NS)) {
      String text = AddressText.of(Bytes.of(Arrays.copyOf(address, length)));
      warnings.accept("no answer to " + text + ": ip has no file that allows it");
    }
  }

  /** Packets and connections dropped so far. */
  long count() {
    return count.get();
  }
}
