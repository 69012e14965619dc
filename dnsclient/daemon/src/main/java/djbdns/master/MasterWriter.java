package djbdns.master;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Unknown;
import djbdns.wire.text.MasterText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Writes records as entries of a master file, a line for each, every name whole and every TTL
 * given, so that lines may be sorted and taken out (RFC 1035, 5.1; RFC 3597, 5). One thread.
 */
public final class MasterWriter {
  /**
   * Types whose names or whose text NSD 4.6, Knot 3.2 or ldns 1.8 do not read, though BIND 9.18
   * does. A zone is to load everywhere, so these are written in the form that every server reads,
   * and their text behind it as a comment.
   */
  private static final Set<String> FEW_READ =
      Set.of(
          "A6",
          "AMTRELAY",
          "ATMA",
          "AVC",
          "BRID",
          "DLV",
          "DOA",
          "DSYNC",
          "EID",
          "GID",
          "GPOS",
          "HHIT",
          "HIP",
          "ISDN",
          "MB",
          "MG",
          "MR",
          "NIMLOC",
          "NINFO",
          "NSAP",
          "NSAP-PTR",
          "NXT",
          "PX",
          "RESINFO",
          "RKEY",
          "SIG",
          "SINK",
          "TA",
          "TALINK",
          "UID",
          "UINFO",
          "UNSPEC",
          "WALLET",
          "WKS",
          "X25");

  /** Without a key others miss a last field. */
  private static final int KEY_HEAD_BYTES = 4;

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
   * a text form that is read everywhere, are written as {@code \# length hex}.
   *
   * @param ttlSeconds of more than 31 bits counts as 0 (RFC 2181, 8)
   * @param data names uncompressed
   */
  public void write(Name owner, RecordType type, long ttlSeconds, byte[] data) throws IOException {
    long ttl = ttlSeconds > ResourceRecord.TTL_MAX_SECONDS ? 0 : ttlSeconds;
    line(MasterText.ofName(owner) + "\t" + ttl + "\tIN\t" + typeAndText(type, data));
  }

  private String typeAndText(RecordType type, byte[] data) {
    String text = text(type, data);
    return isReadByFew(type, data.length)
        ? "TYPE" + type.code() + "\t" + generic(type, data) + " ; " + type + " " + text
        : type + "\t" + text;
  }

  private static boolean isReadByFew(RecordType type, int length) {
    String mnemonic = type.toString();
    return FEW_READ.contains(mnemonic) || (mnemonic.equals("KEY") && length == KEY_HEAD_BYTES);
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
