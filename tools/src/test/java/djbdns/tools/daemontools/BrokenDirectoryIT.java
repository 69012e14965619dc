package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Service directories that somebody has got wrong, under our svscan: each is reported, and none
 * disturbs its neighbours. The original waits for ever for some of these.
 */
final class BrokenDirectoryIT extends SandboxedTest {
  private Service neighbour;

  @BeforeEach
  void makeNeighbour() throws Exception {
    Subject.assumeOurs();
    neighbour = sandbox().service("scan/zzz").observed();
  }

  private Service broken(String name) throws Exception {
    return sandbox().service("scan/" + name).observed();
  }

  private void makeFifo(Service service, String name) throws Exception {
    new ProcessBuilder("mkfifo", service.file(name).toString()).start().waitFor();
  }

  private void awaitNeighbours(long starts) throws Exception {
    neighbour.awaitNoted("start", starts);
  }

  private static void awaitLogged(Daemon svscan, String line) throws Exception {
    Await.until(
        () -> line + " in " + svscan.log(), () -> svscan.log().lines().anyMatch(line::equals));
  }

  @Test
  void shouldReportWhatIsNotWhatItShouldBe() throws Exception {
    broken("control").with("supervise/control", "");
    broken("ok").with("supervise/ok", "");
    sandbox().service("scan/supervise/supervise/control");
    makeFifo(broken("lock").with("supervise/x", ""), "supervise/lock");
    Daemon svscan = sandbox().start(Subject.OURS, "svscan", "scan");
    awaitLogged(
        svscan, "supervise: fatal: unable to acquire lock/supervise/lock: device not configured");
    String fatal = "supervise: fatal: unable to read ";
    awaitLogged(svscan, fatal + "control/supervise/control: file already exists");
    awaitLogged(svscan, fatal + "ok/supervise/ok: file already exists");
    awaitLogged(svscan, fatal + "supervise/supervise/control: file already exists");
    awaitNeighbours(1);
    assertEquals(List.of(), broken("control").record());
    assertEquals(List.of(), broken("ok").record());
  }

  @Test
  void shouldNotWaitForAFifoInThePlaceOfAFile() throws Exception {
    List<String> names =
        List.of(
            "supervise/status.new",
            "supervise/status",
            "supervise/details.new",
            "supervise/details",
            "notification-fd",
            "timeout-kill",
            "timeout-finish",
            "down",
            "kill-group");
    for (String name : names) {
      Service service = broken("fifo-" + name.replace('/', '-')).with("supervise/x", "");
      makeFifo(service, name);
    }
    Daemon svscan = sandbox().start(Subject.OURS, "svscan", "scan");
    awaitNeighbours(1);
    for (String name : names) {
      String directory = "scan/fifo-" + name.replace('/', '-');
      Await.until("svok", () -> sandbox().run(Subject.OURS, "svok", directory).exitCode() == 0);
      sandbox().run(Subject.OURS, "svc", "-u", directory);
      sandbox().service(directory).awaitNoted("start", 1);
      sandbox().run(Subject.OURS, "svstat", directory);
    }
    Processes.signal(neighbour.notedPid(), "KILL");
    awaitNeighbours(2);
    svscan.signal("TERM");
    assertEquals(0, svscan.exitCode());
  }

  @Test
  void shouldReportNumbersThatAreNone() throws Exception {
    broken("fd").with("notification-fd", "three\n");
    broken("big").with("notification-fd", "256\n");
    broken("kill").with("timeout-kill", "-1\n");
    Daemon svscan = sandbox().start(Subject.OURS, "svscan", "scan");
    String warning = "supervise: warning: unable to use ";
    awaitLogged(svscan, warning + "fd/notification-fd: not a number from 3 to 255");
    awaitLogged(svscan, warning + "big/notification-fd: not a number from 3 to 255");
    for (String name : List.of("fd", "big", "kill")) {
      broken(name).awaitNoted("start", 1);
    }
    awaitNeighbours(1);
    svscan.signal("TERM");
    assertEquals(0, svscan.exitCode());
    assertTrue(svscan.log().contains(warning + "kill/timeout-kill: not a number"), svscan.log());
  }
}
