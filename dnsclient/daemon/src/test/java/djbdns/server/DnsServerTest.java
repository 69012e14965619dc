package djbdns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sockets of a daemon, with a responder that sends everything back. */
@Timeout(60)
final class DnsServerTest {
  private static final int HEADER = EchoResponder.OVERHEAD_BYTES;
  private static final int PATIENCE_MS = 20_000;

  private final AtomicInteger answered = new AtomicInteger();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private EventLoops threads;
  private int port;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  private void serve(int loops, int maxConnections, int idleTimeoutMs, String... addresses)
      throws IOException {
    port = freePort();
    listen(loops, maxConnections, idleTimeoutMs, addresses).start();
  }

  private DnsServer listen(int loops, int maxConnections, int idleTimeoutMs, String... addresses)
      throws ListenException {
    List<InetSocketAddress> all =
        Arrays.stream(addresses)
            .map(a -> new InetSocketAddress(InetAddress.ofLiteral(a), port))
            .toList();
    threads = new EventLoops(loops);
    opened.add(threads);
    DnsServer server =
        DnsServer.listen(
            new DnsServer.Config(all, all, maxConnections, maxConnections, idleTimeoutMs, _ -> {}),
            threads.all(),
            _ -> new EchoResponder(answered));
    opened.add(server);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String udp(String address, String query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      byte[] out = bytes(query);
      socket.send(new DatagramPacket(out, out.length));
      DatagramPacket in = new DatagramPacket(new byte[65535], 65535);
      socket.receive(in);
      return new String(in.getData(), HEADER, in.getLength() - HEADER, StandardCharsets.ISO_8859_1);
    }
  }

