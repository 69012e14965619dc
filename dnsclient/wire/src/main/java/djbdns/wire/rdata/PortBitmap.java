package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.Mnemonics;
import djbdns.wire.text.TextScanner;
import java.util.BitSet;

/**
 * A protocol above IP and the ports at which it is served (RFC 1035, 3.4.2). Of the names only the
 * best known ones are known.
 *
 * <pre>
 * +------------+-----------------------+
 * | protocol 8 | a bit 0 or 1 per port |
 * +------------+-----------------------+
 * </pre>
 */
final class PortBitmap implements OwnField {
  private static final int MAX_PROTOCOL = 0xff;
  private static final int MAX_PORT = 0xffff;

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    Bytes protocol = Bytes.owning(reader.readBytes(1));
    Bytes ports = reader.readRest();
    if (!Bits.isShort(ports) || 8 * ports.length() > MAX_PORT + 1) {
      throw new IllegalArgumentException("bad bitmap of ports");
    }
    return join(protocol, ports);
  }

  private static Bytes join(Bytes protocol, Bytes ports) {
    ByteSink out = new ByteSink();
    out.bytes(protocol);
    out.bytes(ports);
    return out.toBytes();
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    int protocol = Mnemonics.IP_PROTOCOLS.parse(words.next(), MAX_PROTOCOL, "a protocol");
    BitSet ports = new BitSet();
    while (words.hasMore()) {
      ports.set(Mnemonics.PORTS.parse(words.next(), MAX_PORT, "a port"));
    }
    return join(Bytes.of((byte) protocol), Bits.of(ports));
  }

  @Override
  public String toText(Bytes wire) {
    String numbers = Bits.join(wire.slice(1, wire.length()), Integer::toString);
    return wire.at(0) + (numbers.isEmpty() ? "" : " " + numbers);
  }
}
