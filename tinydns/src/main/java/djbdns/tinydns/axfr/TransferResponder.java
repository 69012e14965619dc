package djbdns.tinydns.axfr;

import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.server.Client;
import djbdns.server.Responder;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneWalk;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.QueryReader;
import djbdns.wire.rdata.Soa;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * axfrdns's answers over TCP: zone transfers for whom a rule allows them (RFC 5936), ordinary
 * answers as tinydns gives them, both signed if the query was (RFC 8945). IXFR is answered by the
 * whole zone, or by its SOA record alone if the client is up to date (RFC 1995, 2 and 4). Belongs
 * to one thread.
 */
public final class TransferResponder implements Responder {
  private static final int UNUSUAL = Header.OPCODE | Header.AA | Header.TC;

  private final ContentResponder content;
  private final Access access;
  private final TsigKeys keys;
  private final QueryLog log;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final QueryReader query = new QueryReader();
  private final PacketWriter own = new PacketWriter(Limits.MESSAGE_BYTES);
  private PacketWriter response = own;
  private Optional<ZoneData> data = Optional.empty();

  /**
   * A responder that has no data yet.
   *
   * @param content answers everything but transfers
   * @param random makes hash keys
   */
  public TransferResponder(
      ContentResponder content,
      Access access,
      TsigKeys keys,
      QueryLog log,
      InstantSource clock,
      RandomGenerator random) {
    this.content = content;
    this.access = access;
    this.keys = keys;
    this.log = log;
    this.clock = clock;
    this.random = random;
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
    TsigRequest signature =
        TsigRequest.read(packet, packetLength, keys, clock.instant().getEpochSecond());
    boolean isQuery = query.read(packet, packetLength) == QueryReader.Kind.QUERY;
    response = own;
    if (isQuery && !signature.rcode().equals(Rcode.NOERROR)) {
      log.line(client, query.id(), QueryLog.Mark.NOT_ANSWERED, query.type(), query.name());
      answer(TransferQuestion.of(query), signature.rcode());
    } else if (isQuery && isTransfer()) {
      log.line(client, query.id(), QueryLog.Mark.ANSWERED, query.type(), query.name());
      if (transfer(packet, packetLength, client, signature)) {
        return false;
      }
    } else if (content.respond(packet, packetLength, client)) {
      response = content.response();
    } else {
      return false;
    }
    sign(signature);
    return true;
  }

  private boolean isTransfer() {
    return (query.type() == RecordType.AXFR.code() || query.type() == RecordType.IXFR.code())
        && query.recordClass() == RecordClass.IN.code()
        && (query.flags() & UNUSUAL) == 0
        && query.ednsVersion() == 0;
  }

  /** Begins a transfer, or answers in one message, which is to be sent if this returns false. */
  private boolean transfer(byte[] packet, int packetLength, Client client, TsigRequest signature) {
    TransferQuestion question = TransferQuestion.of(query);
    if (!access.of(client).allow(question.zone(), signature.key().map(TsigKey::name))) {
      log.note("axfrdns: warning: disallowed zone transfer request");
      answer(question, Rcode.REFUSED);
      return false;
    }
    if (data.isEmpty()) {
      answer(question, Rcode.SERVFAIL);
      return false;
    }
    long nowTai64 = Tai64.ofUnixMillis(clock.millis());
    ZoneWalk walk =
        new ZoneWalk(
            data.get(),
            question.zone(),
            client.address(),
            client.addressLength(),
            nowTai64,
            random.nextLong());
    if (!walk.hasZone()) {
      log.note("axfrdns: warning: unable to locate information in data.cdb");
      answer(question, Rcode.NOTAUTH);
    } else if (isUpToDate(packet, packetLength, walk)) {
      begin(question, Header.AA);
      walk.writeTo(own);
      question.writeEdns(own);
    } else {
      client.stream(new PackedZone(data.get().retain(), walk, question, signature, clock));
      return true;
    }
    walk.close();
    return false;
  }

  /** Whether the query says that the client has our version, or a later one; moves to the SOA. */
  private boolean isUpToDate(byte[] packet, int packetLength, ZoneWalk walk) {
    if (query.type() != RecordType.IXFR.code() || !walk.toSoa()) {
      return false;
    }
    OptionalLong theirs = clientSerial(packet, packetLength);
    // Serial number arithmetic (RFC 1982, 3.2).
    return theirs.isPresent() && (int) (theirs.getAsLong() - walk.serial()) >= 0;
  }

  private static OptionalLong clientSerial(byte[] packet, int packetLength) {
    try {
      return Message.read(packet, packetLength).authority().stream()
          .filter(authority -> authority.rdata() instanceof Soa)
          .mapToLong(authority -> ((Soa) authority.rdata()).serial())
          .findFirst();
    } catch (MalformedPacketException e) {
      // Without a version to compare with the client gets the whole zone.
      return OptionalLong.empty();
    }
  }

  /** A message of our own, to be signed, that says no more than what has gone wrong. */
  private void answer(TransferQuestion question, Rcode rcode) {
    begin(question, rcode.code());
    question.writeEdns(own);
  }

  private void begin(TransferQuestion question, int flags) {
    own.begin(question.id(), Header.QR | question.rd() | flags, Limits.MESSAGE_BYTES);
    own.question(query.name(), 0, query.type(), query.recordClass());
  }

  private void sign(TsigRequest signature) {
    response.limit(Limits.MESSAGE_BYTES);
    long nowSeconds = clock.instant().getEpochSecond();
    if (!signature.sign(response, nowSeconds)) {
      response.truncate();
      response.flags((response.flags() & ~(Header.TC | Header.AA)) | Rcode.SERVFAIL.code());
      signature.sign(response, nowSeconds);
    }
  }

  @Override
  public PacketWriter response() {
    return response;
  }

  @Override
  public void batchEnd() {
    content.batchEnd();
    log.flush();
  }
}