  private Socket connect(String address) throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral(address), port);
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void send(Socket socket, String query) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] packet = bytes(query);
    byte[] framed = new byte[packet.length + 2];
    framed[0] = (byte) (packet.length >> 8);
    framed[1] = (byte) packet.length;
    System.arraycopy(packet, 0, framed, 2, packet.length);
    out.write(framed);
  }

  private static String receive(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] packet = new byte[in.readUnsignedShort()];
    in.readFully(packet);
    return new String(packet, HEADER, packet.length - HEADER, StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldServeSeveralAddressesByLoopsOfTheirOwn() throws IOException {
    serve(2, 10, PATIENCE_MS, "127.0.0.1", "::1", "127.0.0.2");
    for (String address : List.of("127.0.0.1", "::1", "127.0.0.2")) {
      assertEquals("hello", udp(address, "hello"));
      try (Socket socket = connect(address)) {
        send(socket, "hello");
        assertEquals("hello", receive(socket));
      }
    }
  }

  @Test
  void shouldServeEveryAddressOfBothFamilies() throws IOException {
    serve(1, 10, PATIENCE_MS, "127.0.0.1", "127.54.0.2", "::1");
    for (String address : List.of("127.0.0.1", "127.54.0.2", "::1")) {
      assertEquals("hello", udp(address, "hello"));
      try (Socket socket = connect(address)) {
        send(socket, "over tcp");
        assertEquals("over tcp", receive(socket));
      }
    }
  }

  @Test
  void shouldServeTheWildcardAddressesSideBySide() throws IOException {
    serve(1, 10, PATIENCE_MS, "0.0.0.0", "::");
    assertEquals("4", udp("127.0.0.1", "4"));
    assertEquals("6", udp("::1", "6"));
  }

  @Test
  void shouldServeFromSeveralLoops() throws IOException {
    serve(3, 10, PATIENCE_MS, "127.0.0.1");
    for (int i = 0; i < 50; i++) {
      assertEquals("q" + i, udp("127.0.0.1", "q" + i));
    }
  }

  @Test
  void shouldRefuseAPortInUse() throws IOException {
    serve(1, 10, PATIENCE_MS, "127.0.0.1");
    ListenException one =
        assertThrows(ListenException.class, () -> listen(1, 10, PATIENCE_MS, "127.0.0.1"));
    assertEquals("UDP socket", one.socket());
  }

  @Test
  void shouldRefuseAPortThatItsOwnLoopsShare() throws IOException {
    serve(2, 10, PATIENCE_MS, "127.0.0.1");
    assertThrows(ListenException.class, () -> listen(2, 10, PATIENCE_MS, "127.0.0.1"));
  }

  @Test
  void shouldNameTheTcpSocketWhereOnlyThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = taken.getLocalPort();
      ListenException e =
          assertThrows(ListenException.class, () -> listen(1, 10, PATIENCE_MS, "127.0.0.1"));
      assertEquals("TCP socket", e.socket());
    }
  }

  @Test
  void shouldGoOnAfterABugInTheResponder() throws IOException {
    serve(1, 10, PATIENCE_MS, "127.0.0.1");
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] bad = bytes("!");
      socket.send(
          new DatagramPacket(
              bad, bad.length, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)));
    }
    assertEquals("fine", udp("127.0.0.1", "fine"));
  }

  @Test
  void shouldAnswerSeveralOutstandingQueriesInOrder() throws IOException {
    serve(1, 10, PATIENCE_MS, "127.0.0.1");
    try (Socket socket = connect("127.0.0.1")) {
      for (int i = 0; i < 500; i++) {
        send(socket, "query " + i);
      }
      for (int i = 0; i < 500; i++) {
        assertEquals("query " + i, receive(socket));
      }
    }
  }

  @Test
  void shouldTakeQueriesByteByByteAndOfFullLength() throws IOException {
    serve(1, 10, PATIENCE_MS, "127.0.0.1");
    String large = "x".repeat(65535 - HEADER);
    try (Socket socket = connect("127.0.0.1")) {
      socket.setTcpNoDelay(true);
      for (byte single : new byte[] {0, 3, 'a', 'b', 'c'}) {
        socket.getOutputStream().write(single);
        socket.getOutputStream().flush();
      }
      assertEquals("abc", receive(socket));
      send(socket, large);
      assertEquals(large, receive(socket));
    }
  }

  @Test
  void shouldAnswerWhoHasFinishedSending() throws IOException {
    serve(1, 10, PATIENCE_MS, "127.0.0.1");
    try (Socket socket = connect("127.0.0.1")) {
      for (int i = 0; i < 100; i++) {
        send(socket, "y".repeat(10_000));
      }
      socket.shutdownOutput();
      for (int i = 0; i < 100; i++) {
        assertEquals(10_000, receive(socket).length());
      }
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void shouldCutOffWhoNeverCompletesAQuery() throws IOException {
    serve(1, 10, 150, "127.0.0.1");
    try (Socket socket = connect("127.0.0.1")) {
      socket.getOutputStream().write(0);
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void shouldLetTheOldestConnectionGiveWay() throws IOException {
    serve(1, 2, PATIENCE_MS, "127.0.0.1");
    try (Socket first = connect("127.0.0.1");
        Socket second = connect("127.0.0.1")) {
      send(first, "1");
      assertEquals("1", receive(first));
      send(second, "2");
      assertEquals("2", receive(second));
      try (Socket third = connect("127.0.0.1")) {
        send(third, "3");
        assertEquals("3", receive(third));
        assertEquals(-1, first.getInputStream().read());
        send(second, "2 again");
        assertEquals("2 again", receive(second));
      }
    }
  }

  /** A client that sends without reading must not fill the server's memory with responses. */
  @Test
  void shouldKeepAsManyConnectionsAsAllowedHoweverTheLoopsShareThem() throws IOException {
    int allowed = 40;
    serve(2, allowed, 10_000, "127.0.0.1");
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < allowed; i++) {
      all.add(connect("127.0.0.1"));
    }
    for (Socket socket : all) {
      send(socket, "query");
      assertEquals("query", receive(socket));
    }
  }

  @Test
  void shouldStopReadingFromWhoDoesNotRead() throws Exception {
    serve(1, 10, PATIENCE_MS, "127.0.0.1");
    int queries = 2000;
    try (Socket socket = connect("127.0.0.1")) {
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < queries; i++) {
                    send(socket, "z".repeat(60_000));
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      // Once nothing is read, the kernel's buffers fill and the writer is blocked in its write.
      while (writer.getState() != Thread.State.TERMINATED && !isStuck()) {
        Thread.onSpinWait();
      }
      assertTrue(answered.get() < queries, "all were answered into memory");
      for (int i = 0; i < queries; i++) {
        assertEquals(60_000, receive(socket).length());
      }
      writer.join();
    }
    assertEquals(queries, answered.get());
  }

  @Test
  void shouldLetTheClientWithMostConnectionsGiveWayOnWhicheverLoop() throws IOException {
    int allowed = 5;
    serve(2, allowed, PATIENCE_MS, "127.0.0.1");
    for (int i = 0; i < allowed; i++) {
      connectFrom("127.33.0.1");
    }
    for (int i = 0; i < 10; i++) {
      try (Socket modest = connectFrom("127.33.0.2")) {
        send(modest, "modest");
        assertEquals("modest", receive(modest));
      }
      connectFrom("127.33.0.1");
    }
  }

  @Test
  void shouldHoldBoundedBytesForThoseWhoDoNotReadAndServeTheOthers() throws Exception {
    port = freePort();
    DnsServer server = listen(2, 400, PATIENCE_MS, "127.0.0.1");
    server.start();
    String large = "z".repeat(60_000);
    try (Socket modest = connectFrom("127.33.0.2")) {
      for (int i = 0; i < 300; i++) {
        Socket greedy = connectFrom("127.33.0.1");
        greedy.setSoTimeout(1);
        Thread.ofVirtual().start(() -> sendAsMuchAsPossible(greedy, large));
      }
      long most = 0;
      long taken = 0;
      for (int i = 0; i < 300; i++) {
        send(modest, "modest " + i);
        assertEquals("modest " + i, receive(modest));
        most = Math.max(most, server.heldTcpBytes());
        taken = Math.max(taken, bytesFromSystem());
      }
      long held = most;
      long allocated = taken;
      assertTrue(held <= 10 << 20, () -> held + " bytes held");
      assertTrue(allocated <= 28 << 20, () -> allocated + " bytes taken from the system");
    }
    for (AutoCloseable resource : List.copyOf(opened)) {
      if (resource instanceof Socket socket) {
        socket.close();
      }
    }
    while (server.heldTcpBytes() > 0) {
      Thread.onSpinWait();
    }
  }

  private long bytesFromSystem() {
    PooledByteBufAllocator pool = (PooledByteBufAllocator) threads.all().getFirst().allocator();
    return pool.metric().usedDirectMemory();
  }

  private static void sendAsMuchAsPossible(Socket socket, String query) {
    try {
      while (true) {
        send(socket, query);
      }
    } catch (IOException e) {
      // The server has had enough, or the test is over.
    }
  }

  private Socket connectFrom(String client) throws IOException {
    Socket socket = new Socket();
    opened.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(client), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  /** True if no answer has been made for a good while. */
  private boolean isStuck() {
    int before = answered.get();
    java.util.concurrent.locks.LockSupport.parkNanos(300_000_000L);
    return before > 0 && before == answered.get();
  }
}
