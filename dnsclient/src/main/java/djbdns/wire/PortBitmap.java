package djbdns.wire;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

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
    Bytes ports = Bytes.owning(reader.readBytes(reader.remaining()));
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
    int protocol = number(words.next(), MAX_PROTOCOL, Mnemonics.IP_PROTOCOLS, "protocol");
    BitSet ports = new BitSet();
    while (words.hasMore()) {
      ports.set(number(words.next(), MAX_PORT, Mnemonics.PORTS, "port"));
    }
    return join(Bytes.of((byte) protocol), Bits.of(ports));
  }

  private static int number(String word, int max, Mnemonics names, String what)
      throws MalformedTextException {
    Optional<Integer> number = Codes.parseDecimal(word, max).map(Long::intValue);
    return number
        .or(() -> names.number(word))
        .orElseThrow(() -> new MalformedTextException("bad " + what + ": " + word));
  }

  @Override
  public String toText(Bytes wire) {
    byte[] bytes = wire.toArray();
    Bytes ports = Bytes.owning(Arrays.copyOfRange(bytes, 1, bytes.length));
    String numbers = Bits.join(ports, Integer::toString);
    return wire.at(0) + (numbers.isEmpty() ? "" : " " + numbers);
  }
}
