package djbdns.content;

import djbdns.content.QueryLog.Mark;
import djbdns.response.ResponseFrame;
import djbdns.server.Client;
import djbdns.server.Responder;
import djbdns.tsig.TsigKeys;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.QueryReader;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Turns a packet into the response to it, as today's RFCs ask. What it says is up to {@link
 * Answers}, and {@link Transfers} where the server has them; its form is a {@link ResponseFrame}.
 * Belongs to one thread.
 */
public final class ContentResponder implements Responder {
  /** Flags of a query that ask for something else than a plain question: opcode, AA, TC. */
  static final int UNUSUAL = Header.OPCODE | Header.AA | Header.TC;

  private final QueryReader query = new QueryReader();
  private final ResponseFrame frame = new ResponseFrame();
  private final PacketWriter response = frame.packet();
  private final Answers answers;
  private final Optional<Transfers> transfers;
  private final QueryLog log;
  private final TsigKeys keys;
  private final InstantSource clock;
  private TsigRequest signature = TsigRequest.UNSIGNED;

  /** A responder that ignores signatures. */
  public ContentResponder(Answers answers, QueryLog log) {
    this(answers, log, TsigKeys.NONE, InstantSource.system());
  }

  /** A responder that signs answers to signed queries, unless there are no keys. */
  public ContentResponder(Answers answers, QueryLog log, TsigKeys keys, InstantSource clock) {
    this(answers, Optional.empty(), log, keys, clock);
  }

  /** A responder that has transfers as well, and checks signatures even if there are no keys. */
  public ContentResponder(
      Answers answers, Transfers transfers, QueryLog log, TsigKeys keys, InstantSource clock) {
    this(answers, Optional.of(transfers), log, keys, clock);
  }

  private ContentResponder(
      Answers answers,
      Optional<Transfers> transfers,
      QueryLog log,
      TsigKeys keys,
      InstantSource clock) {
    this.answers = answers;
    this.transfers = transfers;
    this.log = log;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public boolean opened(Client client) {
    boolean isServed = transfers.isEmpty() || transfers.get().admits(client);
    if (!isServed) {
      log.denied(client);
    }
    return isServed;
  }

  @Override
  public boolean respond(byte[] packet, int packetLength, Client client) {
    QueryReader.Kind kind = query.read(packet, packetLength);
    if (kind != QueryReader.Kind.IGNORED && (keys != TsigKeys.NONE || transfers.isPresent())) {
      signature = TsigRequest.read(packet, packetLength, keys, nowSeconds());
      frame.signature(signature);
    }
    boolean isAnswered =
        switch (kind) {
          case IGNORED -> {
            log.unparsable(client);
            yield false;
          }
          case MALFORMED -> {
            log.unparsable(client);
            frame.beginBare(query.id(), echoedFlags(), Rcode.FORMERR);
            yield true;
          }
          case QUERY -> respondToQuestion(packet, packetLength, client);
        };
    if (isAnswered && frame.isSigned()) {
      frame.sign(nowSeconds());
    }
    return isAnswered;
  }

  /** QR, and what a response repeats of its query: opcode and RD (RFC 1035, 4.1.1). */
  private int echoedFlags() {
    return Header.QR | (query.flags() & (Header.OPCODE | Header.RD));
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  private boolean respondToQuestion(byte[] packet, int packetLength, Client client) {
    frame.edns(query.hasEdns(), query.dnssecOk());
    frame.begin(
        query.id(),
        echoedFlags(),
        query.name(),
        query.type(),
        query.recordClass(),
        ResponseFrame.limitBytes(query, client));
    if (isTransferToAnswer(client)) {
      log.line(client, query.id(), Mark.ANSWERED, query.type(), query.name());
      if (!transfer(packet, packetLength, client)) {
        return false;
      }
    } else {
      log.line(client, query.id(), answer(client), query.type(), query.name());
    }
    // BADVERS: its lower bits, which go to the header, are 0.
    frame.end(query.ednsVersion() == 0 ? Rcode.NOERROR : Rcode.BADVERS);
    frame.finish();
    return true;
  }

  private boolean isTransferToAnswer(Client client) {
    return transfers.isPresent()
        && isTransfer(client)
        && query.recordClass() == RecordClass.IN.code()
        && signature.rcode().equals(Rcode.NOERROR)
        && query.ednsVersion() == 0
        && (query.flags() & UNUSUAL) == 0;
  }

  /** IXFR is for everybody to ask over UDP, and may be answered with less than a transfer. */
  private boolean isTransfer(Client client) {
    return query.type() == RecordType.AXFR.code()
        || (query.type() == RecordType.IXFR.code() && client.isTcp());
  }

  /** Returns false if a stream of messages takes the place of the response. */
  private boolean transfer(byte[] packet, int packetLength, Client client) {
    response.flags(response.flags() | Header.AA);
    Optional<Rcode> rcode =
        transfers.get().answer(packet, packetLength, query, signature, client, response);
    rcode.filter(code -> !code.equals(Rcode.NOERROR)).ifPresent(frame::fail);
    return rcode.isPresent();
  }

  private Mark answer(Client client) {
    if (!signature.rcode().equals(Rcode.NOERROR)) {
      return fail(signature.rcode(), Mark.NOT_ANSWERED);
    }
    if (query.ednsVersion() != 0) {
      return Mark.NOT_IMPLEMENTED;
    }
    if ((query.flags() & UNUSUAL) != 0 || isTransfer(client)) {
      return fail(Rcode.NOTIMP, Mark.NOT_IMPLEMENTED);
    }
    int recordClass = query.recordClass();
    if (recordClass != RecordClass.IN.code() && recordClass != RecordClass.ANY.code()) {
      return fail(Rcode.FORMERR, Mark.WEIRD_CLASS);
    }
    response.flags(response.flags() | Header.AA);
    Outcome outcome = answers.answer(query, client, response);
    boolean cutShort = client.isTcp() && (response.flags() & Header.TC) != 0;
    return switch (outcome) {
      case ANSWERED -> cutShort ? fail(Rcode.SERVFAIL, Mark.NOT_ANSWERED) : Mark.ANSWERED;
      case OUTSIDE -> fail(Rcode.REFUSED, Mark.NOT_ANSWERED);
      case FAILED -> fail(Rcode.SERVFAIL, Mark.NOT_ANSWERED);
    };
  }

  private Mark fail(Rcode rcode, Mark mark) {
    frame.fail(rcode);
    return mark;
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
