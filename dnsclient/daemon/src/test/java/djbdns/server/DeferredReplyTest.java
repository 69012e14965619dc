package djbdns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Responses that are sent later than they are asked for. */
@Timeout(60)
final class DeferredReplyTest {
  private static final int PATIENCE_MS = 20_000;
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final DeferringResponder responder = new DeferringResponder();
  private final EventLoops loops = new EventLoops(1);
  private DnsServer server;
  private int port;

  private void serve(int maxConnections, int maxPerClient, int idleTimeoutMs) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<InetSocketAddress> addresses = List.of(new InetSocketAddress(HERE, port));
    server =
        DnsServer.listen(
            new DnsServer.Config(
                addresses, addresses, maxConnections, maxPerClient, idleTimeoutMs, _ -> {}),
            loops.all(),
            _ -> responder);
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    loops.close();
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(HERE, port));
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void ask(Socket socket, int number) throws IOException {
    socket.getOutputStream().write(new byte[] {0, 2, (byte) (number >> 8), (byte) number});
  }

  private static int receive(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] packet = new byte[in.readUnsignedShort()];
    in.readFully(packet);
    return ((packet[0] & 0xff) << 8) | (packet[1] & 0xff);
  }

  private DeferringResponder.Waiting take() throws InterruptedException {
    return responder.waiting.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  private void answer(DeferringResponder.Waiting... queries) {
    loops
        .all()
        .getFirst()
        .execute(() -> {
          for (DeferringResponder.Waiting query : queries) {
            responder.answer(query);
          }
        });
  }

  /** Waits until the loop has nothing more to do. */
  private void settle() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loops.all().getFirst().execute(done::countDown);
    done.await();
  }

  private String event() throws InterruptedException {
    return responder.events.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  @Test
  void shouldAnswerDatagramsLater() throws Exception {
    serve(10, 10, PATIENCE_MS);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(new InetSocketAddress(HERE, port));
      socket.send(new DatagramPacket(new byte[] {0, 1}, 2));
      socket.send(new DatagramPacket(new byte[] {0, 2}, 2));
      DeferringResponder.Waiting first = take();
      answer(take(), first);
      Set<Integer> numbers = new HashSet<>();
      for (int i = 0; i < 2; i++) {
        DatagramPacket in = new DatagramPacket(new byte[512], 512);
        socket.receive(in);
        numbers.add((int) in.getData()[1]);
      }
      assertEquals(Set.of(1, 2), numbers);
    }
  }

  @Test
  void shouldAnswerOutOfOrderOverTcp() throws Exception {
    serve(10, 10, PATIENCE_MS);
    try (Socket socket = connect("127.0.0.1")) {
      ask(socket, 1);
      ask(socket, 2);
      ask(socket, 3);
      DeferringResponder.Waiting first = take();
      DeferringResponder.Waiting second = take();
      answer(take());
      assertEquals(3, receive(socket));
      answer(second, first);
      assertEquals(2, receive(socket));
      assertEquals(1, receive(socket));
    }
  }

  @Test
  void shouldNotReadBeyondTheOutstandingLimit() throws Exception {
    serve(10, 10, PATIENCE_MS);
    int more = 5;
    try (Socket socket = connect("127.0.0.1")) {
      for (int i = 0; i < TcpHandler.MAX_OUTSTANDING + more; i++) {
        ask(socket, i);
      }
      List<DeferringResponder.Waiting> waiting = new ArrayList<>();
      for (int i = 0; i < TcpHandler.MAX_OUTSTANDING; i++) {
        waiting.add(take());
      }
      settle();
      assertEquals(TcpHandler.MAX_OUTSTANDING, responder.queries.get());
      answer(waiting.toArray(new DeferringResponder.Waiting[0]));
      for (int i = 0; i < more; i++) {
        answer(take());
      }
      for (int i = 0; i < TcpHandler.MAX_OUTSTANDING + more; i++) {
        assertEquals(i, receive(socket));
      }
    }
  }

  @Test
  void shouldReadOnWhenAQueryIsAbandoned() throws Exception {
    serve(10, 10, PATIENCE_MS);
    try (Socket socket = connect("127.0.0.1")) {
      for (int i = 0; i <= TcpHandler.MAX_OUTSTANDING; i++) {
        ask(socket, i);
      }
      DeferringResponder.Waiting first = take();
      for (int i = 1; i < TcpHandler.MAX_OUTSTANDING; i++) {
        take();
      }
      loops.all().getFirst().execute(() -> first.path().abandon());
      answer(take());
      assertEquals(TcpHandler.MAX_OUTSTANDING, receive(socket));
    }
  }

  @Test
  void shouldAnswerWhoHasFinishedSending() throws Exception {
    serve(10, 10, PATIENCE_MS);
    try (Socket socket = connect("127.0.0.1")) {
      ask(socket, 7);
      socket.shutdownOutput();
      DeferringResponder.Waiting query = take();
      settle();
      answer(query);
      assertEquals(7, receive(socket));
      assertEquals(-1, socket.getInputStream().read());
    }
    assertEquals("open", event());
    assertEquals("closed broken pipe", event());
  }

  @Test
  void shouldNotCutOffWhoWaitsForUs() throws Exception {
    serve(10, 10, 100);
    try (Socket waits = connect("127.0.0.1");
        Socket idle = connect("127.0.0.1")) {
      ask(waits, 8);
      DeferringResponder.Waiting query = take();
      assertEquals(-1, idle.getInputStream().read());
      answer(query);
      assertEquals(8, receive(waits));
      assertEquals(-1, waits.getInputStream().read());
    }
    assertEquals("open", event());
    assertEquals("open", event());
    assertEquals("closed timed out", event());
  }

  @Test
  void shouldForgetClientsThatHaveGone() throws Exception {
    serve(10, 10, PATIENCE_MS);
    Socket gone = connect("127.0.0.1");
    ask(gone, 9);
    DeferringResponder.Waiting query = take();
    gone.setSoLinger(true, 0);
    gone.close();
    assertEquals("open", event());
    assertEquals("closed connection reset", event());
    answer(query);
    try (Socket socket = connect("127.0.0.1")) {
      ask(socket, 10);
      answer(take());
      assertEquals(10, receive(socket));
    }
  }

  @Test
  void shouldLetAClientsOwnOldestConnectionGiveWay() throws Exception {
    serve(10, 2, PATIENCE_MS);
    try (Socket other = connect("127.32.0.9");
        Socket first = connect("127.32.0.10");
        Socket second = connect("127.32.0.10")) {
      ask(other, 1);
      answer(take());
      assertEquals(1, receive(other));
      ask(second, 2);
      answer(take());
      assertEquals(2, receive(second));
      try (Socket third = connect("127.32.0.10")) {
        assertEquals(-1, first.getInputStream().read());
        for (Socket socket : List.of(other, second, third)) {
          ask(socket, 3);
          answer(take());
          assertEquals(3, receive(socket));
        }
      }
    }
  }

  @Test
  void shouldCloseAtOnceWhomTheResponderDoesNotWant() throws Exception {
    responder.welcome = false;
    serve(10, 10, PATIENCE_MS);
    try (Socket socket = connect("127.0.0.1")) {
      assertEquals(-1, socket.getInputStream().read());
    }
    settle();
    assertEquals("open", event());
    assertNull(responder.events.poll());
  }
}
