package djbdns.content;

import djbdns.content.QueryLog.Mark;
import djbdns.server.Client;
import djbdns.server.Responder;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.QueryReader;

/**
 * Turns a packet into 1.05's response to it, byte for byte (server.c): no EDNS0, silence where 1.05
 * is silent, counts left standing in a truncated response. Belongs to one thread.
 */
public final class CompatResponder implements Responder {
  private final QueryReader query = new QueryReader();
  private final PacketWriter response = new PacketWriter(Limits.MESSAGE_BYTES);
  private final Answers answers;
  private final QueryLog log;

  public CompatResponder(Answers answers, QueryLog log) {
    this.answers = answers;
    this.log = log;
  }

  @Override
  public boolean respond(byte[] packet, int packetLength, Client client) {
    if (packetLength > Limits.UDP_BYTES
        || query.readQuestionOnly(packet, packetLength) != QueryReader.Kind.QUERY) {
      log.unparsable(client);
      return false;
    }
    // A foreign class is refused before 1.05 has cleared RD and RA.
    response.begin(query.id(), Header.QR | Header.RD | Header.RA, Limits.MESSAGE_BYTES);
    response.question(query.name(), 0, query.type(), query.recordClass());
    Mark mark = answer(client);
    log.line(client, query.id(), mark, query.type(), query.name());
    if (mark == Mark.NOT_ANSWERED) {
      return false;
    }
    if (!client.isTcp() && response.length() > Limits.UDP_BYTES) {
      truncate();
    }
    return true;
  }

  private Mark answer(Client client) {
    boolean internet = query.recordClass() == RecordClass.IN.code();
    if (!internet && query.recordClass() != RecordClass.ANY.code()) {
      response.flags(response.flags() | Rcode.FORMERR.code());
      return Mark.WEIRD_CLASS;
    }
    response.flags(Header.QR | (internet ? Header.AA : 0) | (query.flags() & Header.RD));
    if ((query.flags() & ContentResponder.UNUSUAL) != 0 || query.type() == RecordType.AXFR.code()) {
      response.flags(response.flags() | Rcode.NOTIMP.code());
      return Mark.NOT_IMPLEMENTED;
    }
    Outcome outcome = answers.answer(query, client, response);
    return outcome == Outcome.ANSWERED ? Mark.ANSWERED : Mark.NOT_ANSWERED;
  }

  /** 1.05 cuts the records off and leaves their counts in the header. */
  private void truncate() {
    int answers = response.count(Section.ANSWER);
    int authority = response.count(Section.AUTHORITY);
    int additional = response.count(Section.ADDITIONAL);
    response.truncate();
    response.setCount(Section.ANSWER, answers);
    response.setCount(Section.AUTHORITY, authority);
    response.setCount(Section.ADDITIONAL, additional);
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
