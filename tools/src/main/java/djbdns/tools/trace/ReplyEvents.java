package djbdns.tools.trace;

import djbdns.client.Failure;
import djbdns.client.RecordDump;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what a reply says (dnstrace.c): who serves the zones in it, the addresses in it, and whether
 * it answers the question or refers elsewhere. As in 1.05, what stands before a malformed record
 * counts, data that nobody looks at may be malformed, and the last record may be cut off.
 */
final class ReplyEvents {
  private static final int TYPE_AND_CLASS_BYTES = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  /** A record up to its data. */
  private record Head(
      int start, Name owner, RecordType type, int recordClass, long ttlSeconds, int data, int end) {
    boolean isInternet() {
      return recordClass == RecordClass.IN.code();
    }

    boolean hasData(RecordType wanted, int length) {
      return type.equals(wanted) && end - data == length;
    }
  }

  private final Ask ask;
  private final boolean ipv6;
  private final PacketReader reader;
  private final List<Event> events = new ArrayList<>();

  private boolean answered;
  private boolean denied;
  private Optional<Name> alias = Optional.empty();
  private Optional<Name> referral = Optional.empty();

  /**
   * A reply to an ask: its header and question are well-formed, its response code is NOERROR or
   * NXDOMAIN.
   *
   * @param ipv6 whether AAAA records are addresses of servers
   */
  ReplyEvents(Ask ask, byte[] packet, boolean ipv6) {
    this.ask = ask;
    this.ipv6 = ipv6;
    reader = new PacketReader().wrap(packet, packet.length);
  }

  List<Event> read() {
    try {
      readReply();
    } catch (MalformedPacketException e) {
      events.add(new Event.Unreadable(Failure.Reason.MALFORMED));
    }
    return events;
  }

  private void readReply() throws MalformedPacketException {
    Header header = reader.readHeader();
    boolean exists = header.rcode().equals(Rcode.NOERROR);
    reader.skipName();
    reader.skip(TYPE_AND_CLASS_BYTES);
    int start = reader.position();
    readAuthority(readAnswers(start, header.answerCount()), header.authorityCount());
    if (exists && isReferral() && isLame(referral.get())) {
      events.add(new Event.Lame(referral.get()));
      return;
    }
    int count = header.answerCount() + header.authorityCount() + header.additionalCount();
    addServers(start, count);
    if (alias.isPresent()) {
      events.add(new Event.Alias(alias.get()));
    } else if (!exists) {
      events.add(new Event.NoSuchName());
    } else if (isReferral()) {
      addReferral(referral.get());
    } else if (answered) {
      addAnswers(start, count);
    } else {
      events.add(new Event.NoData());
    }
  }

  private boolean isReferral() {
    return alias.isEmpty() && !answered && !denied && referral.isPresent();
  }

  private boolean isLame(Name zone) {
    return zone.equals(ask.zone()) || !zone.isWithin(ask.zone());
  }

  private void addReferral(Name zone) {
    events.add(
        ask.question().name().isWithin(zone)
            ? new Event.Referral(zone)
            : new Event.Unreadable(Failure.Reason.NO_REPLY));
  }

  /** Looks through the answer section and returns where it ends. */
  private int readAnswers(int start, int count) throws MalformedPacketException {
    int next = start;
    for (int i = 0; i < count; i++) {
      Head head = readHead(next);
      if (head.owner().equals(ask.question().name()) && head.isInternet()) {
        if (isWanted(head)) {
          answered = true;
        } else if (head.type().equals(RecordType.CNAME)) {
          alias = Optional.of(readNameAt(head.data()));
        }
      }
      next = head.end();
    }
    return next;
  }

  private void readAuthority(int start, int count) throws MalformedPacketException {
    int next = start;
    for (int i = 0; i < count; i++) {
      Head head = readHead(next);
      if (head.type().equals(RecordType.SOA)) {
        denied = true;
      } else if (head.type().equals(RecordType.NS)) {
        referral = Optional.of(head.owner());
      }
      next = head.end();
    }
  }

  private void addServers(int start, int count) throws MalformedPacketException {
    int next = start;
    for (int i = 0; i < count; i++) {
      Head head = readHead(next);
      if (head.owner().isWithin(ask.zone()) && head.isInternet()) {
        if (head.type().equals(RecordType.NS)) {
          events.add(new Event.Ns(head.owner(), readNameAt(head.data())));
        } else if (head.hasData(RecordType.A, IPV4_BYTES)
            || (ipv6 && head.hasData(RecordType.AAAA, IPV6_BYTES))) {
          reader.position(head.data());
          Bytes address = Bytes.of(reader.readBytes(head.end() - head.data()));
          events.add(new Event.Address(head.owner(), address));
        }
      }
      next = head.end();
    }
  }

  private void addAnswers(int start, int count) throws MalformedPacketException {
    int next = start;
    for (int i = 0; i < count; i++) {
      Head head = readHead(next);
      if (head.owner().equals(ask.question().name()) && isWanted(head)) {
        events.add(new Event.Answer(line(head), head.ttlSeconds(), data(head)));
      }
      next = head.end();
    }
  }

  private boolean isWanted(Head head) {
    RecordType wanted = ask.question().type();
    return wanted.equals(RecordType.ANY) || head.type().equals(wanted);
  }

  private String line(Head head) throws MalformedPacketException {
    if (!head.isInternet()) {
      return head.owner() + " " + head.ttlSeconds() + " weird class";
    }
    StringBuilder out = new StringBuilder();
    reader.position(head.start());
    new RecordDump(out, reader).append();
    return out.substring(0, out.length() - 1);
  }

  /** Type and data; in the original's form where they break that of their type. */
  private String data(Head head) throws MalformedPacketException {
    reader.position(head.start());
    try {
      return head.type() + " " + ResourceRecord.read(reader).rdata();
    } catch (MalformedPacketException e) {
      return line(head);
    }
  }

  private Head readHead(int start) throws MalformedPacketException {
    reader.position(start);
    Name owner = reader.readName();
    RecordType type = new RecordType(reader.readU16());
    int recordClass = reader.readU16();
    long ttlSeconds = reader.readU32();
    int length = reader.readU16();
    int data = reader.position();
    return new Head(start, owner, type, recordClass, ttlSeconds, data, data + length);
  }

  private Name readNameAt(int position) throws MalformedPacketException {
    reader.position(position);
    return reader.readName();
  }
}
