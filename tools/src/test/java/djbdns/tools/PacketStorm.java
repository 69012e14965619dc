package djbdns.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
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
 * Damaged queries against a live tinydns. They are sent in windows, each followed by a good query
 * that must be answered, so that the server reads them all; now and then a TCP connection brings
 * damaged messages too. The server must go on answering, log nothing but its usual lines, and not
 * grow.
 *
 * <p>By hand, for a million packets, with a seed to repeat a storm: {@code java
 * -Dsuite.directory=tools/target/djbdns -cp tools/target/test-classes djbdns.tools.PacketStorm
 * 1000000 [seed]}.
 */
final class PacketStorm {
  private static final int WINDOW = 64;
  private static final int WINDOWS_PER_CONNECTION = 32;
  private static final int REPLY_TIMEOUT_MS = 2000;
  private static final int PROBE_TRIES = 5;
  private static final int MAX_REPLY_BYTES = 65535;

  /** A JVM of this kind of daemon takes 60 to 100 MiB. */
  private static final long MAX_RESIDENT_KIB = 200 * 1024;

  private static final Predicate<String> USUAL_LINE =
      Pattern.compile("[0-9a-f]{8}:[0-9a-f]{4}:[0-9a-f]{4} [-+IC/] [0-9a-f]{4} [!-~]+")
          .asMatchPredicate()
          .or(line -> line.startsWith("starting tinydns"))
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

  private final TinydnsProcess server;
  private final HostileQueries queries;
  private final SplittableRandom random;

  private PacketStorm(TinydnsProcess server, long seed) {
    this.server = server;
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
    TinydnsProcess server = TinydnsProcess.start(directory, ip, DATA);
    try (server) {
      new PacketStorm(server, seed).send(packets);
    }
    server.logged(USUAL_LINE.negate()).ifPresent(line -> fail("unusual line in the log: " + line));
  }

  private static void fail(String message) {
    throw new AssertionError(message);
  }

  private void send(int packets) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server.address());
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
      fail("tinydns has ended");
    }
    long residentKib = server.residentKib();
    if (residentKib > MAX_RESIDENT_KIB) {
      fail("tinydns has grown to " + residentKib + " KiB");
    }
  }

  private byte[] newProbe() {
    byte[] probe = new byte[2 + PROBE.length];
    probe[0] = (byte) random.nextInt(256);
    probe[1] = (byte) random.nextInt(256);
    System.arraycopy(PROBE, 0, probe, 2, PROBE.length);
    return probe;
  }

  /** Whether this is the answer: same ID and question, no error, at least one record. */
  private static boolean answers(byte[] reply, int length, byte[] probe) {
    return length > probe.length
        && reply[0] == probe[0]
        && reply[1] == probe[1]
        && (reply[2] & 0x80) != 0
        && (reply[3] & 0x0f) == 0
        && reply[7] > 0
        && Arrays.equals(reply, 12, probe.length, probe, 12, probe.length);
  }

  private void probe(DatagramSocket socket) throws IOException {
    byte[] probe = newProbe();
    DatagramPacket reply = new DatagramPacket(new byte[MAX_REPLY_BYTES], MAX_REPLY_BYTES);
    for (int tries = 0; tries < PROBE_TRIES; tries++) {
      socket.send(new DatagramPacket(probe, probe.length));
      try {
        do {
          reply.setLength(MAX_REPLY_BYTES);
          socket.receive(reply);
        } while (!answers(reply.getData(), reply.getLength(), probe));
        return;
      } catch (SocketTimeoutException e) {
        System.out.println("no answer in " + REPLY_TIMEOUT_MS + " ms, asking again");
      }
    }
    fail("tinydns no longer answers over UDP");
  }

  /** Messages with true and false lengths, ended in the middle or by a reset. */
  private void sendOverTcp() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server.address(), REPLY_TIMEOUT_MS);
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
      System.out.println("tinydns closed a connection: " + e.getMessage());
    }
  }

  private void probeOverTcp() throws IOException {
    byte[] probe = newProbe();
    try (Socket socket = new Socket()) {
      socket.connect(server.address(), REPLY_TIMEOUT_MS);
      socket.setSoTimeout(REPLY_TIMEOUT_MS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(probe.length);
      out.write(probe);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] reply = in.readNBytes(in.readUnsignedShort());
      if (!answers(reply, reply.length, probe)) {
        fail("tinydns answers wrongly over TCP");
      }
    }
  }
}
