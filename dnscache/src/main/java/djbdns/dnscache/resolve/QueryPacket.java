package djbdns.dnscache.resolve;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Composes the packets that go to servers. Belongs to one thread. */
final class QueryPacket {
  private static final int OPT_BYTES = 11;
  private static final int ASCII_CASE = 0x20;

  private final byte[] packet = new byte[Limits.HEADER_BYTES + Limits.NAME_BYTES + 4 + OPT_BYTES];
  private final RandomGenerator random;

  QueryPacket(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A packet with a new ID and one question of class IN.
   *
   * @param recursionDesired asks a cache
   * @param withEdns offers 1232 bytes (RFC 6891; RFC 9715)
   * @param withRandomCase draws each letter's case, which a server's reply repeats (0x20)
   */
  byte[] compose(
      Name name, int type, boolean recursionDesired, boolean withEdns, boolean withRandomCase) {
    Arrays.fill(packet, 0, Limits.HEADER_BYTES, (byte) 0);
    putU16(0, random.nextInt(0x10000));
    putU16(2, recursionDesired ? Header.RD : 0);
    putU16(4, 1);
    int at = Limits.HEADER_BYTES;
    int length = name.copyTo(packet, at);
    if (withRandomCase) {
      randomiseCase(at, length);
    }
    at = putU16(putU16(at + length, type), RecordClass.IN.code());
    if (withEdns) {
      putU16(10, 1);
      packet[at] = 0;
      at = putU16(putU16(at + 1, RecordType.OPT.code()), Limits.EDNS_UDP_BYTES);
      Arrays.fill(packet, at, at + 6, (byte) 0);
      at += 6;
    }
    return Arrays.copyOf(packet, at);
  }

  private int putU16(int at, int value) {
    packet[at] = (byte) (value >> 8);
    packet[at + 1] = (byte) value;
    return at + 2;
  }

  /** Length bytes are below 64, so none looks like a letter. */
  private void randomiseCase(int offset, int length) {
    long bits = 0;
    int left = 0;
    for (int i = offset; i < offset + length; i++) {
      int small = packet[i] | ASCII_CASE;
      if (small < 'a' || small > 'z') {
        continue;
      }
      if (left == 0) {
        bits = random.nextLong();
        left = Long.SIZE;
      }
      packet[i] = (byte) ((bits & 1) == 0 ? small : small & ~ASCII_CASE);
      bits >>>= 1;
      left--;
    }
  }
}
