package djbdns.dnscache.sim;

import djbdns.client.Transport;
import djbdns.wire.Edns;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Message;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RdataBytes;
import djbdns.wire.Section;
import java.util.Arrays;

/**
 * Writes replies as a server without faults does; the servers with faults spoil them afterwards.
 */
final class ReplyComposer {
  private static final int OPT_BYTES = 11;
  private static final Edns OPT = new Edns(Limits.EDNS_UDP_BYTES);

  private final PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
  private boolean withOpt;
  private int limit;

  /**
   * Starts a reply: header and question.
   *
   * @param edns whether the server knows EDNS0
   */
  void begin(Message query, Name asked, Transport transport, boolean edns) {
    withOpt = edns && query.edns().isPresent();
    limit = Limits.MESSAGE_BYTES;
    if (transport == Transport.UDP) {
      limit = Limits.UDP_BYTES;
      if (withOpt) {
        limit = Math.clamp(query.edns().get().udpPayloadBytes(), Limits.UDP_BYTES, 1400);
      }
    }
    int flags = Header.QR | (query.flags() & Header.RD);
    writer.begin(query.id(), flags, limit - (withOpt ? OPT_BYTES : 0));
    Question question = query.questions().getFirst();
    writer.question(asked.toWire(), 0, question.type().code(), question.recordClass().code());
  }

  void flag(int flag) {
    writer.flags(writer.flags() | flag);
  }

  Rcode rcode() {
    return new Rcode(writer.flags() & Header.RCODE);
  }

  void rcode(Rcode rcode) {
    writer.flags((writer.flags() & ~Header.RCODE) | rcode.code());
  }

  void unflag(int flag) {
    writer.flags(writer.flags() & ~flag);
  }

  /** Adds all records of a set; false if not all fit, and then the reply is truncated. */
  boolean add(Section section, Records records) {
    byte[] owner = records.owner().toWire();
    for (byte[] data : records.data()) {
      if (!writer.beginRecord(owner, 0, records.type(), 1, records.ttlSeconds())
          || !RdataBytes.write(writer, records.type(), data, 0, data.length)) {
        writer.truncate();
        return false;
      }
      writer.endRecord(section);
    }
    return true;
  }

  /** Adds records as far as they fit. */
  boolean addIfFits(Section section, Records records) {
    long mark = writer.mark();
    int count = writer.count(section);
    byte[] owner = records.owner().toWire();
    for (byte[] data : records.data()) {
      if (!writer.beginRecord(owner, 0, records.type(), 1, records.ttlSeconds())
          || !RdataBytes.write(writer, records.type(), data, 0, data.length)) {
        writer.rollBack(mark, section, count);
        return false;
      }
      writer.endRecord(section);
    }
    return true;
  }

  /** Leaves nothing but the question. */
  void truncate() {
    writer.truncate();
  }

  /** The finished reply. */
  byte[] end() {
    if (withOpt) {
      writer.limit(limit);
      OPT.writeTo(writer);
    }
    return Arrays.copyOf(writer.buffer(), writer.length());
  }
}
