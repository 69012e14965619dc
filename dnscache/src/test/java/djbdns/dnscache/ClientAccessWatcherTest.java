package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ClientAccessWatcherTest {
  private static final byte[] CLIENT = {127, 31, 0, 1};

  @TempDir Path root;

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private Thread thread = new Thread();

  @AfterEach
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private ClientAccessWatcher watch() {
    ClientAccessWatcher watcher = new ClientAccessWatcher(root.resolve("ip"), warnings::add);
    thread = Thread.ofPlatform().start(watcher);
    return watcher;
  }

  private static boolean allows(ClientAccessWatcher watcher) {
    return watcher.current().allows(CLIENT, CLIENT.length);
  }

  private static void await(ClientAccessWatcher watcher, boolean expected) {
    while (allows(watcher) != expected) {
      Thread.onSpinWait();
    }
  }

  private Path create(String name) throws IOException {
    return Files.createFile(root.resolve("ip").resolve(name));
  }

  @Test
  void shouldFollowTheDirectory() throws Exception {
    Files.createDirectory(root.resolve("ip"));
    ClientAccessWatcher watcher = watch();
    assertFalse(allows(watcher));
    for (int i = 0; i < 3; i++) {
      Path file = create("127.31");
      await(watcher, true);
      Files.delete(file);
      await(watcher, false);
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void shouldFollowAnotherDirectoryInItsPlace() throws Exception {
    Files.createDirectory(root.resolve("ip"));
    create("127.31");
    ClientAccessWatcher watcher = watch();
    assertTrue(allows(watcher));
    Files.move(root.resolve("ip"), root.resolve("old"));
    Files.createDirectory(root.resolve("ip"));
    await(watcher, false);
    create("127");
    await(watcher, true);
  }

  @Test
  void shouldNotWaitForAFifoInPlaceOfTheDirectory() throws Exception {
    Path ip = Files.createDirectory(root.resolve("ip"));
    create("127.31");
    ClientAccessWatcher watcher = watch();
    assertTrue(allows(watcher));
    Files.move(ip, root.resolve("old"));
    new FileSystem().makeFifo(FileSystem.CURRENT, ip.toString(), 0600);
    await(watcher, false);
    Files.delete(ip);
    Files.move(root.resolve("old"), ip);
    await(watcher, true);
  }

  @Test
  void shouldAllowNobodyWithoutADirectoryAndSayItOnce() throws Exception {
    ClientAccessWatcher watcher = watch();
    assertFalse(allows(watcher));
    assertEquals(List.of("unable to read ip, so nobody may ask: file does not exist"), warnings);
    Files.createDirectory(root.resolve("ip"));
    create("127");
    await(watcher, true);
    assertEquals(1, warnings.size());
  }

  @Test
  void shouldWarnOnceOfANameThatMeansNothing() throws Exception {
    Files.createDirectory(root.resolve("ip"));
    create("localhost");
    create(".hidden");
    Files.createSymbolicLink(root.resolve("ip/127.31"), Path.of("/nowhere"));
    ClientAccessWatcher watcher = watch();
    assertFalse(allows(watcher));
    create("127.31.0");
    await(watcher, true);
    assertEquals(List.of("unable to parse ip/localhost"), warnings);
  }
}
