package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.QueryLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.tinydns.axfr.TransferRights;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the same connections, with the same queries in them, to the original axfrdns and to ours
 * with COMPAT=1.05, and expects the same bytes, the same end and the same log lines. Addresses of
 * answers to questions, which both shuffle, are compared as sets.
 *
 * <p>{@code -Ddjbdns.queries=N} sends N queries for each data file, {@code -Ddjbdns.seed=N} chooses
 * others.
 */
@Timeout(600)
final class AxfrdnsDifferentialTest {
  private static final int QUERIES = Integer.getInteger("djbdns.queries", 1000);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final int QUERIES_PER_CONNECTION = 6;
  private static final int AXFR = 252;
  private static final String ORIGINAL_IP = "127.54.0.1";
  private static final String OUR_IP = "127.54.0.2";

  /** One client without a location, others in one each. */
  private static final List<String> CLIENTS =
      List.of("127.0.0.1", "127.1.1.1", "127.1.9.4", "127.2.2.2", "127.2.0.1");

  private static final List<Map<String, String>> VARIABLES =
      List.of(
          Map.of(),
          Map.of("AXFR", "Zone.test/a.zone.test"),
          Map.of("AXFR", ""),
          Map.of(),
          Map.of());

  @TempDir private Path root;

  private final LogLines ourLog = new LogLines();
  private Random random;
  private int compared;

