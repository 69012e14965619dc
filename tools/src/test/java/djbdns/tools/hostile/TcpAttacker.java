package djbdns.tools.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A connection that costs the resolver something and never reads; opened again whenever it is
 * closed.
 */
final class TcpAttacker implements Client {
  /** What is done with the connection. */
  enum Manner {
    /** Queries with long answers, one behind the other, as many as are taken. */
    PIPELINE(60),
    /** Half a query, and nothing more. */
    HALF(1),
    /** A byte of a query from time to time. */
    TRICKLE(1);

    private final int queries;

    Manner(int queries) {
      this.queries = queries;
    }
  }

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final InetAddress from;
  private final InetSocketAddress to;
  private final Manner manner;
  private final LongAdder sent;
  private final ByteBuffer bytes;
  private SocketChannel channel;
  private Selector selector;
  private long nextNanos;

  TcpAttacker(String from, InetSocketAddress to, Manner manner, LongAdder sent) throws IOException {
    this.from = InetAddress.ofLiteral(from);
    this.to = to;
    this.manner = manner;
    this.sent = sent;
    bytes = ByteBuffer.wrap(queries(manner.queries));
    channel = SocketChannel.open();
  }

  private static byte[] queries(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      String name = "large" + i % 4 + ".z0.honest";
      byte[] query = QueryPacket.of(i, name, ReplyPacket.TXT, new byte[0]);
      out.write(query.length >> 8);
      out.write(query.length);
      out.writeBytes(query);
    }
    return out.toByteArray();
  }

  @Override
  public void open(Selector used) throws IOException {
    selector = used;
    connect();
  }

  private void connect() throws IOException {
    if (!channel.isOpen()) {
      channel = SocketChannel.open();
    }
    channel.bind(new InetSocketAddress(from, 0)).configureBlocking(false);
    bytes.clear();
    ServerLoop.Task ready = this::ready;
    channel.register(selector, SelectionKey.OP_CONNECT, ready);
    channel.connect(to);
  }

  private void ready() throws IOException {
    try {
      if (!channel.isConnected()) {
        channel.finishConnect();
        // Who sends nothing that has an answer gets the end of the connection and nothing else.
        boolean reads = manner != Manner.PIPELINE;
        channel.keyFor(selector).interestOps(reads ? SelectionKey.OP_READ : 0);
      } else if (channel.read(ByteBuffer.allocate(1)) < 0) {
        channel.close();
      }
    } catch (IOException e) {
      // The resolver may refuse and close whatever it wants.
      channel.close();
    }
  }

  @Override
  public void tick(long nowNanos) throws IOException {
    if (nowNanos < nextNanos) {
      return;
    }
    nextNanos = nowNanos + PAUSE_NANOS;
    if (!channel.isOpen()) {
      connect();
    } else if (channel.isConnected()) {
      try {
        write();
      } catch (IOException e) {
        channel.close();
      }
    }
  }

  private void write() throws IOException {
    int most =
        switch (manner) {
          case PIPELINE -> bytes.capacity();
          case HALF -> bytes.capacity() / 2;
          case TRICKLE -> Math.min(bytes.position() + 1, bytes.capacity() - 1);
        };
    if (bytes.position() < most) {
      bytes.limit(most);
      channel.write(bytes);
      sent.add(bytes.position() == most ? manner.queries : 0);
    } else if (manner == Manner.PIPELINE) {
      bytes.clear();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
