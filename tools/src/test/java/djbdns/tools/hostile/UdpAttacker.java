package djbdns.tools.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.LongAdder;

/** Sends packets and does not care what comes back. */
final class UdpAttacker implements Client {
  private final InetAddress from;
  private final InetSocketAddress to;
  private final Pace pace;
  private final Queries queries;
  private final LongAdder sent;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_535);
  private final DatagramChannel channel;

  UdpAttacker(String from, InetSocketAddress to, double perSecond, Queries queries, LongAdder sent)
      throws IOException {
    this.from = InetAddress.ofLiteral(from);
    this.to = to;
    pace = new Pace(perSecond);
    this.queries = queries;
    this.sent = sent;
    channel = DatagramChannel.open();
  }

  @Override
  public void open(Selector selector) throws IOException {
    channel.bind(new InetSocketAddress(from, 0)).configureBlocking(false);
    ServerLoop.Task receive = this::receive;
    channel.register(selector, SelectionKey.OP_READ, receive);
  }

  private void receive() throws IOException {
    do {
      buffer.clear();
    } while (channel.receive(buffer) != null);
  }

  @Override
  public void tick(long nowNanos) throws IOException {
    for (int i = pace.due(nowNanos); i > 0; i--) {
      byte[] query = queries.next();
      sent.increment();
      channel.send(ByteBuffer.wrap(query), to);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
