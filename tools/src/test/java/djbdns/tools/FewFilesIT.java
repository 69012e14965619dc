package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.message.Message;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dnscache that may open few files, while one client wants many and another some. */
@Timeout(240)
final class FewFilesIT {
  private static final String IP = "127.33.7.1";
  private static final String CONTENT_IP = "127.33.7.2";
  private static final InetAddress SILENT = InetAddress.ofLiteral("127.33.7.3");
  private static final InetAddress GREEDY = InetAddress.ofLiteral("127.33.7.4");
  private static final InetAddress MODEST = InetAddress.ofLiteral("127.33.7.5");

  private static final int FILES = 64;
  private static final int DEAD_ZONES = 30;
  private static final int CONNECTIONS = 200;
  private static final int PATIENCE_MS = 1_000;

  private static final String DATA =
      """
      .example.test:127.0.0.1:a
      +*.example.test:192.0.2.1
      """;

  @TempDir private Path directory;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private InetSocketAddress server;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  private ServerProcess start() throws Exception {
    TinydnsProcess content =
        open(
            TinydnsProcess.start(
                Files.createDirectory(directory.resolve("content")),
                InetAddress.ofLiteral(CONTENT_IP),
                DATA));
    DatagramSocket silent = open(new DatagramSocket(0, SILENT));
    String nobody = SILENT.getHostAddress() + ":" + silent.getLocalPort();
    Map<String, List<String>> servers = new HashMap<>();
    servers.put("@", List.of(nobody));
    servers.put("example.test", List.of(CONTENT_IP + ":" + content.address().getPort()));
    for (int i = 0; i < DEAD_ZONES; i++) {
      DatagramSocket dead = open(new DatagramSocket(0, SILENT));
      servers.put(
          "dead" + i + ".test", List.of(SILENT.getHostAddress() + ":" + dead.getLocalPort()));
    }
    int port = TinydnsProcess.freePort(InetAddress.ofLiteral(IP));
    server = new InetSocketAddress(IP, port);
    Path service = Files.createDirectory(directory.resolve("dnscache"));
    DnscacheSetup setup =
        DnscacheSetup.create(service, IP, servers, List.of("127"))
            .with("PORT", Integer.toString(port));
    // With more cores it would have more loops, and so more files of its own.
    List<String> command =
        List.of(
            "taskset",
            "-c",
            "0",
            "sh",
            "-c",
            "ulimit -n " + FILES + " && exec \"$0\"",
            Suite.launcher("dnscache").toString());
    ServerProcess process =
        open(
            ServerProcess.start(
                "dnscache", command, setup.environment(), setup.directory().resolve("log")));
    process.awaitLogged("starting");
    return process;
  }

  private static byte[] query(int id, String name) throws Exception {
    byte[] question = Name.parse(name).toWire();
    byte[] packet = new byte[12 + question.length + 4];
    packet[0] = (byte) (id >> 8);
    packet[1] = (byte) id;
    packet[2] = 1;
    packet[5] = 1;
    System.arraycopy(question, 0, packet, 12, question.length);
    packet[packet.length - 3] = 1;
    packet[packet.length - 1] = 1;
    return packet;
  }

  private void flood(DatagramSocket greedy, int round) throws Exception {
    for (int i = 0; i < 100; i++) {
      String name = "x" + round + "-" + i + ".dead" + i % DEAD_ZONES + ".test";
      byte[] packet = query(i, name);
      greedy.send(new DatagramPacket(packet, packet.length, server));
    }
  }

  /** As a stub resolver does: again and again. */
  private byte[] ask(DatagramSocket socket, int id, String name) throws Exception {
    byte[] packet = query(id, name);
    DatagramPacket in = new DatagramPacket(new byte[Limits.MESSAGE_BYTES], Limits.MESSAGE_BYTES);
    while (true) {
      socket.send(new DatagramPacket(packet, packet.length, server));
      try {
        do {
          socket.receive(in);
        } while (in.getData()[0] != packet[0] || in.getData()[1] != packet[1]);
        return Arrays.copyOf(in.getData(), in.getLength());
      } catch (SocketTimeoutException e) {
        // Lost, or late.
      }
    }
  }

  private byte[] askOverTcp(int id, String name) throws Exception {
    try (Socket socket = connect(MODEST)) {
      byte[] packet = query(id, name);
      byte[] framed = new byte[2 + packet.length];
      framed[1] = (byte) packet.length;
      System.arraycopy(packet, 0, framed, 2, packet.length);
      socket.getOutputStream().write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return answer;
    }
  }

  private Socket connect(InetAddress from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(server);
    return socket;
  }

  private static void expectAnswer(byte[] packet) throws Exception {
    Message answer = Message.read(packet, packet.length);
    assertEquals(Rcode.NOERROR.code(), answer.flags() & 0xf);
    assertEquals(1, answer.answers().size());
  }

  @Test
  void shouldServeTheModestClientAndSayInALineWhatHasRunOut() throws Exception {
    ServerProcess process = start();
    for (int i = 0; i < CONNECTIONS; i++) {
      open(connect(GREEDY));
    }
    DatagramSocket greedy = open(new DatagramSocket(0, GREEDY));
    DatagramSocket modest = open(new DatagramSocket(0, MODEST));
    modest.setSoTimeout(PATIENCE_MS);
    for (int i = 0; i < 30; i++) {
      flood(greedy, i);
      expectAnswer(ask(modest, i, "udp" + i + ".example.test"));
    }
    expectAnswer(askOverTcp(77, "tcp.example.test"));
    assertTrue(process.isAlive());
    assertTrue(process.openFiles() <= FILES);
    List<String> log = process.log();
    assertTrue(log.stream().noneMatch(FewFilesIT::isOfTrace), () -> String.join("\n", log));
    long warnings = log.stream().filter(line -> line.contains(": warning: ")).count();
    assertTrue(warnings <= 4, () -> warnings + " warnings: " + String.join("\n", log));
  }

  private static boolean isOfTrace(String line) {
    return line.startsWith("\tat ") || line.contains("Exception") || line.contains("Error");
  }
}
