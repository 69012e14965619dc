package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;

/**
 * A relay of AMT (RFC 8777, 4). In text the D bit and the type are two numbers.
 *
 * <pre>
 * +--------------+-----------------+-------+
 * | precedence 8 | D bit 1, type 7 | relay |
 * +--------------+-----------------+-------+
 * </pre>
 */
final class AmtrelayForm implements Form, OwnField {
  private static final int DISCOVERY = 0x80;

  @Override
  public boolean covers(Bytes data) {
    return data.length() < 2 || kind(data.at(1)) <= Gateway.MAX_KIND;
  }

  private static int kind(int octet) {
    return octet & ~DISCOVERY;
  }

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.U8.copy(in, out);
    Bytes octet = in.own(this);
    out.own(this, octet);
    Gateway.copy(kind(octet.at(0)), in, out);
  }

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return Bytes.owning(reader.readBytes(1));
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    return Bytes.of((byte) (number(words, 1) << 7 | number(words, DISCOVERY - 1)));
  }

  private static int number(TextScanner words, int max) throws MalformedTextException {
    return (int) Codes.requireDecimal(words.next(), max);
  }

  @Override
  public String toText(Bytes wire) {
    return wire.at(0) / DISCOVERY + " " + kind(wire.at(0));
  }
}
