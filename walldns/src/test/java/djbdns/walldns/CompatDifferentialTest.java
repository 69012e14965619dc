package djbdns.walldns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.CompatResponder;
import djbdns.content.QueryLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the same packets from the same socket to the original walldns and to ours with COMPAT=1.05
 * and expects the same bytes and the same log lines.
 *
 * <p>{@code -Ddjbdns.queries=N} sends N queries, {@code -Ddjbdns.seed=N} chooses others.
 */
final class CompatDifferentialTest {
  private static final int QUERIES = Integer.getInteger("djbdns.queries", 8000);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final String ORIGINAL_IP = "127.58.0.1";
  private static final String OUR_IP = "127.58.0.2";

  @TempDir Path root;

  private final LogLines ourLog = new LogLines();

  @BeforeEach
  void assumeOriginal() throws IOException {
    OriginalWalldns.assumeAvailable();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void shouldAnswerAndLogAsTheOriginal() throws Exception {
    try (OriginalWalldns original = OriginalWalldns.start(ORIGINAL_IP, root);
        EventLoops loops = new EventLoops(1);
        DnsServer ours = listen(loops)) {
      ours.start();
      compare(original, new QueryGenerator(SEED));
    }
  }

  private DnsServer listen(EventLoops loops) throws IOException {
    DnsServer.Config config =
        new DnsServer.Config(
            List.of(new InetSocketAddress(OUR_IP, 53)), List.of(), 10, 10, 1000, _ -> {});
    return DnsServer.listen(
        config,
        loops.all(),
        _ -> new CompatResponder(new Wall(true), new QueryLog(ourLog.logger(), true)));
  }

  private void compare(OriginalWalldns original, QueryGenerator queries) throws Exception {
    Set<String> kinds = new HashSet<>();
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      socket.setSoTimeout(10_000);
      for (int i = 0; i < QUERIES; i++) {
        byte[] query = queries.next();
        String where = "seed " + SEED + ", query " + i + ": " + Arrays.toString(query);
        send(socket, query, ORIGINAL_IP);
        String expectedLine = original.nextLogLine();
        byte[] expected = receive(socket, expectedLine);
        send(socket, query, OUR_IP);
        String line = ourLog.next();
        assertEquals(expectedLine, line, where);
        assertArrayEquals(expected, receive(socket, line), where);
        kinds.add(kind(expectedLine, expected));
      }
    }
    // Answers with none, one and two records, refusals, and every mark there is.
    assertTrue(
        kinds.containsAll(List.of("+ 0 0", "+ 0 1", "+ 0 2", "+ 5 0", "I 4 0", "C 1 0", "/")),
        kinds::toString);
  }

  /** Mark, response code and number of answers. */
  private static String kind(String line, byte[] response) {
    String mark = mark(line);
    return response.length == 0 ? mark : mark + " " + (response[3] & 15) + " " + response[7];
  }

  private static String mark(String line) {
    return line.split(" ", -1)[1];
  }

  private static void send(DatagramSocket socket, byte[] query, String ip) throws IOException {
    socket.send(
        new DatagramPacket(
            query, query.length, new InetSocketAddress(InetAddress.ofLiteral(ip), 53)));
  }

  /** The response, if the log says that there is one. */
  private static byte[] receive(DatagramSocket socket, String logLine) throws IOException {
    if (mark(logLine).equals("/")) {
      return new byte[0];
    }
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }
}
