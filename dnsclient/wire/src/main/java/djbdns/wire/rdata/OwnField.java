package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;

/** A field that only one or two types have, and that is read and written in a way of its own. */
interface OwnField {
  /**
   * The field in wire form; the reader stands behind it afterwards.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  Bytes read(PacketReader reader) throws MalformedPacketException;

  /**
   * The field in wire form, from as many words as it has.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  Bytes parse(TextScanner words) throws MalformedTextException;

  /**
   * The field in text; nothing if it has no words.
   *
   * @param wire of the form that {@link #read} gives
   */
  String toText(Bytes wire);
}
