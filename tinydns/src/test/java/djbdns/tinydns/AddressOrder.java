package djbdns.tinydns;

import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Undoes the random order, and the random choice among too many, of IPv4 addresses. */
final class AddressOrder {
  private AddressOrder() {}

  /**
   * The response with the addresses of its answer section sorted, or zeroed where there are as many
   * as in a sample: then they may be a choice.
   */
  static byte[] sort(byte[] response, PacketReader reader, int sample)
      throws MalformedPacketException {
    byte[] result = response.clone();
    reader.position(6);
    int answers = reader.readU16();
    reader.position(12);
    reader.skipName();
    reader.skip(4);
    List<Integer> offsets = new ArrayList<>();
    // A truncated response claims records that it does not hold.
    for (int i = 0; i < answers && reader.remaining() > 0; i++) {
      reader.skipName();
      int type = reader.readU16();
      reader.skip(6);
      int length = reader.readU16();
      if (type == 1 && length == 4) {
        offsets.add(reader.position());
      }
      reader.skip(length);
    }
    byte[][] addresses = new byte[offsets.size()][];
    for (int i = 0; i < addresses.length; i++) {
      int offset = offsets.get(i);
      addresses[i] = Arrays.copyOfRange(response, offset, offset + 4);
    }
    Arrays.sort(addresses, Arrays::compareUnsigned);
    for (int i = 0; i < addresses.length; i++) {
      byte[] address = addresses.length == sample ? new byte[4] : addresses[i];
      System.arraycopy(address, 0, result, offsets.get(i), 4);
    }
    return result;
  }
}
