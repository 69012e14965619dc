package djbdns.dnscache.sim;

import djbdns.client.Transport;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.rdata.RdataBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what a reply is to say, and writes it as far as it fits. */
final class ReplyComposer {
  private static final int OPT_BYTES = 11;
  private static final int LARGEST_UDP_BYTES = 1400;
  private static final Edns OPT = new Edns(Limits.EDNS_UDP_BYTES);

  private record Entry(Records records, boolean needed) {}

  private final PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
  private final Map<Section, List<Entry>> entries = new EnumMap<>(Section.class);
  private Message query =
      new Message(0, 0, new Question(Name.ROOT, RecordType.A), Optional.empty());
  private Name asked = Name.ROOT;
  private boolean withOpt;
  private boolean withQuestion;
  private int limit;
  private int flags;

  ReplyComposer() {
    for (Section section : Section.values()) {
      entries.put(section, new ArrayList<>());
    }
  }

  /**
   * Starts a reply.
   *
   * @param name the question's, as the server repeats it
   * @param edns whether the server knows EDNS0
   */
  void begin(Message newQuery, Name name, Transport transport, boolean edns) {
    query = newQuery;
    asked = name;
    withQuestion = true;
    withOpt = edns && query.edns().isPresent();
    limit = limitBytes(transport);
    flags = Header.QR | (query.flags() & Header.RD);
    clear();
  }

  private int limitBytes(Transport transport) {
    if (transport == Transport.TCP) {
      return Limits.MESSAGE_BYTES;
    }
    return withOpt
        ? Math.clamp(
            query.edns().orElseThrow().udpPayloadBytes(), Limits.UDP_BYTES, LARGEST_UDP_BYTES)
        : Limits.UDP_BYTES;
  }

  private void clear() {
    entries.values().forEach(List::clear);
  }

  void flag(int flag) {
    flags |= flag;
  }

  void unflag(int flag) {
    flags &= ~flag;
  }

  Rcode rcode() {
    return new Rcode(flags & Header.RCODE);
  }

  void rcode(Rcode rcode) {
    flags = (flags & ~Header.RCODE) | rcode.code();
  }

  /** Adds records without which the reply is truncated. */
  void add(Section section, Records records) {
    entries.get(section).add(new Entry(records, true));
  }

  /** Adds records that may be left out. */
  void addIfFits(Section section, Records records) {
    entries.get(section).add(new Entry(records, false));
  }

  /** Leaves nothing but the question, and TC. */
  void truncate() {
    clear();
    flag(Header.TC);
  }

  /** Leaves nothing but the question. */
  void empty() {
    clear();
    unflag(Header.AA);
  }

  /** Does not repeat the question. */
  void omitQuestion() {
    withQuestion = false;
  }

  /** The finished reply. */
  byte[] end() {
    writer.begin(query.id(), flags, limit - (withOpt ? OPT_BYTES : 0));
    if (withQuestion) {
      Question question = query.questions().getFirst();
      writer.question(asked.toWire(), 0, question.type().code(), question.recordClass().code());
    }
    if (!writeSections()) {
      writer.truncate();
    }
    if (withOpt) {
      writer.limit(limit);
      OPT.writeTo(writer);
    }
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private boolean writeSections() {
    for (Section section : Section.values()) {
      for (Entry entry : entries.get(section)) {
        if (!write(section, entry.records)) {
          if (entry.needed) {
            return false;
          }
          break;
        }
      }
    }
    return true;
  }

  /** Writes all records of a set, or none. */
  private boolean write(Section section, Records records) {
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
}
