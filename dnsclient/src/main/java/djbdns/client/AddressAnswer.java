package djbdns.client;

import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordClass;
import java.util.ArrayList;
import java.util.List;

/** The IPv4 addresses in a reply (dns_ip.c): those of the name asked for and of its aliases. */
public final class AddressAnswer {
  private static final int A = 1;
  private static final int IPV4_BYTES = 4;
  private static final int TYPE_AND_CLASS_BYTES = 4;
  private static final int TTL_BYTES = 4;

  private AddressAnswer() {}

  /** Every A record in the answer section, in order, each at port 53. */
  public static List<ServerAddress> read(byte[] packet, int length)
      throws MalformedPacketException {
    PacketReader reader = new PacketReader().wrap(packet, length);
    int answers = reader.readHeader().answerCount();
    reader.skipName();
    reader.skip(TYPE_AND_CLASS_BYTES);
    List<ServerAddress> addresses = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      reader.skipName();
      int type = reader.readU16();
      int recordClass = reader.readU16();
      reader.skip(TTL_BYTES);
      int dataLength = reader.readU16();
      if (type == A && recordClass == RecordClass.IN.code() && dataLength == IPV4_BYTES) {
        addresses.add(ServerAddress.ofIpv4(reader.readBytes(IPV4_BYTES), 0));
      } else {
        reader.skip(dataLength);
      }
    }
    return addresses;
  }
}
