package djbdns.tinydns.axfr;

import djbdns.content.Answers;
import djbdns.content.Outcome;
import djbdns.content.QueryLog;
import djbdns.server.Client;
import djbdns.server.MessageSource;
import djbdns.server.Responder;
import djbdns.tinydns.lookup.CompatWalk;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.QueryReader;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sends the bytes of axfrdns 1.05 (axfrdns.c): a record for each message of a transfer, and the end
 * of the connection where it sees anything wrong. Belongs to one thread.
 */
public final class CompatTransferResponder implements Responder {
  /** Longer queries are refused unread. */
  public static final int MAX_QUERY_BYTES = Limits.UDP_BYTES;

  private static final int UNUSUAL = Header.QR | Header.OPCODE | Header.AA | Header.TC;

  private final Answers answers;
  private final Access access;
  private final QueryLog log;
  private final InstantSource clock;
  private final QueryReader query = new QueryReader();
  private final PacketWriter response = new PacketWriter(Limits.MESSAGE_BYTES);
  private Optional<ZoneData> data = Optional.empty();

  /** A responder that has no data yet; {@code answers} has what is no transfer. */
  public CompatTransferResponder(
      Answers answers, Access access, QueryLog log, InstantSource clock) {
    this.answers = answers;
    this.access = access;
    this.log = log;
    this.clock = clock;
  }

  /** Transfers from these data from now on; transfers that go on keep theirs. */
  public void use(ZoneData newer) {
    data = Optional.of(newer);
  }

  @Override
  public boolean opened(Client client) {
    boolean served = access.of(client).served();
    if (!served) {
      log.denied(client);
    }
    return served;
  }

  @Override
  public boolean respond(byte[] packet, int packetLength, Client client) {
    if (packetLength > MAX_QUERY_BYTES) {
      return fail(client, "excessively large request");
    }
    if (packetLength < Limits.HEADER_BYTES) {
      return fail(client, "truncated request");
    }
    int flags = u16(packet, Header.FLAGS_OFFSET);
    if ((flags & UNUSUAL) != 0 || u16(packet, Header.COUNTS_OFFSET) != 1) {
      return fail(client, "bogus query");
    }
    if (query.readQuestionOnly(packet, packetLength) != QueryReader.Kind.QUERY) {
      return fail(client, "truncated request");
    }
    int recordClass = query.recordClass();
    if (recordClass != RecordClass.IN.code() && recordClass != RecordClass.ANY.code()) {
      return fail(client, "bogus query: bad class");
    }
    log.line(client, query.id(), QueryLog.Mark.ANSWERED, query.type(), query.name());
    return query.type() == RecordType.AXFR.code() ? transfer(client) : answer(client);
  }

  private static int u16(byte[] packet, int offset) {
    return ((packet[offset] & 0xff) << 8) | (packet[offset + 1] & 0xff);
  }

  private boolean answer(Client client) {
    response.begin(
        query.id(), Header.QR | Header.AA | (query.flags() & Header.RD), Limits.MESSAGE_BYTES);
    response.question(query.name(), 0, query.type(), query.recordClass());
    return answers.answer(query, client, response) == Outcome.ANSWERED
        || fail(client, "unable to locate information in data.cdb");
  }

  private boolean transfer(Client client) {
    Name zone = Name.ofWire(query.name(), 0);
    if (!access.of(client).allow(zone, Optional.empty())) {
      return fail(client, "disallowed zone transfer request");
    }
    if (data.isEmpty()) {
      return fail(client, "unable to read data.cdb");
    }
    CompatWalk walk =
        new CompatWalk(
            data.get(),
            zone,
            client.address(),
            client.addressLength(),
            Tai64.ofUnixMillis(clock.millis()));
    if (!walk.toSoa()) {
      return fail(client, "unable to locate information in data.cdb");
    }
    client.stream(new SingleRecords(data.get().retain(), walk, query.id()));
    return false;
  }

  /** Says why and ends the connection. */
  private boolean fail(Client client, String why) {
    log.note("axfrdns: fatal: " + why);
    client.stream(new Refusal());
    return false;
  }

  /** In place of messages. */
  private static final class Refusal implements MessageSource {
    @Override
    public Step next(PacketWriter out) {
      return Step.FAILED;
    }

    @Override
    public void close() {}
  }

  @Override
  public PacketWriter response() {
    return response;
  }

  @Override
  public void batchEnd() {
    answers.batchEnd();
    log.flush();
  }
}
