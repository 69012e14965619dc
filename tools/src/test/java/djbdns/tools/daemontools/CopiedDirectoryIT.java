package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Service directories that are copied, moved, restored and made anew, with all that supervise has
 * put in, while services run or have been put down.
 */
final class CopiedDirectoryIT extends SandboxedTest {
  private void scan(Service service, String name) throws Exception {
    Path link = sandbox().directory().resolve("scan").resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, service.directory());
  }

  private void run(String... command) throws Exception {
    assertEquals(0, sandbox().run(List.of(command)).exitCode(), () -> String.join(" ", command));
  }

  private Service copy(Service service, String name) throws Exception {
    Path target = sandbox().directory().resolve("services").resolve(name);
    // It complains of files that vanish meanwhile.
    sandbox().run(List.of("cp", "-a", service.directory().toString(), target.toString()));
    return new Service(target);
  }

  private void remove(Service service) throws Exception {
    run("rm", "-rf", service.directory().toString());
  }

  private static void move(Service service, Service target) throws Exception {
    Files.move(service.directory(), target.directory());
  }

  private Daemon svscan(Subject subject) throws Exception {
    return sandbox().start(subject, "svscan", "scan");
  }

  private void svc(Subject subject, String options, String name) throws Exception {
    assertEquals(0, sandbox().run(subject, "svc", options, "scan/" + name).exitCode());
  }

  private Service started(String name) throws Exception {
    Service service = sandbox().service("services/" + name).observed();
    scan(service, name);
    return service;
  }

  @ForEachSubject
  void shouldStartTheCopyOfARunningService(Subject subject) throws Exception {
    Service one = started("one");
    svscan(subject);
    one.awaitRecord("start");
    int pid = one.awaitUp();

    Service two = copy(one, "two");
    scan(two, "two");
    two.awaitRecord("start", "start");
    Await.until("a process of its own", () -> two.awaitUp() != pid);

    svc(subject, "-d", "two");
    two.awaitDown();
    assertEquals(pid, one.awaitUp());
    one.awaitRecord("start");
  }

  @ForEachSubject
  void shouldStartTheCopyOfAServiceThatHasBeenPutDown(Subject subject) throws Exception {
    Service one = started("one");
    svscan(subject);
    one.awaitRecord("start");
    svc(subject, "-d", "one");
    one.awaitDown();

    Service two = copy(one, "two");
    scan(two, "two");
    Await.until("a start", () -> two.noted("start") == 2);
    two.awaitUp();
    assertEquals(0, one.pid().orElseThrow());
  }

  @ForEachSubject
  void shouldGiveACopyALoggerOfItsOwn(Subject subject) throws Exception {
    LoggedService one = LoggedService.in(sandbox(), "services/one");
    scan(one.main(), "one");
    svscan(subject);
    one.awaitMore();
    int logger = one.log().awaitUp();

    Service two = copy(one.main(), "two");
    LoggedService copied = new LoggedService(two, two.log());
    scan(two, "two");
    Await.until("a start", () -> two.noted("start") == 2 && two.log().noted("start") == 2);
    Await.until("a logger of its own", () -> copied.log().awaitUp() != logger);
    copied.awaitMore();
    one.awaitMore();
    assertEquals(0, one.gaps());
    assertEquals(logger, one.log().awaitUp());
  }

  /** The copy has been made while the first one's svscan was dead, and is found first. */
  @Test
  void shouldStartTheCopyOfAServiceWithoutASupervisor() throws Exception {
    Subject.assumeOurs();
    Service one = started("one");
    final Daemon first = svscan(Subject.OURS);
    one.awaitRecord("start");
    final int pid = one.awaitUp();
    first.kill();

    Service two = copy(one, "two");
    scan(two, "a copy");
    svscan(Subject.OURS);
    two.awaitRecord("start", "start");
    Await.until("a process of its own", () -> two.awaitUp() != pid);
    Await.until("a supervisor", () -> svstat("one").contains("up (pid " + pid + ")"));
    one.awaitRecord("start");
  }

  private String svstat(String name) throws Exception {
    return sandbox().run(Subject.OURS, "svstat", "scan/" + name).output().strip();
  }

  @Test
  void shouldGoOnWithAServiceWhoseDirectoryHasBeenRenamed() throws Exception {
    Subject.assumeOurs();
    Service one = started("one");
    final Daemon first = svscan(Subject.OURS);
    one.awaitRecord("start");
    final int pid = one.awaitUp();
    first.kill();

    Service two = new Service(one.directory().resolveSibling("two"));
    move(one, two);
    scan(two, "two");
    svscan(Subject.OURS);
    Await.until("a supervisor", () -> svstat("two").contains("up (pid " + pid + ")"));
    two.awaitRecord("start");
  }

  /** A backup in place of the directory: what its process was is known from there alone. */
  @ForEachSubject
  void shouldStartARestoredService(Subject subject) throws Exception {
    Service one = started("one");
    Daemon first = svscan(subject);
    one.awaitRecord("start");
    final Service backup = copy(one, "backup");
    svc(subject, "-dx", "one");
    Files.delete(sandbox().directory().resolve("scan/one"));
    first.kill();
    Await.until("the end of its supervisor", () -> !svstat("one").contains("up"));
    remove(one);
    move(backup, one);

    scan(one, "one");
    svscan(subject);
    one.awaitRecord("start", "start");
  }

  /** File systems give the number of a directory that was removed to the next one. */
  @ForEachSubject
  void shouldStartAServiceRestoredInItsPlace(Subject subject) throws Exception {
    Service one = started("one");
    Daemon first = svscan(subject);
    one.awaitRecord("start");
    svc(subject, "-d", "one");
    one.awaitDown();
    final Service backup = copy(one, "backup");
    svc(subject, "-dx", "one");
    Files.delete(sandbox().directory().resolve("scan/one"));
    first.kill();
    Await.until("the end of its supervisor", () -> svstat("one").contains("unable"));
    remove(one);
    copy(backup, "one");

    scan(one, "one");
    svscan(subject);
    Await.until("a start", () -> one.noted("start") == 2);
    one.awaitUp();
  }

  /** As Void Linux has them: a link to where supervise can write. */
  @Test
  void shouldHandOverToADirectoryWithTheSameSupervise() throws Exception {
    Subject.assumeOurs();
    Service one = sandbox().service("services/one").observed();
    Path supervise = Files.createDirectories(sandbox().directory().resolve("run/one"));
    Files.createSymbolicLink(one.file("supervise"), supervise);
    scan(one, "one");
    final Daemon svscan = svscan(Subject.OURS);
    one.awaitRecord("start");
    final int pid = one.awaitUp();

    Service fresh = copy(one, "fresh");
    remove(one);
    move(fresh, one);
    one.script("run", "echo new >>record\nexec sleep 1000\n");
    Files.delete(one.file("record"));
    Await.until("a new supervisor", () -> hasOpen(svscan.pid(), one.directory()));
    assertEquals(pid, one.awaitUp());

    svc(Subject.OURS, "-t", "one");
    one.awaitRecord("new");
    assertNotEquals(pid, one.awaitUp());
    svc(Subject.OURS, "-d", "one");
    one.awaitDown();
    assertFalse(svscan.log().contains("svscan: ") || svscan.log().contains("supervise: "));
  }

  /** The new directory has a logger with a supervise of its own; the old logger ends first. */
  @Test
  void shouldHandOverTheServiceAndReplaceItsLogger() throws Exception {
    Subject.assumeOurs();
    LoggedService one = LoggedService.in(sandbox(), "services/one");
    Path supervise = Files.createDirectories(sandbox().directory().resolve("run/one"));
    Files.createSymbolicLink(one.main().file("supervise"), supervise);
    scan(one.main(), "one");
    svscan(Subject.OURS);
    one.awaitMore();
    int pid = one.main().awaitUp();
    final int logger = one.log().awaitUp();

    Service fresh = copy(one.main(), "fresh");
    remove(one.main());
    move(fresh, one.main());
    Await.until("a logger of its own", () -> one.log().awaitUp() != logger);
    assertFalse(Files.exists(Path.of("/proc/" + logger)));
    one.awaitMore();
    assertEquals(pid, one.main().awaitUp());
    svc(Subject.OURS, "-t", "one");
    one.main().awaitNoted("start", 2);
    one.awaitMore();
  }

  /**
   * Nobody reads from the pipe any more: output goes where that of svscan goes. The original's
   * service hangs when the pipe is full.
   */
  @Test
  void shouldGoOnWithoutALoggerThatIsNoMore() throws Exception {
    Subject.assumeOurs();
    Service one = sandbox().service("services/one");
    String print =
        "echo start >>record\nhead -c 100000 /dev/zero\necho printed >>record\nexec sleep 1000\n";
    one.script("run", print).log().script("run", "exec cat >/dev/null\n");
    scan(one, "one");
    svscan(Subject.OURS);
    one.awaitRecord("start", "printed");

    Files.move(one.file("log"), sandbox().directory().resolve("aside"));
    svc(Subject.OURS, "-dx", "one");
    Service log = new Service(sandbox().directory().resolve("aside"));
    if (log.pid().filter(logger -> logger != 0).isPresent()) {
      sandbox().run(Subject.OURS, "svc", "-dx", log.directory().toString());
    }
    one.awaitRecord("start", "printed", "start", "printed");
  }

  private static boolean hasOpen(long pid, Path directory) throws Exception {
    Path wanted = directory.toRealPath();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          if (Files.readSymbolicLink(descriptor).equals(wanted)) {
            return true;
          }
        } catch (NoSuchFileException _) {
          // Closed by now.
        }
      }
    }
    return false;
  }

  @Test
  void shouldSayThatAServiceHasALogNow() throws Exception {
    Subject.assumeOurs();
    LoggedService logged = LoggedService.in(sandbox(), "services/logged");
    Path log = logged.log().directory();
    Path aside = sandbox().directory().resolve("aside");
    Files.move(log, aside);
    scan(logged.main(), "logged");
    Daemon svscan = svscan(Subject.OURS);
    logged.main().awaitRecord("start");
    int pid = logged.main().awaitUp();

    Files.move(aside, log);
    String warning =
        "svscan: warning: unable to start logged/log beside a running service; to start both,"
            + " run: svc -dx logged\n";
    Await.until("a warning", () -> svscan.log().contains(warning));
    assertEquals(pid, logged.main().awaitUp());

    svc(Subject.OURS, "-dx", "logged");
    logged.main().awaitNoted("start", 2);
    logged.awaitMore();
    assertTrue(svscan.log().indexOf(warning) == svscan.log().lastIndexOf(warning), svscan::log);
  }
}
