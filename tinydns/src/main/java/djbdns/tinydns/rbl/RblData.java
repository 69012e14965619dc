package djbdns.tinydns.rbl;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbCursor;
import djbdns.tinydns.cdb.CdbException;
import djbdns.wire.AddressText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A loaded {@code data.cdb} of rbldns: the listed blocks, which lengths they have, and the answer
 * for all of them. Immutable; any number of threads may read it until {@link #close}.
 */
public final class RblData implements AutoCloseable {
  /** Most bytes of an answer that are used: address and text. */
  static final int ANSWER_BYTES = 100;

  /** 1.05 looks for no shorter block of IPv4. */
  static final int SHORTEST_IPV4 = 8;

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final String DEFAULT_ANSWER = "\u007f\0\0\2Listed $";

  private final Cdb cdb;
  private final byte[] ipv4Lengths;
  private final byte[] ipv6Lengths;
  private final byte[] answer;

  private RblData(Cdb cdb, boolean[] ipv4, boolean[] ipv6) {
    this.cdb = cdb;
    ipv4Lengths = longestFirst(ipv4, SHORTEST_IPV4);
    ipv6Lengths = longestFirst(ipv6, 0);
    answer = readAnswer(cdb);
  }

  /**
   * Reads and checks a file.
   *
   * @throws CdbException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public static RblData load(Path file) throws IOException {
    return of(Cdb.load(file));
  }

  /**
   * Checks a database, which belongs to the result.
   *
   * @throws CdbException if it is damaged, and then it is closed
   */
  public static RblData of(Cdb cdb) throws CdbException {
    boolean[] ipv4 = new boolean[IPV4_BITS + 1];
    boolean[] ipv6 = new boolean[IPV6_BITS + 1];
    try {
      cdb.forEach((key, keyLength, _) -> {
        note(cdb, key, keyLength, AddressText.IPV4_BYTES, ipv4);
        note(cdb, key, keyLength, AddressText.IPV6_BYTES, ipv6);
      });
      return new RblData(cdb, ipv4, ipv6);
    } catch (Throwable e) {
      cdb.close();
      throw e;
    }
  }

  /** Notes the length in a key for addresses of a family. */
  private static void note(Cdb cdb, long key, int keyLength, int addressBytes, boolean[] lengths) {
    if (keyLength == addressBytes + 1) {
      int bits = cdb.byteAt(key + addressBytes) & 0xff;
      if (bits < lengths.length) {
        lengths[bits] = true;
      }
    }
  }

  private static byte[] longestFirst(boolean[] lengths, int shortest) {
    byte[] found = new byte[lengths.length];
    int count = 0;
    for (int bits = lengths.length - 1; bits >= shortest; bits--) {
      if (lengths[bits]) {
        found[count++] = (byte) bits;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static byte[] readAnswer(Cdb cdb) {
    CdbCursor cursor = new CdbCursor();
    cursor.use(cdb);
    cursor.find(new byte[0], 0, 0);
    if (!cursor.next() || cursor.dataLength() < AddressText.IPV4_BYTES) {
      return DEFAULT_ANSWER.getBytes(StandardCharsets.ISO_8859_1);
    }
    byte[] answer = new byte[Math.min(ANSWER_BYTES, cursor.dataLength())];
    cdb.copy(cursor.data(), answer, 0, answer.length);
    return answer;
  }

  Cdb cdb() {
    return cdb;
  }

  /** The lengths that listed blocks have, longest first, as unsigned bytes. */
  byte[] lengths(int addressBytes) {
    return addressBytes == AddressText.IPV4_BYTES ? ipv4Lengths : ipv6Lengths;
  }

  boolean hasIpv6() {
    return ipv6Lengths.length > 0;
  }

  /** Four octets of an address, then text; up to {@link #ANSWER_BYTES}. */
  byte[] answer() {
    return answer;
  }

  /** Gives the memory back. No thread may be reading. */
  @Override
  public void close() {
    cdb.close();
  }
}
