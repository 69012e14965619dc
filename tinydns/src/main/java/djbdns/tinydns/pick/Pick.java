package djbdns.tinydns.pick;

import djbdns.tinydns.cdb.Cdb;
import djbdns.tinydns.cdb.CdbCursor;
import djbdns.wire.AddressText;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.random.RandomGenerator;

/**
 * The addresses of a name for a client, and a few of them at random (pickdns.c). Belongs to one
 * thread; allocates nothing.
 */
final class Pick {
  private static final int MOST_PICKED = 3;
  private static final long TTL_SECONDS = 5;
  private static final int ADDRESS_BYTES = AddressText.IPV4_BYTES;

  private final CdbCursor cursor = new CdbCursor();
  private final RandomGenerator random;

  /** Percent sign and address, or plus sign, location and name. */
  private final byte[] key = new byte[PickData.NAME_START + Limits.NAME_BYTES];

  private final byte[] location = new byte[2];
  private final byte[] address = new byte[ADDRESS_BYTES];
  private final int[] picked = new int[MOST_PICKED];
  private Cdb cdb;

  /**
   * For data that come later.
   *
   * @param random chooses the addresses and their order
   */
  Pick(RandomGenerator random) {
    this.random = random;
  }

  void use(PickData data) {
    cdb = data.cdb();
    cursor.use(cdb);
  }

  /**
   * Goes to the addresses of a name, those of the client's location or else those of none.
   *
   * @return false if the name has none
   */
  boolean find(byte[] name, int nameLength, byte[] client, int clientLength) {
    locate(client, clientLength);
    key[0] = '+';
    System.arraycopy(name, 0, key, PickData.NAME_START, nameLength);
    return find(location[0], location[1], nameLength) || find((byte) 0, (byte) 0, nameLength);
  }

  private boolean find(byte first, byte second, int nameLength) {
    key[1] = first;
    key[2] = second;
    cursor.find(key, 0, PickData.NAME_START + nameLength);
    return cursor.next();
  }

  /** The location of the longest prefix of one to four octets; the lines know IPv4 only. */
  private void locate(byte[] client, int clientLength) {
    location[0] = 0;
    location[1] = 0;
    if (clientLength != ADDRESS_BYTES) {
      return;
    }
    key[0] = '%';
    System.arraycopy(client, 0, key, 1, ADDRESS_BYTES);
    for (int octets = ADDRESS_BYTES; octets > 0; octets--) {
      cursor.find(key, 0, 1 + octets);
      if (cursor.next()) {
        if (cursor.dataLength() == location.length) {
          cdb.copy(cursor.data(), location, 0, location.length);
        }
        return;
      }
    }
  }

  /**
   * Writes up to three of the addresses found; each choice and each order is equally likely.
   *
   * @param candidates only so many of the first are considered
   * @return false if they do not fit
   */
  boolean write(byte[] name, int candidates, PacketWriter out) {
    int count = Math.min(candidates, cursor.dataLength() / ADDRESS_BYTES);
    int wanted = Math.min(MOST_PICKED, count);
    for (int i = 0; i < wanted; i++) {
      picked[i] = next(i, count);
      cdb.copy(cursor.data() + (long) ADDRESS_BYTES * picked[i], address, 0, ADDRESS_BYTES);
      if (!out.beginRecord(name, 0, RecordType.A.code(), RecordClass.IN.code(), TTL_SECONDS)
          || !out.addBytes(address, 0, ADDRESS_BYTES)) {
        return false;
      }
      out.endRecord(Section.ANSWER);
    }
    return true;
  }

  /** One of the indexes below {@code count} that are not among the first {@code taken} picked. */
  private int next(int taken, int count) {
    while (true) {
      int index = random.nextInt(count);
      int i = 0;
      while (i < taken && picked[i] != index) {
        i++;
      }
      if (i == taken) {
        return index;
      }
    }
  }
}
