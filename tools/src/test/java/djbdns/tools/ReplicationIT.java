package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The original's way to a second server: data.cdb is copied to it by rsync, while it serves. */
@Timeout(120)
final class ReplicationIT {
  private static final Path RSYNC = Path.of("/usr/bin/rsync");
  private static final int VERSIONS = 12;
  private static final int TIMEOUT_MS = 10_000;

  @TempDir private Path directory;

  private Path source;
  private TinydnsProcess tinydns;
  private int version;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(RSYNC), "Debian package rsync is not installed");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    source = Files.createDirectory(directory.resolve("source"));
    Path second = Files.createDirectory(directory.resolve("second"));
    tinydns = TinydnsProcess.start(second, InetAddress.ofLiteral("127.54.0.1"), lines(0));
  }

  @AfterEach
  void stop() {
    if (tinydns != null) {
      tinydns.close();
    }
  }

  /** A version says its number in a TXT record; no two have the same size. */
  private static String lines(int version) {
    return """
    .z.test:192.0.2.1:a
    'version.z.test:%d:60
    """
            .formatted(version)
        + "+host.z.test:192.0.2.2\n".repeat(version);
  }

  private void compileNext() throws IOException, InterruptedException {
    version++;
    TinydnsProcess.compile(source, lines(version));
  }

  private void rsync(String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 2];
    command[0] = RSYNC.toString();
    command[1] = "-az";
    System.arraycopy(words, 0, command, 2, words.length);
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
    Execution execution = Execution.of(source, environment, List.of(command));
    assertEquals(0, execution.exitCode(), execution.error());
  }

  /** One exchange; fails if there is no answer in time. */
  private int served(DatagramSocket socket, int id)
      throws IOException, MalformedPacketException, MalformedTextException {
    PacketWriter query = new PacketWriter(512);
    Question question = new Question(Name.parse("version.z.test"), RecordType.TXT);
    new Message(id, 0, question, Optional.empty()).write(query);
    socket.send(new DatagramPacket(query.buffer(), query.length()));
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    socket.receive(packet);
    Message answer = Message.read(packet.getData(), packet.getLength());
    assertEquals(id, answer.id());
    assertEquals(Rcode.NOERROR, answer.rcode());
    String text = answer.answers().getFirst().rdata().toString();
    return Integer.parseInt(text.replace("\"", ""));
  }

  private DatagramSocket connect() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, tinydns.address().getAddress());
    socket.connect(tinydns.address());
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  private void awaitServed(int expected) throws Exception {
    try (DatagramSocket socket = connect()) {
      tinydns
          .process()
          .await(() -> {
            try {
              return served(socket, 1) == expected;
            } catch (MalformedPacketException | MalformedTextException e) {
              throw new AssertionError(e);
            }
          });
    }
  }

  /** Asks without a pause until it is told to end; every query must be answered. */
  private int askUntil(AtomicBoolean ended, AtomicInteger seen) {
    int queries = 0;
    try (DatagramSocket socket = connect()) {
      while (!ended.get()) {
        int now = served(socket, queries & 0xffff);
        assertTrue(now >= seen.getAndSet(now), "an old version came back");
        queries++;
      }
      return queries;
    } catch (IOException | MalformedPacketException | MalformedTextException e) {
      throw new AssertionError("query " + queries, e);
    }
  }

  @Test
  void shouldAnswerEveryQueryWhileVersionsArrive() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger seen = new AtomicInteger();
    CompletableFuture<Integer> queries =
        CompletableFuture.supplyAsync(() -> askUntil(ended, seen), Thread::startVirtualThread);
    try {
      for (int i = 0; i < VERSIONS; i++) {
        compileNext();
        rsync("data.cdb", tinydns.root() + "/data.cdb");
        tinydns.process().await(() -> seen.get() == version || queries.isDone());
      }
    } finally {
      ended.set(true);
    }
    assertTrue(queries.get() > VERSIONS);
    assertEquals(VERSIONS, seen.get());
  }

  @Test
  void shouldTakeDataFromARemoteShell() throws Exception {
    Path shell = directory.resolve("shell");
    Files.writeString(shell, "#!/bin/sh\nshift\nexec \"$@\"\n");
    Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
    compileNext();
    rsync("-e", shell.toString(), "data.cdb", "second:" + tinydns.root() + "/data.cdb");
    awaitServed(version);
  }

  @Test
  void shouldKeepOldDataWhereNewAreDamaged() throws Exception {
    compileNext();
    rsync("data.cdb", tinydns.root() + "/data.cdb");
    awaitServed(version);
    byte[] good = Files.readAllBytes(source.resolve("data.cdb"));
    byte[] damaged = good.clone();
    Arrays.fill(damaged, 0, 2048, (byte) 0xff);
    int warnings = 0;
    for (byte[] bad : List.of(Arrays.copyOf(good, good.length / 2), damaged, new byte[0])) {
      Files.write(source.resolve("data.cdb"), bad);
      rsync("data.cdb", tinydns.root() + "/data.cdb");
      warnings++;
      awaitWarnings(warnings);
      awaitServed(version);
    }
    compileNext();
    rsync("data.cdb", tinydns.root() + "/data.cdb");
    awaitServed(version);
  }

  private void awaitWarnings(int count) throws IOException, InterruptedException {
    tinydns
        .process()
        .await(() ->
            tinydns.process().log().stream().filter(line -> line.contains("warning")).count()
                == count);
  }
}
