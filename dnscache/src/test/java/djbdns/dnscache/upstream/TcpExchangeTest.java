package djbdns.dnscache.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream.Exchange;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
// Counts the sockets of the process.
@Isolated
final class TcpExchangeTest {
  private final UpstreamFixture fixture = new UpstreamFixture();
  private final Recorder recorder = new Recorder();
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket();
    server.bind(new InetSocketAddress("127.31.0.1", 0));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    fixture.close();
  }

  private ServerAddress address() {
    InetAddress address = server.getInetAddress();
    return new ServerAddress(address.getAddress(), server.getLocalPort());
  }

  private Exchange send() {
    return fixture.send(Transport.TCP, address(), "query", recorder);
  }

  /** The server's end, with the query read. */
  private Socket accept() throws IOException {
    Socket socket = server.accept();
    socket.setTcpNoDelay(true);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] query = new byte[in.readUnsignedShort()];
    in.readFully(query);
    assertEquals("query", new String(query, StandardCharsets.US_ASCII));
    return socket;
  }

  private static byte[] framed(byte[] message) {
    byte[] framed = new byte[2 + message.length];
    framed[0] = (byte) (message.length >> 8);
    framed[1] = (byte) message.length;
    System.arraycopy(message, 0, framed, 2, message.length);
    return framed;
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(count).nextBytes(bytes);
    return bytes;
  }

  @Test
  void shouldTakeOneMessageAndClose() throws Exception {
    long before = UpstreamFixture.sockets();
    send();
    try (Socket socket = accept()) {
      byte[] twice = Arrays.copyOf(framed(bytes(100)), 2 * 102);
      System.arraycopy(twice, 0, twice, 102, 102);
      socket.getOutputStream().write(twice);
      assertArrayEquals(bytes(100), recorder.nextPacket());
      assertEquals(0, fixture.openSockets());
      recorder.expectNothingMore();
    }
    assertEquals(before, UpstreamFixture.sockets());
  }

  @Test
  void shouldPutFragmentsTogether() throws Exception {
    send();
    try (Socket socket = accept()) {
      for (byte value : framed(bytes(600))) {
        socket.getOutputStream().write(value);
        socket.getOutputStream().flush();
      }
      assertArrayEquals(bytes(600), recorder.nextPacket());
    }
  }

  @Test
  void shouldTakeTheLongestMessage() throws Exception {
    send();
    try (Socket socket = accept()) {
      socket.getOutputStream().write(framed(bytes(65_535)));
      assertArrayEquals(bytes(65_535), recorder.nextPacket());
    }
  }

  @Test
  void shouldTakeAnEmptyMessage() throws Exception {
    send();
    try (Socket socket = accept()) {
      socket.getOutputStream().write(new byte[2]);
      assertEquals(0, recorder.nextPacket().length);
    }
  }

  @Test
  void shouldSayThatTheServerClosedInTheMiddle() throws Exception {
    long before = UpstreamFixture.sockets();
    send();
    try (Socket socket = accept()) {
      socket.getOutputStream().write(Arrays.copyOf(framed(bytes(100)), 101));
    }
    recorder.expect(SendFailure.CLOSED);
    assertEquals(0, fixture.openSockets());
    assertEquals(before, UpstreamFixture.sockets());
  }

  @Test
  void shouldSayThatTheServerReset() throws Exception {
    send();
    try (Socket socket = accept()) {
      socket.setSoLinger(true, 0);
    }
    recorder.expect(SendFailure.CLOSED);
  }

  @Test
  void shouldSayThatTheServerClosedOnlyItsHalf() throws Exception {
    send();
    try (Socket socket = accept()) {
      socket.shutdownOutput();
      recorder.expect(SendFailure.CLOSED);
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void shouldWaitForASilentServerUntilClosed() throws Exception {
    Exchange exchange = send();
    try (Socket socket = accept()) {
      assertEquals(1, fixture.openSockets());
      fixture.close(exchange);
      fixture.close(exchange);
      assertEquals(-1, socket.getInputStream().read());
      assertEquals(0, fixture.openSockets());
      recorder.expectNothingMore();
    }
  }

  @Test
  void shouldCloseBeforeTheConnectionStands() throws Exception {
    long before = UpstreamFixture.sockets();
    // No route, or a host that says nothing: either way there is no connection yet.
    ServerAddress silent = ServerAddress.parse("127.31.0.1:" + server.getLocalPort()).orElseThrow();
    fixture.onLoop(() -> {
      byte[] query = new byte[12];
      fixture
          .upstream()
          .send(Transport.TCP, silent, query, 12, UpstreamFixture.CAUSE, recorder)
          .close();
      return true;
    });
    assertEquals(0, fixture.openSockets());
    recorder.expectNothingMore();
    assertEquals(before, UpstreamFixture.sockets());
  }

  @Test
  void shouldSayThatNobodyListens() throws Exception {
    server.close();
    send();
    recorder.expect(SendFailure.REFUSED);
    assertEquals(0, fixture.openSockets());
  }

  @Test
  void shouldSayThatThereIsNoWay() throws Exception {
    fixture.send(
        Transport.TCP, ServerAddress.parse("255.255.255.255").orElseThrow(), "query", recorder);
    recorder.expect(SendFailure.UNREACHABLE);
    assertEquals(0, fixture.openSockets());
  }

  @Test
  void shouldLetConnectionsBeyondTheLimitWait() throws Exception {
    UpstreamConfig one = new UpstreamConfig(Optional.empty(), Optional.empty(), true, true, 1);
    try (UpstreamFixture limited = new UpstreamFixture(one)) {
      Exchange first = limited.send(Transport.TCP, address(), "query", new Recorder());
      limited.send(Transport.TCP, address(), "query", recorder);
      try (Socket socket = accept()) {
        assertEquals(1, limited.openSockets());
        limited.close(first);
        assertEquals(-1, socket.getInputStream().read());
      }
      try (Socket socket = accept()) {
        socket.getOutputStream().write(framed(bytes(20)));
        assertArrayEquals(bytes(20), recorder.nextPacket());
      }
      assertEquals(0, limited.openSockets());
    }
  }

  @Test
  void shouldHoldNoMoreThanTwiceWhatHasCome() throws Exception {
    send();
    try (Socket socket = accept()) {
      byte[] promised = framed(bytes(65_535));
      int sent = 0;
      for (int piece : new int[] {2, 1, 500, 11, 1, 1_000, 1, 3_000, 20_000}) {
        socket.getOutputStream().write(promised, sent, piece);
        sent += piece;
        int all = sent;
        // The last byte of a piece may be on its way still: what is held is bounded at any time.
        long held = fixture.gatheredBytes();
        assertTrue(
            held <= Math.max(GatheredMessage.FIRST_BYTES, 2L * all), () -> held + " of " + all);
        assertTrue(recorder.reserved() >= held, () -> recorder.reserved() + " for " + held);
      }
      socket.getOutputStream().write(promised, sent, promised.length - sent);
      assertArrayEquals(bytes(65_535), recorder.nextPacket());
      assertEquals(0, fixture.gatheredBytes());
      assertEquals(65_535, recorder.reserved());
    }
  }

  @Test
  void shouldEndWhereItMayNotHoldMore() throws Exception {
    recorder.limitTo(10_000);
    send();
    try (Socket socket = accept()) {
      socket.getOutputStream().write(Arrays.copyOf(framed(bytes(65_535)), 30_000));
      recorder.expect(SendFailure.EXHAUSTED);
      assertEquals(0, fixture.gatheredBytes());
      assertEquals(0, fixture.openSockets());
      assertTrue(recorder.reserved() <= 10_000);
    }
  }

  @Test
  void shouldBoundWhatAllHoldTogetherAndTakeItFromWhoHoldsMost() throws Exception {
    int most = 64; // Of the longest messages, but for a byte each.
    List<Recorder> recorders = new ArrayList<>();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i <= most; i++) {
        recorders.add(new Recorder());
        fixture.send(Transport.TCP, address(), "query", recorders.getLast());
        sockets.add(accept());
        sockets.getLast().getOutputStream().write(Arrays.copyOf(framed(bytes(65_535)), 65_536));
        while (recorders.getLast().reserved() < 65_535) {
          Thread.onSpinWait();
        }
      }
      recorders.get(0).expect(SendFailure.EXHAUSTED);
      send();
      try (Socket modest = accept()) {
        modest.getOutputStream().write(framed(bytes(600)));
        assertArrayEquals(bytes(600), recorder.nextPacket());
      }
      recorders.get(1).expect(SendFailure.EXHAUSTED);
      recorders.get(2).expectNothingMore();
      assertTrue(fixture.gatheredBytes() <= 4 << 20);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void shouldUseAPortOfItsOwnForEachConnection() throws Exception {
    send();
    int first;
    try (Socket socket = accept()) {
      first = socket.getPort();
    }
    recorder.expect(SendFailure.CLOSED);
    send();
    try (Socket socket = accept()) {
      assertNotEquals(first, socket.getPort());
      assertNotEquals(first + 1, socket.getPort());
    }
  }
}
