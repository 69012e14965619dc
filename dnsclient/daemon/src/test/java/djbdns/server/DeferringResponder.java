package djbdns.server;

import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers nothing at once: each query waits here until the test answers it. */
final class DeferringResponder implements Responder {
  /** A query that waits. */
  record Waiting(int number, ReplyPath path) {}

  final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final AtomicInteger queries = new AtomicInteger();
  volatile boolean welcome = true;

  private final PacketWriter response = new PacketWriter(Limits.MESSAGE_BYTES);

  @Override
  public boolean respond(byte[] query, int queryLength, Client client) {
    queries.incrementAndGet();
    int number = ((query[0] & 0xff) << 8) | (query[1] & 0xff);
    waiting.add(new Waiting(number, client.replyPath()));
    return false;
  }

  /** Answers a query with its own number as the packet's ID; on the loop's thread. */
  void answer(Waiting query) {
    response.begin(query.number(), 0, Limits.MESSAGE_BYTES);
    query.path().send(response);
  }

  @Override
  public PacketWriter response() {
    return response;
  }

  @Override
  public void batchEnd() {}

  @Override
  public boolean opened(Client client) {
    events.add("open");
    return welcome;
  }

  @Override
  public void closed(Client client, String error) {
    events.add("closed " + error);
  }
}
