package djbdns.tinydns.master;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MasterText;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.Rdata;
import djbdns.wire.RecordType;
import djbdns.wire.Unknown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes records as entries of a master file, a line for each, every name whole and every TTL
 * given, so that lines may be sorted and taken out (RFC 1035, 5.1; RFC 3597, 5). One thread.
 */
public final class MasterWriter {
  private static final long MAX_TTL_SECONDS = 0x7fffffffL;

  private final OutputStream out;
  private final PacketReader reader = new PacketReader();

  /**
   * A writer of one file.
   *
   * @param out gets each line as one array; wants to be buffered
   */
  public MasterWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes a comment: a line of its own. */
  public void comment(String text) throws IOException {
    line("; " + text);
  }

  /**
   * Writes a record of class IN. Data that are malformed for their type, and those of types without
   * a text form, are written as {@code \# length hex}.
   *
   * @param ttlSeconds of more than 31 bits counts as 0 (RFC 2181, 8)
   * @param data names uncompressed
   */
  public void write(Name owner, RecordType type, long ttlSeconds, byte[] data) throws IOException {
    long ttl = ttlSeconds > MAX_TTL_SECONDS ? 0 : ttlSeconds;
    line(MasterText.ofName(owner) + "\t" + ttl + "\tIN\t" + type + "\t" + text(type, data));
  }

  private String text(RecordType type, byte[] data) {
    try {
      Rdata rdata = Rdata.read(type, reader.wrap(data, data.length), data.length);
      if (Arrays.equals(rdata.toWire().toArray(), data)) {
        return rdata.toString();
      }
    } catch (MalformedPacketException _) {
      return generic(type, data);
    }
    return generic(type, data);
  }

  private static String generic(RecordType type, byte[] data) {
    return new Unknown(type, Bytes.of(data)).toString();
  }

  private void line(String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }
}
