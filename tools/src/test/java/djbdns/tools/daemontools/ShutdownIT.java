package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How svscan ends when it is told to; the original's never does. */
final class ShutdownIT extends SandboxedTest {
  @BeforeEach
  void assumeOurs() {
    Subject.assumeOurs();
  }

  private Daemon svscan() throws Exception {
    return sandbox().start(Subject.OURS, "svscan", "scan");
  }

  private void assertEnds(Daemon svscan) throws Exception {
    assertEquals(0, svscan.exitCode(), svscan::log);
    assertEquals(List.of(), sandbox().processes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void shouldEndEveryService(String signal) throws Exception {
    Service service = sandbox().service("scan/sv").script("run", "exec sleep 1000\n");
    sandbox().service("scan/down").observed().with("down", "");
    sandbox().service("scan/missing");
    Service crashing = sandbox().service("scan/crashing").script("run", "echo start >>record\n");
    Daemon svscan = svscan();
    service.awaitUp();
    crashing.awaitNoted("start", 1);

    svscan.signal(signal);
    assertEnds(svscan);
    assertEquals(0, service.pid().orElseThrow());
    assertEquals("sv: supervise not running", svstat("sv"));
  }

  private String svstat(String name) throws Exception {
    return sandbox()
        .run(Subject.OURS, "svstat", "scan/" + name)
        .output()
        .strip()
        .replace("scan/", "");
  }

  @Test
  void shouldKillWhatDoesNotEndInItsTime() throws Exception {
    String stubborn =
        "trap 'echo TERM >>record' TERM\necho start >>record\nwhile :; do sleep 1; done\n";
    Service service = sandbox().service("scan/sv").script("run", stubborn);
    service.with("timeout-kill", "300\n");
    Daemon svscan = svscan();
    service.awaitRecord("start");

    svscan.signal("TERM");
    assertEquals(0, svscan.exitCode());
    assertTrue(service.noted("TERM") <= 1);
    assertFalse(Processes.isAlive(service.pid().orElseThrow()));
    assertEquals(0, service.pid().orElseThrow());
    assertTrue(service.lines("supervise/details").stream().anyMatch(l -> l.endsWith(" -1 9")));
  }

  @Test
  void shouldContinueWhatIsPaused() throws Exception {
    Service service = sandbox().service("scan/sv").script("run", "exec sleep 1000\n");
    Daemon svscan = svscan();
    service.awaitUp();
    sandbox().run(Subject.OURS, "svc", "-p", "scan/sv");
    Await.until("a pause", () -> svstat("sv").endsWith(", paused"));
    svscan.signal("TERM");
    assertEnds(svscan);
  }

  /** The logger is slow, so that much is in the pipe when the service ends. */
  @Test
  void shouldLetLoggersReadEverything() throws Exception {
    Service service =
        sandbox()
            .service("scan/sv")
            .script(
                "run",
                """
                trap 'echo last; kill $!; exit' TERM
                seq 1 5000
                echo start >>record
                sleep 1000 & wait
                """);
    Service log = service.log().script("run", "sleep 0.5; exec cat >>lines\n");
    Daemon svscan = svscan();
    service.awaitRecord("start");
    svscan.signal("TERM");
    assertEnds(svscan);
    assertEquals(5001, log.lines("lines").size());
    assertEquals("last", log.lines("lines").getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "kill -9 $$"})
  void shouldStartALoggerOnceMoreToReadTheRest(String end) throws Exception {
    Service service =
        sandbox()
            .service("scan/sv")
            .script("run", "seq 1 1000\necho start >>record\nexec sleep 1000\n");
    Service log =
        service
            .log()
            .script(
                "run",
                "echo start >>record\n[ $(wc -l <record) -gt 1 ] && exec cat >>lines\n"
                    + end
                    + "\n");
    Daemon svscan = svscan();
    service.awaitRecord("start");
    Await.until(
        "an end of the logger",
        () -> log.lines("supervise/details").stream().anyMatch(line -> line.startsWith("end ")));

    svscan.signal("TERM");
    assertEnds(svscan);
    assertEquals(1000, log.lines("lines").size(), svscan::log);
  }

  @Test
  void shouldEndWhatItHasTakenOver() throws Exception {
    LoggedService logged = LoggedService.in(sandbox(), "scan/sv");
    Daemon first = svscan();
    logged.awaitMore();
    first.kill();
    Daemon second = svscan();
    Await.until("a supervisor", () -> svstat("sv/log").contains(": up"));
    second.signal("TERM");
    assertEquals(0, second.exitCode());
    assertEquals(0, logged.gaps());
    assertEquals(0, logged.main().pid().orElseThrow());
    assertEquals(0, logged.log().pid().orElseThrow());
  }

  @Test
  void shouldDoTheWorkOfPid1() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "only root can make a PID namespace");
    List<String> unshare = List.of("unshare", "--pid", "--fork", "--mount-proc");
    assumeTrue(sandbox().run(with(unshare, "true")).exitCode() == 0, "no PID namespaces here");
    Service service =
        sandbox()
            .service("scan/sv")
            .script(
                "run",
                """
                (sleep 0.1 & sleep 0.1 & sleep 0.1 &)
                sleep 0.5
                cat /proc/1/comm >one
                ps -e -o stat= | grep -c Z >zombies
                exec sleep 1000
                """);
    Daemon svscan =
        sandbox().start(with(unshare, Subject.OURS.command("svscan").toString(), "scan"));
    Await.until("zombies to be counted", () -> !service.lines("zombies").isEmpty());
    assertEquals(List.of("svscan"), service.lines("one"));
    assertEquals(List.of("0"), service.lines("zombies"));

    long pid1 = Await.value("PID 1", () -> childOf(svscan));
    Processes.signal(pid1, "TERM");
    assertEnds(svscan);
  }

  private static Optional<Long> childOf(Daemon daemon) {
    return daemon.process().children().map(ProcessHandle::pid).findFirst();
  }

  private static List<String> with(List<String> command, String... words) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(words));
    return all;
  }
}
