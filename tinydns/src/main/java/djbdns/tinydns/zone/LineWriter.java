package djbdns.tinydns.zone;

import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.OtherData;
import djbdns.wire.rdata.OwnerRules;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Unknown;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Set;

/**
 * Writes records as data lines, a line for each, in the form of axfr-get 1.05 (axfr-get.c): no dot
 * behind the owner, one behind names in the data, the TTL on every line. Unlike there, names keep
 * their letters (RFC 4343, 4). {@link LineParser} and {@link ZoneCompiler} give the same record
 * back. One thread.
 *
 * <pre>
 * SOA    Zfqdn:mname.:rname.:serial:refresh:retry:expire:minimum:ttl
 * NS     &amp;fqdn::server.:ttl
 * CNAME  Cfqdn:target.:ttl
 * PTR    ^fqdn:target.:ttl
 * MX     @fqdn::exchanger.:distance:ttl
 * A      +fqdn:192.0.2.1:ttl
 * AAAA   +fqdn:2001_db8__1:ttl
 * SRV    :fqdn:SRV:0 5 5060 sip.example.org.:ttl
 *        and so for the other types that {@link #WITH_TEXT} lists, and those of {@link OtherData}
 * other  :fqdn:16:\004text:ttl
 * </pre>
 *
 * <p>{@link #forEditors} writes what says the same and reads better, where there is such a thing:
 *
 * <pre>
 * wildcards     *.fqdn instead of \052.fqdn
 * TXT           'fqdn:text:ttl, if the strings are those that such a line makes
 * TXT           :fqdn:TXT:"text" "text":ttl otherwise
 * </pre>
 *
 * <p>Data that are malformed for their type are written as those of any other type, if that line
 * may hold them.
 */
public final class LineWriter {
  /** Types whose data are written as in a master file. */
  private static final Set<RecordType> WITH_TEXT =
      Set.of(
          RecordType.SRV,
          RecordType.NAPTR,
          RecordType.CAA,
          RecordType.TLSA,
          RecordType.SSHFP,
          RecordType.DS,
          RecordType.SVCB,
          RecordType.HTTPS,
          RecordType.DNAME);

  private static final int A = RecordType.A.code();
  private static final int NS = RecordType.NS.code();
  private static final int CNAME = RecordType.CNAME.code();
  private static final int SOA = RecordType.SOA.code();
  private static final int PTR = RecordType.PTR.code();
  private static final int MX = RecordType.MX.code();
  private static final int TXT = RecordType.TXT.code();
  private static final int AAAA = RecordType.AAAA.code();
  private static final int AXFR = RecordType.AXFR.code();

  private static final int SOA_NUMBERS = 5;

  private final OutputStream out;
  private final boolean isForEditors;
  private final LineText line = new LineText();
  private final PacketReader reader = new PacketReader();

  /**
   * A writer of lines.
   *
   * @param out gets each line as one array; wants to be buffered
   */
  public LineWriter(OutputStream out) {
    this(out, false);
  }

  private LineWriter(OutputStream out, boolean isForEditors) {
    this.out = out;
    this.isForEditors = isForEditors;
  }

  /** A writer of lines that people go on with, in place of those of axfr-get. */
  public static LineWriter forEditors(OutputStream out) {
    return new LineWriter(out, true);
  }

  /** Writes a remark: a line of its own, {@code #text}. */
  public void remark(String text) throws IOException {
    end(line.start('#').put(text));
  }

  /**
   * Writes a record, whatever its class.
   *
   * @throws IllegalArgumentException as {@link #write(Name, int, long, byte[], int, int)}
   */
  public void write(ResourceRecord record) throws IOException {
    byte[] data = record.rdata().toWire().toArray();
    write(record.owner(), record.type().code(), record.ttlSeconds(), data, 0, data.length);
  }

