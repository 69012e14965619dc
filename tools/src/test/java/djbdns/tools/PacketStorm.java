package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Damaged queries against a live server. They are sent in windows, each followed by a good query
 * that must be answered, so that the server reads them all; now and then a TCP connection brings
 * damaged messages too. The server must go on answering, log nothing but its usual lines, and not
 * grow.
 *
 * <p>By hand, for a million packets against tinydns, with a seed to repeat a storm: {@code java
 * -Dsuite.directory=tools/target/djbdns -cp tools/target/test-classes djbdns.tools.PacketStorm
 * 1000000 [seed]}. {@link DnscacheStorm} is the same for dnscache.
 */
final class PacketStorm {
  private static final int WINDOW = 64;
  private static final int WINDOWS_PER_CONNECTION = 32;
  private static final int REPLY_TIMEOUT_MS = 2000;
  private static final int PROBE_TRIES = 5;
  private static final int MAX_REPLY_BYTES = 65535;

  /** A JVM of this kind of daemon takes 60 to 100 MiB. */
  static final long MAX_RESIDENT_KIB = 200 * 1024;

  private static final Predicate<String> USUAL_LINE =
      Pattern.compile("[0-9a-f]{8}:[0-9a-f]{4}:[0-9a-f]{4} [-+IC/] [0-9a-f]{4} [!-~]+")
          .asMatchPredicate()
          .or(line -> line.startsWith("starting tinydns"))
          .or(line -> line.startsWith("serving TCP of "))
          .or(line -> line.startsWith("tinydns: warning: not started as root: "));

  private static final String DATA =
      """
      .storm.test:192.0.2.1:a
      =www.storm.test:192.0.2.10
      +*.dev.storm.test:192.0.2.11
      Calias.storm.test:www.storm.test
      @storm.test:192.0.2.12:a
      'storm.test:some text that is not short:3600
      &sub.storm.test:192.0.2.13:a
      %in:127
      +deep.a.b.c.storm.test:192.0.2.14:3600::in
      """;

  /** www.storm.test A IN, after the two bytes of the ID. */
  private static final byte[] PROBE =
      "\1\0\0\1\0\0\0\0\0\0\3www\5storm\4test\0\0\1\0\1".getBytes(ISO_8859_1);

  private final String name;
  private final ServerProcess server;
  private final InetSocketAddress address;
  private final byte[] probe;
  private final HostileQueries queries;
  private final SplittableRandom random;

  /**
   * A storm against one server.
   *
   * @param probe a query behind its ID, that has an answer
   */
  PacketStorm(
      String name, ServerProcess server, InetSocketAddress address, byte[] probe, long seed) {
    this.name = name;
    this.server = server;
    this.address = address;
    this.probe = probe.clone();
    queries = new HostileQueries(seed);
    random = new SplittableRandom(~seed);
  }

  public static void main(String[] args) throws Exception {
    long seed = args.length > 1 ? Long.parseLong(args[1]) : new SplittableRandom().nextLong();
    run(Files.createTempDirectory("storm"), Integer.parseInt(args[0]), seed);
    System.out.println("tinydns has withstood " + args[0] + " packets");
  }

  /**
   * Starts a tinydns, sends it that many packets and stops it.
   *
   * @param directory an empty one
   * @throws AssertionError if tinydns did not withstand them
   */
  static void run(Path directory, int packets, long seed) throws Exception {
    System.out.println("storm of " + packets + " packets, seed " + seed);
    InetAddress ip = InetAddress.ofLiteral("127.13." + ProcessHandle.current().pid() % 256 + ".53");
    TinydnsProcess tinydns = TinydnsProcess.start(directory, ip, DATA);
    try (tinydns) {
      new PacketStorm("tinydns", tinydns.process(), tinydns.address(), PROBE, seed).send(packets);
    }
    assertUsual(tinydns.process(), USUAL_LINE);
  }

  /** Fails if the server has logged a line that is not as expected. */
  static void assertUsual(ServerProcess server, Predicate<String> usual) throws IOException {
    server.logged(usual.negate()).ifPresent(line -> fail("unusual line in the log: " + line));
  }

  private static void fail(String message) {
    throw new AssertionError(message);
  }

  /**
   * Sends that many packets.
   *
   * @throws AssertionError if the server does not withstand them
   */
  void send(int packets) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      socket.setSoTimeout(REPLY_TIMEOUT_MS);
      for (int sent = 0; sent < packets; sent += WINDOW) {
        for (int i = 0; i < WINDOW; i++) {
          byte[] packet = queries.next();
          socket.send(new DatagramPacket(packet, packet.length));
        }
        probe(socket);
        if (sent / WINDOW % WINDOWS_PER_CONNECTION == 0) {
          sendOverTcp();
          probeOverTcp();
          checkProcess();
        }
      }
    }
    checkProcess();
  }

  private void checkProcess() throws IOException {
    if (!server.isAlive()) {
      fail(name + " has ended");
    }
    long residentKib = server.residentKib();
    if (residentKib > MAX_RESIDENT_KIB) {
      fail(name + " has grown to " + residentKib + " KiB");
    }
  }

  private byte[] newQuery() {
    byte[] query = new byte[2 + probe.length];
    query[0] = (byte) random.nextInt(256);
    query[1] = (byte) random.nextInt(256);
    System.arraycopy(probe, 0, query, 2, probe.length);
    return query;
  }

  /** True if this is the answer: same ID and question, no error, at least one record. */
  private static boolean answers(byte[] reply, int length, byte[] query) {
    return length > query.length
        && reply[0] == query[0]
        && reply[1] == query[1]
        && (reply[2] & 0x80) != 0
        && (reply[3] & 0x0f) == 0
        && reply[7] > 0
        && Arrays.equals(reply, 12, query.length, query, 12, query.length);
  }

  private void probe(DatagramSocket socket) throws IOException {
    byte[] query = newQuery();
    DatagramPacket reply = new DatagramPacket(new byte[MAX_REPLY_BYTES], MAX_REPLY_BYTES);
    for (int tries = 0; tries < PROBE_TRIES; tries++) {
      socket.send(new DatagramPacket(query, query.length));
      try {
        do {
          reply.setLength(MAX_REPLY_BYTES);
          socket.receive(reply);
        } while (!answers(reply.getData(), reply.getLength(), query));
        return;
      } catch (SocketTimeoutException e) {
        System.out.println("no answer in " + REPLY_TIMEOUT_MS + " ms, asking again");
      }
    }
    fail(name + " no longer answers over UDP");
  }

  /** Messages with true and false lengths, ended in the middle or by a reset. */
  private void sendOverTcp() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, REPLY_TIMEOUT_MS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      for (int i = random.nextInt(20); i > 0; i--) {
        byte[] message = queries.next();
        out.writeShort(random.nextInt(4) == 0 ? random.nextInt(0x10000) : message.length);
        out.write(message);
      }
      out.flush();
      socket.setSoLinger(random.nextBoolean(), 0);
    } catch (SocketException e) {
      // The server may close a connection that brings rubbish while more of it is being written.
      System.out.println(name + " closed a connection: " + e.getMessage());
    }
  }

  private void probeOverTcp() throws IOException {
    byte[] query = newQuery();
    try (Socket socket = new Socket()) {
      socket.connect(address, REPLY_TIMEOUT_MS);
      socket.setSoTimeout(REPLY_TIMEOUT_MS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(query.length);
      out.write(query);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] reply = in.readNBytes(in.readUnsignedShort());
      if (!answers(reply, reply.length, query)) {
        fail(name + " answers wrongly over TCP");
      }
    }
  }
}