  @BeforeEach
  void assumeOriginal() throws IOException {
    OriginalAxfrdns.assumeAvailable();
    // The original reads data.cdb as another user.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void shouldSendLogAndEndAsTheOriginal() throws Exception {
    int port = freePort();
    for (int i = 0; i < VARIABLES.size(); i++) {
      long seed = SEED + i;
      random = new Random(seed);
      ZoneGenerator zones = ZoneGenerator.old(seed);
      Files.writeString(root.resolve("data"), zones.file(20 + 40 * i));
      OriginalServer.compile("tinydns-data", root);
      try (ZoneData data = ZoneData.load(root.resolve("data.cdb"), seed);
          OriginalAxfrdns original =
              OriginalAxfrdns.start(ORIGINAL_IP, port, root, VARIABLES.get(i));
          EventLoops loops = new EventLoops(1);
          DnsServer ours = startOurs(data, port, loops, VARIABLES.get(i))) {
        ours.start();
        compare(original, port, new QueryGenerator(seed, zones.names()), seed);
      }
    }
    assertTrue(compared > QUERIES / 2, "only " + compared + " whole connections");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(ORIGINAL_IP))) {
      return socket.getLocalPort();
    }
  }

  private DnsServer startOurs(
      ZoneData data, int port, EventLoops loops, Map<String, String> variables) throws Exception {
    TransferRights rights = TransferRights.of(variables, true);
    DnsServer.Config config =
        new DnsServer.Config(
            List.of(), List.of(new InetSocketAddress(OUR_IP, port)), 10, 10, 5000, _ -> {});
    QueryLog log = QueryLog.withoutMarks(ourLog.logger(), true);
    return DnsServer.listen(
        config, loops.all(), _ -> TransferBench.compat(data, rights, log, InstantSource.system()));
  }

  private void compare(OriginalAxfrdns original, int port, QueryGenerator queries, long seed)
      throws Exception {
    for (int sent = 0; sent < QUERIES; ) {
      List<byte[]> connection = new ArrayList<>();
      for (int i = random.nextInt(QUERIES_PER_CONNECTION); i >= 0; i--) {
        connection.add(query(queries));
      }
      byte[] bytes = framed(connection);
      // The original refuses long queries unread, ours behind tcpserver only.
      boolean mayCut = connection.stream().allMatch(query -> query.length <= Limits.UDP_BYTES);
      if (mayCut && random.nextInt(10) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      }
      String from = CLIENTS.get(random.nextInt(CLIENTS.size()));
      Ended ended = compareConnection(original, port, from, bytes, seed);
      if (ended.reset() && ended.read() < connection.size()) {
        // Once more, without the queries that the original has not read: they cost it its answers.
        compareConnection(original, port, from, framed(connection.subList(0, ended.read())), seed);
      }
      sent += connection.size();
    }
  }

  /** How the original has ended a connection, and how many queries of it it has read. */
  private record Ended(boolean reset, int read) {}

  private Ended compareConnection(
      OriginalAxfrdns original, int port, String from, byte[] bytes, long seed) throws Exception {
    String where = "seed " + seed + ", from " + from + ": " + HexFormat.of().formatHex(bytes);
    Received expected;
    Received actual;
    int clientPort;
    try (Socket socket = connect(from, 0, ORIGINAL_IP, port)) {
      clientPort = socket.getLocalPort();
      expected = exchange(socket, bytes);
    }
    OriginalAxfrdns.Ended ended = original.awaitEnd();
    try (Socket socket = connect(from, clientPort, OUR_IP, port)) {
      actual = exchange(socket, bytes);
    }
    List<String> ourLines = new ArrayList<>();
    while (ourLines.size() < ended.lines().size()) {
      ourLines.add(ourLog.next());
    }
    assertEquals(ended.lines(), ourLines, where);
    String last = ended.lines().isEmpty() ? "" : ended.lines().getLast();
    assertEquals(last.contains("fatal") ? 111 : 0, ended.exitCode(), where);
    byte[] ours = sorted(actual.bytes().toArray());
    byte[] theirs = sorted(expected.bytes().toArray());
    if (expected.reset() || actual.reset()) {
      int both = Math.min(ours.length, theirs.length);
      assertArrayEquals(Arrays.copyOf(theirs, both), Arrays.copyOf(ours, both), where);
    } else {
      assertArrayEquals(theirs, ours, where);
      compared++;
    }
    boolean unread = last.contains("fatal") && !last.matches(".*(disallowed|locate).*");
    int lines = ended.lines().size();
    return new Ended(expected.reset(), unread || lines == 0 ? lines : lines - 1);
  }

  private byte[] query(QueryGenerator queries) {
    byte[] query = queries.next();
    if (random.nextInt(4) == 0 && query.length > 16) {
      query[query.length - 4] = 0;
      query[query.length - 3] = (byte) AXFR;
    }
    return query;
  }

  private static byte[] framed(List<byte[]> queries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (byte[] query : queries) {
      out.writeShort(query.length);
      out.write(query);
    }
    return bytes.toByteArray();
  }

  /** From the same port each time, since it is in the log. */
  private static Socket connect(String from, int fromPort, String ip, int port) throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(from, fromPort));
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(ip, port));
    return socket;
  }

  /** What came, and whether the connection was reset, which may have cost the end of it. */
  private record Received(Bytes bytes, boolean reset) {}

  private static Received exchange(Socket socket, byte[] bytes) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean reset = false;
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(received);
    } catch (SocketException e) {
      // Who ends a connection without having read everything resets it.
      assertTrue(e.getMessage().matches("Connection reset|Broken pipe"), e.getMessage());
      reset = true;
    }
    return new Received(Bytes.of(received.toByteArray()), reset);
  }

  /** The messages of a connection, addresses in order in those that answer a question. */
  private static byte[] sorted(byte[] stream) throws MalformedPacketException {
    byte[] result = stream.clone();
    for (int at = 0; at + 2 < stream.length; ) {
      int length = ((stream[at] & 0xff) << 8) | (stream[at + 1] & 0xff);
      if (at + 2 + length > stream.length) {
        return result;
      }
      byte[] message = Arrays.copyOfRange(stream, at + 2, at + 2 + length);
      if (message[5] == 1) {
        byte[] sorted = AddressOrder.sort(message, new PacketReader().wrap(message, length), 8);
        System.arraycopy(sorted, 0, result, at + 2, length);
      }
      at += 2 + length;
    }
    return result;
  }
}
