package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;

/**
 * A digital object (draft-durand-doa-over-dns, 3).
 *
 * <pre>
 * +---------------+---------+------------+--------------------+------+
 * | enterprise 32 | type 32 | location 8 | media type: string | data |
 * +---------------+---------+------------+--------------------+------+
 * </pre>
 */
final class DoaForm implements Form, OwnField {
  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.U32.copy(in, out);
    Field.U32.copy(in, out);
    Field.U8.copy(in, out);
    Field.STRING.copy(in, out);
    Field.copy(this, in, out);
  }

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    return reader.readRest();
  }

  /** A hyphen stands for no data. */
  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    String word = words.next();
    StringBuilder base64 = new StringBuilder(word.equals("-") ? "" : word);
    while (words.hasMore() && !base64.isEmpty()) {
      base64.append(words.next());
    }
    return TextSource.parseBase64(base64.toString());
  }

  @Override
  public String toText(Bytes wire) {
    return wire.isEmpty() ? "-" : TextSink.base64Of(wire);
  }
}
