package djbdns.tools.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * One thread that is every server of a {@link World}, at port 53 of its addresses, and swallows
 * what is sent to addresses of nobody. Runs until the process ends.
 */
final class ServerLoop {
  private static final int PORT = 53;
  private static final int BATCH = 64;
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final int BACKLOG = 1_024;

  /** Something to do later. */
  interface Task {
    void run() throws IOException;
  }

  private record Timer(long atNanos, long order, Task task) {}

  /** A socket for datagrams; the wildcard's has no authority. */
  private record Listener(DatagramChannel channel, int server, Optional<Authority> authority) {}

  private final World world;
  private final Counts counts;
  private final Selector selector;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_535);
  private final byte[] packet = new byte[4_096];
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::order));
  private long order;

  private ServerLoop(World world, Counts counts, Selector selector) {
    this.world = world;
    this.counts = counts;
    this.selector = selector;
    thread = Thread.ofPlatform().daemon().name("servers").unstarted(this::run);
  }

  /**
   * Binds all sockets and starts.
   *
   * @param rest whether whatever is sent to addresses of nobody is received as well
   */
  static ServerLoop start(World world, boolean rest, Counts counts) throws IOException {
    ServerLoop loop = new ServerLoop(world, counts, Selector.open());
    for (var server : world.authorities().entrySet()) {
      loop.listen(server.getKey(), Optional.of(server.getValue()));
    }
    if (rest) {
      loop.listen(0, Optional.empty());
      loop.listenForConnections(0);
    } else {
      for (int server : world.authorities().keySet()) {
        loop.listenForConnections(server);
      }
    }
    loop.thread.start();
    return loop;
  }

  private void listenForConnections(int server) throws IOException {
    ServerSocketChannel tcp = ServerSocketChannel.open();
    // One at an address of its own gets what the one at any address would get as well.
    tcp.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    tcp.bind(new InetSocketAddress(address(server), PORT), BACKLOG).configureBlocking(false);
    tcp.register(selector, SelectionKey.OP_ACCEPT);
  }

  private void listen(int server, Optional<Authority> authority) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.bind(new InetSocketAddress(address(server), PORT)).configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Listener(channel, server, authority));
  }

  private static InetAddress address(int server) {
    return InetAddress.ofLiteral(Places.text(server));
  }

  static int number(InetAddress address) {
    if (address instanceof Inet4Address four) {
      byte[] bytes = four.getAddress();
      return Places.ip(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff, bytes[3] & 0xff);
    }
    return 0;
  }

  private void run() {
    try {
      while (true) {
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().atNanos() <= now) {
          timers.poll().task().run();
        }
        long waitMs =
            timers.isEmpty()
                ? 1_000
                : 1 + TimeUnit.NANOSECONDS.toMillis(timers.peek().atNanos() - now);
        selector.select(this::serve, waitMs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) {
    try {
      switch (key.attachment()) {
        case Listener listener -> receive(listener);
        case ServerConnection connection -> connection.ready(key);
        case null -> accept((ServerSocketChannel) key.channel());
        default -> throw new IllegalStateException();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocketChannel listener) throws IOException {
    var accepted = listener.accept();
    while (accepted != null) {
      accepted.configureBlocking(false);
      SelectionKey key = accepted.register(selector, SelectionKey.OP_READ);
      int server = number(((InetSocketAddress) accepted.getLocalAddress()).getAddress());
      key.attach(new ServerConnection(this, accepted, server));
      accepted = listener.accept();
    }
  }

  private void receive(Listener listener) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      buffer.clear();
      SocketAddress client = listener.channel().receive(buffer);
      if (client == null) {
        return;
      }
      counts.add(listener.server());
      if (listener.authority().isPresent()) {
        buffer.flip();
        int length = Math.min(buffer.remaining(), packet.length);
        buffer.get(packet, 0, length);
        Optional<Ask> ask = Ask.read(packet, length, false, listener.server());
        if (ask.isPresent()) {
          react(listener, client, listener.authority().get().answer(ask.get()));
        }
      }
    }
  }

  private void react(Listener listener, SocketAddress client, Reaction reaction)
      throws IOException {
    if (reaction instanceof Reaction.Send send) {
      if (send.delayMs() == 0) {
        send(listener.channel(), client, send);
      } else {
        after(send.delayMs(), () -> send(listener.channel(), client, send));
      }
    }
  }

  private static void send(DatagramChannel channel, SocketAddress client, Reaction.Send send)
      throws IOException {
    for (byte[] message : send.messages()) {
      channel.send(ByteBuffer.wrap(message), client);
    }
  }

  /** What the server at an address does about a query that came over TCP. */
  Reaction answer(byte[] query, int server) {
    counts.add(server);
    Authority authority = world.authorities().get(server);
    if (authority == null) {
      return Reaction.SILENCE;
    }
    return Ask.read(query, query.length, true, server)
        .map(authority::answer)
        .orElse(Reaction.SILENCE);
  }

  /** Does something after a time, in this thread. */
  void after(int delayMs, Task task) {
    timers.add(
        new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs), order++, task));
  }
}
