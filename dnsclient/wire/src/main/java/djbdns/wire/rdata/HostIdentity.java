package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;

/**
 * A host's identity (RFC 8005, 5), in text algorithm, tag in hexadecimal, key in base64, servers.
 *
 * <pre>
 * +----------------+-------------+-----------------+-----+-----+----------------+
 * | bytes of tag 8 | algorithm 8 | bytes of key 16 | tag | key | servers: names |
 * +----------------+-------------+-----------------+-----+-----+----------------+
 * </pre>
 */
final class HostIdentity implements Form, OwnField {
  private static final int HEAD_BYTES = 4;

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.copy(this, in, out);
    while (in.hasMore()) {
      Field.NAME.copy(in, out);
    }
  }

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    int tagBytes = reader.readU8();
    int algorithm = reader.readU8();
    int keyBytes = reader.readU16();
    Bytes tag = Bytes.owning(reader.readBytes(tagBytes));
    return join(algorithm, tag, Bytes.owning(reader.readBytes(keyBytes)));
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    long algorithm = Codes.requireDecimal(words.next(), 0xff);
    Bytes tag = Bytes.ofHex(words.next());
    return join((int) algorithm, tag, TextSource.parseBase64(words.next()));
  }

  private static Bytes join(int algorithm, Bytes tag, Bytes key) {
    Codes.checkLength(tag, 1, 0xff);
    Codes.checkLength(key, 1, 0xffff);
    ByteSink out = new ByteSink();
    out.u8(tag.length());
    out.u8(algorithm);
    out.u16(key.length());
    out.bytes(tag);
    out.bytes(key);
    return out.toBytes();
  }

  @Override
  public String toText(Bytes wire) {
    int keyStart = HEAD_BYTES + wire.at(0);
    Bytes tag = wire.slice(HEAD_BYTES, keyStart);
    Bytes key = wire.slice(keyStart, wire.length());
    return wire.at(1) + " " + tag + " " + TextSink.base64Of(key);
  }
}
