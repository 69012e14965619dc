package djbdns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries that are answered by many messages. */
@Timeout(60)
final class StreamedReplyTest {
  private static final int MESSAGE_BYTES = 16_000;
  private static final int PATIENCE_MS = 20_000;
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final EventLoops loops = new EventLoops(1);
  private final AtomicInteger composed = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private DnsServer server;
  private int port;

  /**
   * A query is a number: so many messages, a pause before each, then the end; 0 is one plain
   * message; 99 and more fail after as many.
   */
  private final class Streamer implements Responder {
    private final PacketWriter response = new PacketWriter(Limits.MESSAGE_BYTES);

    @Override
    public boolean respond(byte[] query, int queryLength, Client client) {
      int wanted = ((query[0] & 0xff) << 8) | (query[1] & 0xff);
      if (wanted == 0) {
        response.begin(0xffff, 0, Limits.MESSAGE_BYTES);
        return true;
      }
      client.stream(new Numbers(wanted));
      return false;
    }

    @Override
    public PacketWriter response() {
      return response;
    }

    @Override
    public void batchEnd() {}
  }

  private final class Numbers implements MessageSource {
    private final int wanted;
    private int next;
    private boolean paused;

    Numbers(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public Step next(PacketWriter out) {
      paused = !paused;
      if (paused) {
        return Step.PAUSE;
      }
      if (next == wanted) {
        return wanted == 99 ? Step.FAILED : Step.END;
      }
      composed.incrementAndGet();
      out.begin(next++, 0, Limits.MESSAGE_BYTES);
      assertTrue(out.beginRecord(new byte[1], 0, 1, 1, 0));
      assertTrue(out.addBytes(new byte[MESSAGE_BYTES], 0, MESSAGE_BYTES));
      out.endRecord(djbdns.wire.Section.ANSWER);
      return Step.MESSAGE;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<InetSocketAddress> addresses = List.of(new InetSocketAddress(HERE, port));
    server =
        DnsServer.listen(
            new DnsServer.Config(List.of(), addresses, 10, 10, PATIENCE_MS, _ -> {}),
            loops.all(),
            _ -> new Streamer());
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    loops.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(HERE, port);
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

  @Test
  void shouldSendEveryMessageInOrderAndThenAnswerWhatWasAskedMeanwhile() throws Exception {
    try (Socket socket = connect()) {
      ask(socket, 2000);
      ask(socket, 0);
      ask(socket, 3);
      for (int i = 0; i < 2000; i++) {
        assertEquals(i, receive(socket));
      }
      assertEquals(0xffff, receive(socket));
      for (int i = 0; i < 3; i++) {
        assertEquals(i, receive(socket));
      }
    }
  }

  @Test
  void shouldComposeNoMoreThanTheClientReadsAndCloseTheSourceWhenItGoes() throws Exception {
    try (Socket socket = connect()) {
      ask(socket, 60_000);
      assertEquals(0, receive(socket));
    }
    assertTrue(closed.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
    assertTrue(composed.get() < 10_000, composed + " messages were composed for nobody");
  }

  @Test
  void shouldGiveOthersTheirTurnDuringAStream() throws Exception {
    try (Socket slow = connect();
        Socket other = connect()) {
      ask(slow, 60_000);
      assertEquals(0, receive(slow));
      ask(other, 0);
      assertEquals(0xffff, receive(other));
    }
  }

  @Test
  void shouldSendTheWholeStreamToAClientThatHasClosedItsSide() throws Exception {
    try (Socket socket = connect()) {
      ask(socket, 50);
      socket.shutdownOutput();
      for (int i = 0; i < 50; i++) {
        assertEquals(i, receive(socket));
      }
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void shouldEndTheConnectionWhereTheNextMessageCannotBeHad() throws Exception {
    try (Socket socket = connect()) {
      ask(socket, 99);
      for (int i = 0; i < 99; i++) {
        assertEquals(i, receive(socket));
      }
      assertEquals(-1, socket.getInputStream().read());
    }
    assertTrue(closed.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
  }
}