  /**
   * Writes a record.
   *
   * @param type 1 to 65535
   * @param ttlSeconds 0 to 2<sup>32</sup> - 1
   * @param bytes has the record's data, names uncompressed
   * @param start where the data start
   * @param length 0 to 65535
   * @throws IllegalArgumentException if no line holds that record: type 0, AXFR, or malformed data
   *     of a type of RFC 1035 that has a line of its own
   */
  public void write(Name owner, int type, long ttlSeconds, byte[] bytes, int start, int length)
      throws IOException {
    int end = start + length;
    if (type == SOA) {
      soa(owner, bytes, start, end);
    } else if (type == NS) {
      start('&', owner).put("::");
      lastName(bytes, start, end);
    } else if (type == CNAME) {
      start('C', owner).put(':');
      lastName(bytes, start, end);
    } else if (type == PTR) {
      start('^', owner).put(':');
      lastName(bytes, start, end);
    } else if (type == MX) {
      mailExchanger(owner, bytes, start, end);
    } else if (type == A && length == 4) {
      start('+', owner).put(':').ipv4(bytes, start);
    } else if (type == AAAA && length == 16) {
      start('+', owner).put(':').ipv6(bytes, start);
    } else if (!(type == TXT && isForEditors && plainText(owner, bytes, start, end))
        && !text(owner, new RecordType(type), bytes, start, end)) {
      generic(owner, type, bytes, start, end);
    }
    end(line.put(':').number(ttlSeconds));
  }

  private LineText start(char leadingCharacter, Name owner) {
    line.start(leadingCharacter);
    if (!isForEditors || !OwnerRules.isWildcard(owner)) {
      return line.name(owner);
    }
    line.put('*');
    return owner.parent().isRoot() ? line : line.put('.').name(owner.parent());
  }

  private void soa(Name owner, byte[] bytes, int start, int end) {
    start('Z', owner).put(':');
    int contact = line.name(bytes, start, end);
    line.put(".:");
    int numbers = line.name(bytes, contact, end);
    line.put('.');
    check(end - numbers == 4 * SOA_NUMBERS);
    for (int at = numbers; at < end; at += 4) {
      line.put(':').number((long) u16(bytes, at) << 16 | u16(bytes, at + 2));
    }
  }

  private void mailExchanger(Name owner, byte[] bytes, int start, int end) {
    check(end - start > 2);
    start('@', owner).put("::");
    lastName(bytes, start + 2, end);
    line.put(':').number(u16(bytes, start));
  }

  private void lastName(byte[] bytes, int start, int end) {
    check(line.name(bytes, start, end) == end);
    line.put('.');
  }

  /** Text that a line of text makes again: cut behind every 127 bytes, and nowhere else. */
  private boolean plainText(Name owner, byte[] bytes, int start, int end) {
    int at = start;
    while (end - at > 1 + DataLine.Text.STRING_BYTES && bytes[at] == DataLine.Text.STRING_BYTES) {
      at += 1 + DataLine.Text.STRING_BYTES;
    }
    boolean isPlain =
        end - at > 1
            && (bytes[at] & 0xff) == end - at - 1
            && end - at - 1 <= DataLine.Text.STRING_BYTES;
    if (isPlain) {
      start('\'', owner).put(':');
      for (at = start; at < end; at += 1 + DataLine.Text.STRING_BYTES) {
        line.text(bytes, at + 1, Math.min(end, at + 1 + DataLine.Text.STRING_BYTES));
      }
    }
    return isPlain;
  }

  private boolean text(Name owner, RecordType type, byte[] bytes, int start, int end) {
    boolean isText =
        isForEditors && type.equals(RecordType.TXT) && end - start <= Limits.SERVED_RDATA_BYTES;
    if (!isText && !WITH_TEXT.contains(type) && !OtherData.hasForm(type)) {
      return false;
    }
    try {
      byte[] data = Arrays.copyOfRange(bytes, start, end);
      Rdata rdata = Rdata.read(type, reader.wrap(data, data.length), data.length);
      if (rdata instanceof Unknown) {
        return false;
      }
      start(':', owner).put(':').put(type.toString()).put(':').field(rdata.toString());
      return true;
    } catch (MalformedPacketException _) {
      return false;
    }
  }

  private void generic(Name owner, int type, byte[] bytes, int start, int end) {
    check(type != 0 && type != AXFR);
    start(':', owner).put(':').number(type).put(':').octets(bytes, start, end);
  }

  private void end(LineText text) throws IOException {
    ByteBuilder bytes = text.put('\n').bytes();
    out.write(bytes.bytes(), 0, bytes.length());
  }

  private static void check(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("no data line holds this record");
    }
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
