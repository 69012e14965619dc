package djbdns.client;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordClass;

/**
 * A packet as the text that dnsq, dnsqr and tinydns-get print (printpacket.c): a line for the
 * header, then one for each question and record.
 *
 * <pre>
 * 45 bytes, 1+1+0+0 records, response, authoritative, noerror
 * query: 1 www.example.com
 * answer: www.example.com 3600 A 10.1.2.3
 * </pre>
 */
public final class PacketDump {
  private final StringBuilder out = new StringBuilder();
  private final PacketReader reader = new PacketReader();
  private final RecordDump records = new RecordDump(out, reader);
  private final byte[] name = new byte[Limits.NAME_BYTES];

  private PacketDump() {}

  /**
   * The text, every line ended; all ASCII.
   *
   * @param length bytes of the packet, from the array's start
   * @throws MalformedPacketException if any part breaks the format or bytes are left at the end
   */
  public static String dump(byte[] packet, int length) throws MalformedPacketException {
    return new PacketDump().dumpAll(packet, length);
  }

  private String dumpAll(byte[] packet, int length) throws MalformedPacketException {
    Header header = reader.wrap(packet, length).readHeader();
    appendCounts(header, length);
    appendFlags(header.flags());
    for (int i = 0; i < header.questionCount(); i++) {
      appendQuestion();
    }
    appendRecords("answer: ", header.answerCount());
    appendRecords("authority: ", header.authorityCount());
    appendRecords("additional: ", header.additionalCount());
    reader.requireAt(length);
    return out.toString();
  }

  private void appendCounts(Header header, int length) {
    out.append(length)
        .append(" bytes, ")
        .append(header.questionCount())
        .append('+')
        .append(header.answerCount())
        .append('+')
        .append(header.authorityCount())
        .append('+')
        .append(header.additionalCount())
        .append(" records");
  }

  private void appendFlags(int flags) {
    appendIf((flags & Header.QR) != 0, ", response");
    appendIf((flags & Header.OPCODE) != 0, ", weird op");
    appendIf((flags & Header.AA) != 0, ", authoritative");
    appendIf((flags & Header.TC) != 0, ", truncated");
    appendIf((flags & Header.RD) != 0, ", weird rd");
    appendIf((flags & Header.RA) != 0, ", weird ra");
    out.append(rcodeText(flags & Header.RCODE));
    appendIf((flags & (Header.Z | Header.AD | Header.CD)) != 0, ", weird z");
    out.append('\n');
  }

  private void appendIf(boolean condition, String text) {
    if (condition) {
      out.append(text);
    }
  }

  private static String rcodeText(int code) {
    return switch (code) {
      case 0 -> ", noerror";
      case 3 -> ", nxdomain";
      case 4 -> ", notimp";
      case 5 -> ", refused";
      default -> ", weird rcode";
    };
  }

  private void appendQuestion() throws MalformedPacketException {
    reader.readName(name, 0);
    int type = reader.readU16();
    out.append("query: ");
    if (reader.readU16() == RecordClass.IN.code()) {
      out.append(type).append(' ');
      NameBytes.appendText(out, name, 0);
    } else {
      out.append("weird class");
    }
    out.append('\n');
  }

  private void appendRecords(String label, int count) throws MalformedPacketException {
    for (int i = 0; i < count; i++) {
      out.append(label);
      records.append();
    }
  }
}
