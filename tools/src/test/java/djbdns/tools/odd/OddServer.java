package djbdns.tools.odd;

import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

/** A server of a {@link Scenario} at its addresses, over UDP and TCP. */
final class OddServer implements AutoCloseable {
  private static final int PORT = 53;
  private static final int BACKLOG = 128;

  /** With a backlog of one the kernel keeps two connections, and drops the SYN of every other. */
  private static final int FULL = 2;

  /** A lost SYN is sent again after one second, then after two more. */
  private static final List<Integer> ACCEPT_AFTER_MS = List.of(0, 500, 2000);

  /** How it is now. How many SYN segments get lost is the same in all phases. */
  record Phase(Zones zones, Behaviour behaviour, Stream stream) {}

  private record Asked(Name name, RecordType type) {}

  private final List<Phase> phases;

  /** Open when connections may be accepted. */
  private final CountDownLatch acceptable = new CountDownLatch(1);

  private final List<AutoCloseable> sockets = new ArrayList<>();
  private final ConcurrentMap<Asked, Integer> asked = new ConcurrentHashMap<>();
  private volatile int phase;
  private volatile boolean isClosed;

  private OddServer(List<Phase> phases) {
    this.phases = phases;
  }

  /** Starts a server; the thread that calls this is in the namespace of its addresses. */
  static OddServer start(List<String> addresses, List<Phase> phases) throws IOException {
    OddServer server = new OddServer(phases);
    for (String address : addresses) {
      server.listen(InetAddress.ofLiteral(address));
    }
    return server;
  }

  private void listen(InetAddress address) throws IOException {
    DatagramSocket udp = new DatagramSocket(PORT, address);
    sockets.add(udp);
    int lostSyns = phases.getFirst().stream().lostSyns();
    ServerSocket tcp = new ServerSocket(PORT, lostSyns == 0 ? BACKLOG : 1, address);
    sockets.add(tcp);
    int fillers = lostSyns == 0 ? 0 : FULL;
    for (int i = 0; i < fillers; i++) {
      SocketChannel filler = SocketChannel.open();
      sockets.add(filler);
      filler.connect(new InetSocketAddress(address, PORT));
    }
    start(() -> serveUdp(udp));
    start(() -> serveTcp(tcp, fillers));
  }

  private interface Service {
    void run() throws IOException, InterruptedException;
  }

  private void start(Service service) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            service.run();
          } catch (SocketException | EOFException e) {
            // Either the scenario is over, or the peer has closed its connection: it may.
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Goes on to the next phase, if there is one. */
  void turn() {
    phase = Math.min(phase + 1, phases.size() - 1);
  }

  /** How often a question has come. */
  int timesAsked(Name name, RecordType type) {
    return asked.getOrDefault(new Asked(name, type), 0);
  }

  private Phase now() {
    return phases.get(phase);
  }

  /** What is to be done about a packet; nothing if it is no query. */
  private Reaction reaction(byte[] bytes, int length, boolean overTcp) {
    Phase now = now();
    try {
      Query query = Query.read(bytes, length, overTcp, now.zones(), 0);
      int count = asked.merge(new Asked(query.name(), query.type()), 1, Integer::sum);
      return now.behaviour().to(new Query(query.message(), overTcp, now.zones(), count - 1));
    } catch (MalformedPacketException e) {
      return Reaction.silence();
    }
  }

  private void serveUdp(DatagramSocket udp) throws IOException {
    byte[] buffer = new byte[4096];
    while (!isClosed) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      udp.receive(packet);
      Reaction reaction =
          reaction(Arrays.copyOf(buffer, packet.getLength()), packet.getLength(), false);
      SocketAddress peer = packet.getSocketAddress();
      for (Reaction.Sent sent : reaction.sent()) {
        if (sent.afterMs() == 0) {
          send(udp, sent.message().toArray(), peer);
        } else {
          start(() -> {
            Thread.sleep(sent.afterMs());
            send(udp, sent.message().toArray(), peer);
          });
        }
      }
    }
  }

  private void send(DatagramSocket udp, byte[] message, SocketAddress peer) throws IOException {
    udp.send(new DatagramPacket(message, message.length, peer));
    boolean isTruncated = message.length > 2 && (message[2] & Header.TC >> 8) != 0;
    if (isTruncated && acceptable.getCount() > 0) {
      start(() -> {
        Thread.sleep(ACCEPT_AFTER_MS.get(now().stream().lostSyns()));
        acceptable.countDown();
      });
    }
  }

  private void serveTcp(ServerSocket tcp, int fillers) throws IOException, InterruptedException {
    if (fillers > 0) {
      acceptable.await();
    }
    for (int i = 0; i < fillers; i++) {
      tcp.accept();
    }
    while (!isClosed) {
      Socket connection = tcp.accept();
      start(() -> serve(connection));
    }
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        Stream stream = now().stream();
        Reaction reaction = reaction(query, query.length, true);
        int elapsedMs = 0;
        for (Reaction.Sent sent : reaction.sent()) {
          Thread.sleep(sent.afterMs() - elapsedMs);
          elapsedMs = sent.afterMs();
          write(connection.getOutputStream(), framed(sent.message().toArray()), stream);
        }
        if (reaction.hangsUp()) {
          return;
        }
      }
    }
  }

  private static byte[] framed(byte[] message) {
    byte[] framed = new byte[message.length + 2];
    framed[0] = (byte) (message.length >> 8);
    framed[1] = (byte) message.length;
    System.arraycopy(message, 0, framed, 2, message.length);
    return framed;
  }

  private static void write(OutputStream out, byte[] bytes, Stream stream)
      throws IOException, InterruptedException {
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(stream.pieceBytes(), bytes.length - at);
      out.write(bytes, at, length);
      at += length;
      if (at < bytes.length) {
        Thread.sleep(stream.gapMs());
      }
    }
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    for (AutoCloseable socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
