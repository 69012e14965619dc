package djbdns.server;

import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import djbdns.wire.Section;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends every packet back as the data of a record, and fails on packets that start with an
 * exclamation mark.
 */
final class EchoResponder implements Responder {
  /** Of a response: header, and all of its record but the data. */
  static final int OVERHEAD_BYTES = 23;

  private static final byte[] ROOT = {0};

  private final PacketWriter response = new PacketWriter(Limits.MESSAGE_BYTES);
  private final AtomicInteger answered;

  EchoResponder(AtomicInteger answered) {
    this.answered = answered;
  }

  @Override
  public boolean respond(byte[] query, int queryLength, Client client) {
    if (queryLength > 0 && query[0] == '!') {
      throw new IllegalArgumentException("a bug in a responder");
    }
    response.begin(client.port(), client.isTcp() ? 1 : 0, Limits.MESSAGE_BYTES);
    response.beginRecord(ROOT, 0, 10, 1, 0);
    response.addBytes(query, 0, Math.min(queryLength, Limits.MESSAGE_BYTES - OVERHEAD_BYTES));
    response.endRecord(Section.ANSWER);
    answered.incrementAndGet();
    return true;
  }

  @Override
  public PacketWriter response() {
    return response;
  }

  @Override
  public void batchEnd() {}
}
