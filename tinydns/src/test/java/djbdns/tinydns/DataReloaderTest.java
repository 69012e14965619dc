package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.runtime.Program;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.tinydns.lookup.StandardLookup;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.wire.Limits;
import djbdns.wire.Message;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New data arrive while queries do, with a thread in the place of an event loop. */
@Timeout(60)
final class DataReloaderTest {
  @TempDir Path directory;

  private final LogLines log = new LogLines();
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final Inquiry inquiry =
      new Inquiry(new StandardLookup(new SplittableRandom(1)), InstantSource.system());
  private final ContentResponder responder =
      new ContentResponder(inquiry, new QueryLog(new LogLines().logger(), false));
  private final Client client = ClientAt.udp("192.0.2.1", 1);
  private Thread watcher = Thread.currentThread();

  @BeforeEach
  void start() throws Exception {
    publish(0);
    DataReloader<ZoneData> reloader = reloader(directory.resolve("data.cdb"));
    reloader.seat(List.of(new DataReloader.Seat<>(loop, inquiry)), _ -> {});
    watcher = Thread.ofPlatform().start(reloader);
  }

  private DataReloader<ZoneData> reloader(Path file) throws IOException {
    return new DataReloader<>(file, Tinydns.format(new SecureRandom()), "tinydns", log.logger());
  }

  @AfterEach
  void stop() throws InterruptedException {
    watcher.interrupt();
    watcher.join();
    loop.shutdown();
  }

  /** Compiles data in which the host has the address 192.0.2.N, by rename as always. */
  private void publish(int n) throws IOException {
    Files.writeString(
        directory.resolve("data"),
        ".example.test:192.0.2.53:a\n+h.example.test:192.0.2." + n + "\n");
    Program program = new Program("tinydns-data");
    new DataBuild(program, DataCompilation.problemSink(program, true), directory).run();
  }

  /** The host's address as the loop's thread answers it. */
  private String ask() throws Exception {
    return loop.submit(
            () -> {
              PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
              Question question = new Question(Name.parse("h.example.test"), RecordType.A);
              new Message(1, 0, question, Optional.empty()).write(query);
              assertTrue(responder.respond(query.buffer(), query.length(), client));
              PacketWriter response = responder.response();
              Message message = Message.read(response.buffer(), response.length());
              assertEquals(Rcode.NOERROR, message.rcode());
              return message.answers().getFirst().rdata().toString();
            })
        .get();
  }

  private void awaitAnswer(String expected) throws Exception {
    while (!ask().equals(expected)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldServeEachNewFileAndAnswerEveryQueryMeanwhile() throws Exception {
    for (int n = 1; n <= 20; n++) {
      publish(n);
      awaitAnswer("192.0.2." + n);
    }
  }

  @Test
  void shouldKeepTheOldDataWhereTheNewAreDamaged() throws Exception {
    Path damaged = directory.resolve("damaged");
    byte[] good = Files.readAllBytes(directory.resolve("data.cdb"));
    Files.write(damaged, java.util.Arrays.copyOf(good, good.length - 9));
    Files.move(
        damaged,
        directory.resolve("data.cdb"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    String line = log.next();
    assertTrue(
        line.startsWith("tinydns: warning: still serving the old data: unable to use data.cdb: "),
        line);
    assertEquals("192.0.2.0", ask());
    publish(7);
    awaitAnswer("192.0.2.7");
  }

  @Test
  void shouldKeepTheOldDataWhereTheFileIsOverwrittenInPlaceOrRemoved() throws Exception {
    Files.write(directory.resolve("data.cdb"), new byte[0]);
    assertTrue(log.next().contains("unable to use data.cdb: size of 0 bytes"));
    assertEquals("192.0.2.0", ask());
    Files.delete(directory.resolve("data.cdb"));
    assertTrue(log.next().endsWith("unable to open data.cdb: file does not exist"));
    assertEquals("192.0.2.0", ask());
  }

  /** Puts something in the place of the data in one step. */
  private void replace(Path other) throws IOException {
    Files.move(
        other,
        directory.resolve("data.cdb"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void shouldKeepTheOldDataWhereTheFileIsNoRegularOneAndGoOnWithTheNext() throws Exception {
    Path other = directory.resolve("other");
    String refused = "tinydns: warning: still serving the old data: unable to open data.cdb: ";
    int published = 0;

    new djbdns.posix.FileSystem().makeFifo(djbdns.posix.FileSystem.CURRENT, other.toString(), 0600);
    replace(other);
    assertEquals(refused + "not a regular file", log.next());
    publish(++published);
    awaitAnswer("192.0.2." + published);

    Files.createSymbolicLink(other, Path.of("/dev/zero"));
    replace(other);
    assertEquals(refused + "not a regular file", log.next());
    publish(++published);
    awaitAnswer("192.0.2." + published);

    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(other));
      replace(other);
      assertEquals(refused + "not a regular file", log.next());
    }
    publish(++published);
    awaitAnswer("192.0.2." + published);

    Files.delete(directory.resolve("data.cdb"));
    Files.createDirectory(directory.resolve("data.cdb"));
    String line = log.next();
    // Between the two there is nothing.
    line = line.endsWith("file does not exist") ? log.next() : line;
    assertEquals(refused + "is a directory", line);
    // Not said again, whatever happens in it.
    Files.createFile(directory.resolve("data.cdb/file"));
    Files.delete(directory.resolve("data.cdb/file"));
    Files.delete(directory.resolve("data.cdb"));
    assertEquals(refused + "file does not exist", log.next());
    publish(++published);
    awaitAnswer("192.0.2." + published);
  }

  /** A file system that watches nothing: an archive. */
  @Test
  void shouldLookEverySecondWhereNothingCanBeWatched() throws Exception {
    watcher.interrupt();
    watcher.join();
    URI archive = URI.create("jar:" + directory.resolve("data.zip").toUri());
    try (FileSystem system = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = system.getPath("/data.cdb");
      Files.copy(directory.resolve("data.cdb"), file);
      DataFormat<ZoneData> format = Tinydns.format(new SecureRandom());
      DataFormat.Loader<ZoneData> unpacking =
          packed ->
              format
                  .loader()
                  .load(
                      Files.copy(
                          packed,
                          directory.resolve("unpacked"),
                          StandardCopyOption.REPLACE_EXISTING));
      DataReloader<ZoneData> reloader =
          new DataReloader<>(
              file, new DataFormat<>(unpacking, format.release()), "tinydns", log.logger());
      reloader.seat(List.of(new DataReloader.Seat<>(loop, inquiry)), _ -> {});
      watcher = Thread.ofPlatform().start(reloader);
      assertTrue(log.next().contains("unable to watch for a new data.cdb, looking every second"));
      publish(9);
      Files.setLastModifiedTime(directory.resolve("data.cdb"), FileTime.fromMillis(4_000_000));
      Files.copy(
          directory.resolve("data.cdb"),
          file,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      awaitAnswer("192.0.2.9");
      watcher.interrupt();
      watcher.join();
    }
  }

  @Test
  void shouldRefuseToStartWithoutUsableData() throws IOException {
    Path file = directory.resolve("bad.cdb");
    Files.write(file, new byte[3000]);
    IOException e = assertThrows(IOException.class, () -> reloader(file));
    assertEquals(
        "unable to use data.cdb: hash table 0 lies outside of the file", DataReloader.explain(e));
    IOException missing =
        assertThrows(IOException.class, () -> reloader(directory.resolve("no.cdb")));
    assertEquals("unable to open data.cdb: file does not exist", DataReloader.explain(missing));
  }
}
