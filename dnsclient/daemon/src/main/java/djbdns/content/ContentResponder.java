package djbdns.content;

import djbdns.content.QueryLog.Mark;
import djbdns.server.Client;
import djbdns.server.Responder;
import djbdns.tsig.TsigKeys;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.NameBytes;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Edns;
import djbdns.wire.message.QueryReader;
import java.time.InstantSource;

/**
 * Turns a packet into the response to it, as today's RFCs ask: header, EDNS0, response codes, size
 * limits, signatures (RFC 8945). What the answer says is {@link Answers}' business. Belongs to one
 * thread.
 */
public final class ContentResponder implements Responder {
  /** Flags of a query that ask for something else than a plain question: opcode, AA, TC. */
  static final int UNUSUAL = Header.OPCODE | Header.AA | Header.TC;

  private static final byte[] ROOT = {0};

  /** An OPT record without options: owner, type, size, flags, data length. */
  private static final int OPT_BYTES = 11;

  /** Type and class. */
  private static final int QUESTION_TAIL_BYTES = 4;

  private final QueryReader query = new QueryReader();
  private final PacketWriter response = new PacketWriter(Limits.MESSAGE_BYTES);
  private final Answers answers;
  private final QueryLog log;
  private final TsigKeys keys;
  private final InstantSource clock;
  private TsigRequest signature = TsigRequest.UNSIGNED;

  /** A responder that takes signatures for nothing. */
  public ContentResponder(Answers answers, QueryLog log) {
    this(answers, log, TsigKeys.NONE, InstantSource.system());
  }

  /** A responder that signs answers to signed queries, unless there are no keys. */
  public ContentResponder(Answers answers, QueryLog log, TsigKeys keys, InstantSource clock) {
    this.answers = answers;
    this.log = log;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public boolean respond(byte[] packet, int packetLength, Client client) {
    return switch (query.read(packet, packetLength)) {
      case IGNORED -> {
        log.unparsable(client);
        yield false;
      }
      case MALFORMED -> {
        log.unparsable(client);
        // The question cannot be repeated, so the header stands alone.
        response.begin(query.id(), echoedFlags() | Rcode.FORMERR.code(), Limits.UDP_BYTES);
        yield true;
      }
      case QUERY -> {
        if (keys != TsigKeys.NONE) {
          signature = TsigRequest.read(packet, packetLength, keys, nowSeconds());
        }
        respondToQuestion(client);
        yield true;
      }
    };
  }

  /** QR, and what a response repeats of its query: opcode and RD (RFC 1035, 4.1.1). */
  private int echoedFlags() {
    return Header.QR | (query.flags() & (Header.OPCODE | Header.RD));
  }

  private void respondToQuestion(Client client) {
    int signatureBytes = signature == TsigRequest.UNSIGNED ? 0 : signature.signatureBytes();
    int room = (query.hasEdns() ? OPT_BYTES : 0) + signatureBytes;
    // The name of a key may be so long that there is no room for more than was sent.
    int limit = Math.max(limit(client), questionEnd() + room);
    response.begin(query.id(), echoedFlags(), limit - room);
    response.question(query.name(), 0, query.type(), query.recordClass());
    Mark mark = answer(client);
    log.line(client, query.id(), mark, query.type(), query.name());
    if (query.hasEdns()) {
      response.limit(limit - signatureBytes);
      writeEdns();
    }
    if (signatureBytes > 0) {
      response.limit(limit);
      signature.sign(response, nowSeconds());
    }
  }

  private int questionEnd() {
    return Limits.HEADER_BYTES + NameBytes.length(query.name(), 0) + QUESTION_TAIL_BYTES;
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  private int limit(Client client) {
    if (client.isTcp()) {
      return Limits.MESSAGE_BYTES;
    }
    int offered = Math.max(query.ednsPayloadBytes(), Limits.UDP_BYTES);
    return Math.min(offered, Limits.EDNS_UDP_BYTES);
  }

  private Mark answer(Client client) {
    if (!signature.rcode().equals(Rcode.NOERROR)) {
      return fail(signature.rcode(), Mark.NOT_ANSWERED);
    }
    if (query.ednsVersion() != 0) {
      // BADVERS: its upper bits are in the OPT record, its lower ones are 0.
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

  /** IXFR is for everybody to ask over UDP, and may be answered with less than a transfer. */
  private boolean isTransfer(Client client) {
    return query.type() == RecordType.AXFR.code()
        || (query.type() == RecordType.IXFR.code() && client.isTcp());
  }

  /** Leaves nothing in the response but the question and a response code. */
  private Mark fail(Rcode rcode, Mark mark) {
    response.truncate();
    response.flags(echoedFlags() | rcode.code());
    return mark;
  }

  private void writeEdns() {
    int extendedRcode = query.ednsVersion() == 0 ? 0 : Rcode.BADVERS.code() >> 4;
    long ttlField = ((long) extendedRcode << 24) | (query.dnssecOk() ? Edns.DO : 0);
    if (response.beginRecord(ROOT, 0, RecordType.OPT.code(), Limits.EDNS_UDP_BYTES, ttlField)) {
      response.endRecord(Section.ADDITIONAL);
    }
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
