package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.CompatResponder;
import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.runtime.Program;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.tinydns.lookup.StandardLookup;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New data arrive while queries do, with a thread in the place of an event loop. */
@Timeout(60)
final class DataReloaderTest {
  private static final DataFormat<ZoneData> FORMAT = Tinydns.format(new SecureRandom());

  @TempDir Path directory;

  private final LogLines log = new LogLines();
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final DataAnswers<ZoneData> inquiry =
      DataAnswers.of(
          new Inquiry(new StandardLookup(new SplittableRandom(1)), InstantSource.system()));
  private ContentResponder responder =
      new ContentResponder(inquiry, new QueryLog(new LogLines().logger(), false));
  private final Client client = ClientAt.udp("192.0.2.1", 1);
  private Optional<Thread> watcher = Optional.empty();
  private final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);

  @BeforeEach
  void start() throws Exception {
    publish(0);
    watch(directory.resolve("data.cdb"), FORMAT.loader());
  }

  /** Instead of what is being watched now. */
  private void watch(Path file, DataFormat.Loader<ZoneData> loader) throws InterruptedException {
    stopWatching();
    DataFormat<ZoneData> format = new DataFormat<>(loader, FORMAT.release());
    DataReloader<ZoneData> reloader =
        new DataReloader<>(file, format, "tinydns", log.logger(), "no data", freeBytes::get);
    reloader.start(List.of(new DataReloader.LoopUser<>(loop, inquiry)), _ -> {});
    watcher = Optional.of(Thread.ofPlatform().start(reloader));
  }

  private void stopWatching() throws InterruptedException {
    if (watcher.isPresent()) {
      watcher.get().interrupt();
      watcher.get().join();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    stopWatching();
    loop.shutdown();
  }

  /** Compiles data in which the host has the address 192.0.2.N, by rename as always. */
  private void publish(int n) throws IOException {
    publish(directory, n);
  }

  private static void publish(Path directory, int n) throws IOException {
    Files.writeString(
        directory.resolve("data"),
        ".example.test:192.0.2.53:a\n+h.example.test:192.0.2." + n + "\n");
    Program program = new Program("tinydns-data");
    new DataBuild(
            program, DataCompilation.problemSink(program, true), directory, InstantSource.system())
        .run();
  }

  /** For what tinydns-data does not replace. */
  private void replaceByFile(int n) throws IOException {
    Path made = Files.createDirectory(directory.resolve("made" + n));
    publish(made, n);
    replace(made.resolve("data.cdb"));
  }

  /** The host's address as the loop's thread answers it. */
  private String ask() throws Exception {
    return loop.submit(
            () -> {
              PacketWriter query = query();
              assertTrue(responder.respond(query.buffer(), query.length(), client));
              PacketWriter response = responder.response();
              Message message = Message.read(response.buffer(), response.length());
              if (!message.rcode().equals(Rcode.NOERROR)) {
                return message.rcode().toString();
              }
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
  void shouldKeepOldDataThatALoopMayStillUse() throws Exception {
    stopWatching();
    Queue<ZoneData> released = new ConcurrentLinkedQueue<>();
    DataFormat<ZoneData> format = new DataFormat<>(FORMAT.loader(), released::add);
    Path file = directory.resolve("data.cdb");
    DataReloader<ZoneData> reloader =
        new DataReloader<>(file, format, "tinydns", log.logger(), "no data", freeBytes::get);
    BlockingQueue<ZoneData> offered = new LinkedBlockingQueue<>();
    AtomicInteger number = new AtomicInteger();
    DataUser<ZoneData> user =
        newer -> {
          offered.add(newer);
          if (number.incrementAndGet() == 2) {
            throw new IllegalStateException("this loop keeps what it has");
          }
        };
    reloader.start(List.of(new DataReloader.LoopUser<>(loop, user)), _ -> {});
    watcher = Optional.of(Thread.ofPlatform().start(reloader));
    ZoneData first = offered.take();
    publish(1);
    offered.take();
    publish(2);
    // What happens to the first data has happened before the third are offered.
    offered.take();
    assertFalse(released.contains(first));
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

  @Test
  void shouldWarnOnceOfAFileThatComesBetweenTheLookAndTheReading() throws Exception {
    AtomicBoolean isReplaced = new AtomicBoolean();
    watch(
        directory.resolve("data.cdb"),
        file -> {
          if (isReplaced.get()) {
            isReplaced.set(false);
            replace(Files.write(directory.resolve("damaged"), new byte[9]));
          }
          return FORMAT.loader().load(file);
        });
    isReplaced.set(true);
    publish(3);
    assertTrue(log.next().endsWith("unable to use data.cdb: size of 9 bytes"));
    publish(4);
    awaitAnswer("192.0.2.4");
    assertTrue(log.isEmpty());
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
    replaceByFile(++published);
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
    replaceByFile(++published);
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
    URI archive = URI.create("jar:" + directory.resolve("data.zip").toUri());
    try (FileSystem system = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = system.getPath("/data.cdb");
      Files.copy(directory.resolve("data.cdb"), file);
      watch(
          file,
          packed ->
              FORMAT
                  .loader()
                  .load(
                      Files.copy(
                          packed,
                          directory.resolve("unpacked"),
                          StandardCopyOption.REPLACE_EXISTING)));
      assertTrue(log.next().contains("unable to watch for a new data.cdb, looking every second"));
      publish(9);
      Files.setLastModifiedTime(directory.resolve("data.cdb"), FileTime.fromMillis(4_000_000));
      Files.copy(
          directory.resolve("data.cdb"),
          file,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      awaitAnswer("192.0.2.9");
      stopWatching();
    }
  }

  @Test
  void shouldFailEveryQuestionUntilThereAreData() throws Exception {
    stopWatching();
    Path later = Files.createDirectory(directory.resolve("later"));
    Path file = later.resolve("data.cdb");
    DataReloader<ZoneData> reloader =
        new DataReloader<>(file, FORMAT, "tinydns", log.logger(), "no data", freeBytes::get);
    DataAnswers<ZoneData> fresh =
        DataAnswers.of(
            new Inquiry(new StandardLookup(new SplittableRandom(1)), InstantSource.system()));
    reloader.start(List.of(new DataReloader.LoopUser<>(loop, fresh)), _ -> {});
    watcher = Optional.of(Thread.ofPlatform().start(reloader));
    assertEquals(
        "tinydns: warning: no data: unable to open data.cdb: file does not exist", log.next());
    responder = new ContentResponder(fresh, new QueryLog(new LogLines().logger(), false));
    assertEquals("SERVFAIL", ask());
    assertFalse(isAnsweredAs105(fresh));

    Files.write(file, new byte[3000]);
    String damaged = log.next();
    // The file may be seen before anything is in it.
    damaged = damaged.endsWith("size of 0 bytes") ? log.next() : damaged;
    assertEquals(
        "tinydns: warning: no data: unable to use data.cdb: hash table 0 lies outside of the file",
        damaged);
    assertEquals("SERVFAIL", ask());

    Files.move(directory.resolve("data.cdb"), file, StandardCopyOption.ATOMIC_MOVE);
    awaitAnswer("192.0.2.0");
    assertTrue(isAnsweredAs105(fresh));
  }

  private boolean isAnsweredAs105(DataAnswers<ZoneData> answers) throws Exception {
    CompatResponder compat =
        new CompatResponder(answers, new QueryLog(new LogLines().logger(), false));
    PacketWriter query = query();
    return loop.submit(() -> compat.respond(query.buffer(), query.length(), client)).get();
  }

  private static PacketWriter query() throws Exception {
    PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
    Question question = new Question(Name.parse("h.example.test"), RecordType.A);
    new Message(1, 0, question, Optional.empty()).write(query);
    return query;
  }

  /** Whoever runs the tests may read everything; so the loader looks at the permissions. */
  @Test
  void shouldReadWhatItMayReadByNow() throws Exception {
    watch(
        directory.resolve("data.cdb"),
        file -> {
          if (!Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            throw new AccessDeniedException(file.toString());
          }
          return FORMAT.loader().load(file);
        });
    Path fresh = Files.createDirectory(directory.resolve("fresh"));
    publish(fresh, 5);
    Path file = fresh.resolve("data.cdb");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    replace(file);
    assertEquals(
        "tinydns: warning: still serving the old data: unable to open data.cdb: access denied",
        log.next());
    assertEquals("192.0.2.0", ask());
    Files.setPosixFilePermissions(
        directory.resolve("data.cdb"), PosixFilePermissions.fromString("rw-r--r--"));
    awaitAnswer("192.0.2.5");
  }

  /** The kernel would kill the process, which has no say in it. */
  @Test
  void shouldNotReadWhatMemoryDoesNotSufficeFor() throws Exception {
    freeBytes.set(2000);
    publish(8);
    String warning = log.next();
    assertTrue(
        warning.matches(
            "tinydns: warning: still serving the old data: unable to read data.cdb: out of memory"
                + " for [0-9]+ bytes"),
        warning);
    assertEquals("192.0.2.0", ask());
    freeBytes.set(Long.MAX_VALUE);
    awaitAnswer("192.0.2.8");
  }

  @Test
  void shouldTryAgainWhereMemoryWasShort() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    watch(
        directory.resolve("data.cdb"),
        file -> {
          if (failures.get() > 0 && failures.getAndDecrement() > 0) {
            throw new OutOfMemoryError("as if");
          }
          return FORMAT.loader().load(file);
        });
    failures.set(2);
    publish(6);
    assertEquals(
        "tinydns: warning: still serving the old data: unable to read data.cdb: out of memory",
        log.next());
    awaitAnswer("192.0.2.6");
    assertEquals(0, failures.get());
    publish(7);
    awaitAnswer("192.0.2.7");
    assertTrue(log.isEmpty());
  }
}
