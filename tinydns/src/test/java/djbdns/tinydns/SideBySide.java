package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.content.Answers;
import djbdns.content.CompatResponder;
import djbdns.content.QueryLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Sends the same packets from the same sockets to a server of 1.05 and to ours with COMPAT=1.05 and
 * expects the same bytes and the same log lines. Where a name has several addresses, both choose
 * and order them at random, so those are compared as sets.
 */
final class SideBySide {
  static final String ORIGINAL_IP = "127.53.0.1";
  private static final String OUR_IP = "127.53.0.2";

  private final List<String> clients;
  private final int sample;
  private final LogLines ourLog = new LogLines();

  /**
   * A comparison.
   *
   * @param clients addresses of loopback to ask from
   * @param sample most addresses that the servers give at once
   */
  SideBySide(List<String> clients, int sample) {
    this.clients = clients;
    this.sample = sample;
  }

  /** Compares {@code count} answers; the original is running already. */
  void compare(
      OriginalServer original, Supplier<Answers> ours, QueryGenerator queries, int count, long seed)
      throws Exception {
    try (EventLoops loops = new EventLoops(1);
        DnsServer server = startOurs(ours, loops)) {
      server.start();
      compare(original, queries, count, seed);
    }
  }

  private DnsServer startOurs(Supplier<Answers> ours, EventLoops loops) throws IOException {
    DnsServer.Config config =
        new DnsServer.Config(
            List.of(new InetSocketAddress(OUR_IP, 53)), List.of(), 10, 10, 1000, _ -> {});
    return DnsServer.listen(
        config,
        loops.all(),
        _ -> new CompatResponder(ours.get(), new QueryLog(ourLog.logger(), true)));
  }

  private void compare(OriginalServer original, QueryGenerator queries, int count, long seed)
      throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      byte[] query = queries.next();
      String from = clients.get(random.nextInt(clients.size()));
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

  /** Puts the addresses of each name in the answer section in order; makes no choice of them. */
  private byte[] sorted(byte[] response) throws MalformedPacketException {
    if (response.length < 12) {
      return response;
    }
    return AddressOrder.sort(response, new PacketReader().wrap(response, response.length), sample);
  }
}
