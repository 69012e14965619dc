package djbdns.tinydns.lookup;

import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.random.RandomGenerator;

/**
 * A random sample of at most eight of a name's IPv4 addresses, in random order, with the time to
 * live of the last one seen (tdlookup.c). Each subset and each order is equally likely.
 */
final class AddressSample {
  private static final int MAX_ADDRESSES = 8;
  private static final int ADDRESS_BYTES = 4;

  private final byte[] addresses = new byte[MAX_ADDRESSES * ADDRESS_BYTES];
  private final RandomGenerator random;
  private int seen;
  private long ttlSeconds;

  AddressSample(RandomGenerator random) {
    this.random = random;
  }

  void clear() {
    seen = 0;
  }

  /** Takes the first four bytes as an address. */
  void add(byte[] bytes, long addressTtlSeconds) {
    ttlSeconds = addressTtlSeconds;
    int place = random.nextInt(seen + 1);
    if (place < MAX_ADDRESSES) {
      if (place < seen && seen < MAX_ADDRESSES) {
        System.arraycopy(
            addresses, place * ADDRESS_BYTES, addresses, seen * ADDRESS_BYTES, ADDRESS_BYTES);
      }
      System.arraycopy(bytes, 0, addresses, place * ADDRESS_BYTES, ADDRESS_BYTES);
    }
    seen++;
  }

  /** Writes the sample to the answer section; false if it did not fit. */
  boolean write(byte[] owner, PacketWriter out) {
    for (int i = 0; i < Math.min(seen, MAX_ADDRESSES); i++) {
      if (!out.beginRecord(owner, 0, RecordType.A.code(), RecordClass.IN.code(), ttlSeconds)
          || !out.addBytes(addresses, i * ADDRESS_BYTES, ADDRESS_BYTES)) {
        return false;
      }
      out.endRecord(Section.ANSWER);
    }
    return true;
  }
}
