package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.content.CompatResponder;
import djbdns.content.QueryLog;
import djbdns.runtime.Program;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.tinydns.lookup.CompatLookup;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the same packets from the same sockets to the original tinydns and to ours with COMPAT=1.05
 * and expects the same bytes and the same log lines. Where a name has several addresses, both
 * servers choose and order them at random, so those are compared as sets.
 *
 * <p>{@code -Ddjbdns.queries=N} sends N queries for each data file, {@code -Ddjbdns.seed=N} chooses
 * others.
 */
final class CompatDifferentialTest {
  private static final int QUERIES = Integer.getInteger("djbdns.queries", 1500);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final int DATA_FILES = 5;
  private static final String ORIGINAL_IP = "127.53.0.1";
  private static final String OUR_IP = "127.53.0.2";

  /** Clients without a location, in one by octets, and in one by bits. */
  private static final List<String> CLIENTS =
      List.of(
          "127.0.0.1",
          "127.0.0.17",
          "127.1.1.1",
          "127.1.1.4",
          "127.1.1.200",
          "127.1.9.4",
          "127.2.2.2",
          "127.2.0.0",
          "127.2.0.1");

  @TempDir Path root;

  private final LogLines ourLog = new LogLines();

  @BeforeEach
  void assumeOriginal() throws IOException {
    OriginalTinydns.assumeAvailable();
    // The original reads data.cdb as another user.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void shouldAnswerAndLogAsTheOriginal() throws Exception {
    for (long seed = SEED; seed < SEED + DATA_FILES; seed++) {
      ZoneGenerator data = ZoneGenerator.old(seed);
      Files.writeString(root.resolve("data"), data.file(20 + (int) (seed % 5) * 40));
      OriginalTinydns.compile(root);
      compare(data, seed);
    }
  }

  /** The original serves what only ours can compile: types and networks it has no words for. */
  @Test
  void shouldLetTheOriginalServeTypesOfToday() throws Exception {
    for (long seed = SEED; seed < SEED + DATA_FILES; seed++) {
      ZoneGenerator data = ZoneGenerator.ofToday(seed);
      Files.writeString(root.resolve("data"), data.file(30 + (int) (seed % 5) * 60));
      new DataBuild(new Program("tinydns-data"), _ -> {}, root).run();
      compare(data, seed);
    }
  }

  private void compare(ZoneGenerator data, long seed) throws Exception {
    QueryGenerator queries = new QueryGenerator(seed, data.names());
    try (ZoneData zones = ZoneData.load(root.resolve("data.cdb"), seed);
        OriginalTinydns original = OriginalTinydns.start(ORIGINAL_IP, root);
        EventLoops loops = new EventLoops(1);
        DnsServer ours = startOurs(zones, loops)) {
      ours.start();
      compare(original, queries, seed);
    }
  }

  private DnsServer startOurs(ZoneData zones, EventLoops loops) throws IOException {
    DnsServer.Config config =
        new DnsServer.Config(
            List.of(new InetSocketAddress(OUR_IP, 53)), DnsServer.Transports.BOTH, 10, 10, 1000);
    return DnsServer.listen(
        config,
        loops.all(),
        _ -> {
          CompatLookup lookup = new CompatLookup(new SplittableRandom(SEED));
          lookup.use(zones);
          return new CompatResponder(
              new Inquiry(lookup, InstantSource.system()), new QueryLog(ourLog.logger(), true));
        });
  }

  private void compare(OriginalTinydns original, QueryGenerator queries, long seed)
      throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < QUERIES; i++) {
      byte[] query = queries.next();
      String from = CLIENTS.get(random.nextInt(CLIENTS.size()));
      try (DatagramSocket socket =
          new DatagramSocket(new InetSocketAddress(InetAddress.getByName(from), 0))) {
        socket.setSoTimeout(10_000);
        String where = "seed " + seed + ", query " + i + ": " + Arrays.toString(query);
        send(socket, query, ORIGINAL_IP);
        String expectedLine = original.nextLogLine();
        byte[] expected = receive(socket, expectedLine);
        send(socket, query, OUR_IP);
        String line = ourLog.next();
        assertEquals(expectedLine, line, where);
        assertArrayEquals(sorted(expected), sorted(receive(socket, line)), where);
      }
    }
  }

  private static void send(DatagramSocket socket, byte[] query, String ip) throws IOException {
    socket.send(
        new DatagramPacket(
            query, query.length, new InetSocketAddress(InetAddress.getByName(ip), 53)));
  }

  /** The response, if the log says that there is one. */
  private static byte[] receive(DatagramSocket socket, String logLine) throws IOException {
    String mark = logLine.split(" ", -1)[1];
    if (mark.equals("-") || mark.equals("/")) {
      return new byte[0];
    }
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /** Puts the addresses of each name in the answer section in order; makes no choice of eight. */
  private static byte[] sorted(byte[] response) throws MalformedPacketException {
    if (response.length < 12) {
      return response;
    }
    return AddressOrder.sort(response, new PacketReader().wrap(response, response.length));
  }
}
