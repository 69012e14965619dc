package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.Mnemonics;
import djbdns.wire.text.TextScanner;

/**
 * A number that BIND writes as a name wherever it has one.
 *
 * @param bytes of the number in wire form, 1 or 2
 */
record NamedNumber(Mnemonics names, String what, int bytes) implements OwnField {
  static final NamedNumber CERTIFICATE_TYPE =
      new NamedNumber(Mnemonics.CERTIFICATES, "a certificate type", 2);
  static final NamedNumber ALGORITHM = new NamedNumber(Mnemonics.ALGORITHMS, "an algorithm", 1);
  static final NamedNumber SCHEME = new NamedNumber(Mnemonics.SCHEMES, "a scheme", 1);

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return Bytes.owning(reader.readBytes(bytes));
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    int value = names.parse(words.next(), (1 << (8 * bytes)) - 1, what);
    return bytes == 1 ? Bytes.of((byte) value) : Bytes.of((byte) (value >> 8), (byte) value);
  }

  @Override
  public String toText(Bytes wire) {
    return names.name(bytes == 1 ? wire.at(0) : wire.at(0) << 8 | wire.at(1));
  }
}
