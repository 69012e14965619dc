package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a new svscan makes of services whose svscan was killed; the original's lose nothing then.
 */
final class TakeoverIT extends SandboxedTest {
  private static final int KILLS = Integer.getInteger("djbdns.kills", 20);

  /** Holds a lock as long as it lives, so that a second copy gives itself away. */
  private static final String ALONE =
      """
      exec 9>>lock
      flock -n 9 || { echo second >>record; exec sleep 1000; }
      echo start >>record
      """;

  /** Ends soon; its child does not have the lock. */
  private static final String RESTLESS = ALONE + "sleep 0.$(($$ % 5)) 9>&-\n";

  private static final String STEADY = ALONE + "exec sleep 1000\n";

  @BeforeEach
  void assumeOurs() {
    Subject.assumeOurs();
  }

  private Daemon svscan() throws Exception {
    return sandbox().start(Subject.OURS, "svscan", "scan");
  }

  private void svc(String options, String name) throws Exception {
    assertEquals(0, sandbox().run(Subject.OURS, "svc", options, "scan/" + name).exitCode());
  }

  private String svstat(String name) throws Exception {
    return sandbox().run(Subject.OURS, "svstat", "scan/" + name).output().strip();
  }

  private static long seconds(String svstat) {
    return Long.parseLong(svstat.replaceAll(".* ([0-9]+) seconds.*", "$1"));
  }

  @Test
  void shouldGoOnWithTheSameProcesses() throws Exception {
    LoggedService logged = LoggedService.in(sandbox(), "scan/logged");
    Service paused = sandbox().service("scan/paused").observed();
    Service ending = sandbox().service("scan/ending").observed().with("stubborn", "");
    Daemon first = svscan();
    logged.awaitMore();
    paused.awaitRecord("start");
    ending.awaitRecord("start");
    svc("-p", "paused");
    svc("-d", "ending");
    ending.awaitNoted("CONT", 1);
    Await.until("a pause", () -> svstat("paused").endsWith(", paused"));
    Await.until("its wish", () -> svstat("ending").endsWith(", want down"));
    Await.until("some seconds", () -> seconds(svstat("logged")) >= 2);
    List<Integer> pids = pids(logged, paused, ending);

    first.kill();
    assertEquals("scan/logged: supervise not running", svstat("logged"));
    logged.awaitMore();
    final Daemon second = svscan();
    Await.until("a supervisor", () -> svstat("ending").endsWith(", want down"));

    assertEquals(pids, pids(logged, paused, ending));
    assertTrue(seconds(svstat("logged")) >= 2, svstat("logged"));
    assertTrue(svstat("paused").endsWith(", paused"), svstat("paused"));
    logged.awaitMore();
    assertEquals(0, logged.gaps());

    svc("-k", "ending");
    ending.awaitDown();
    svc("-c", "paused");
    svc("-d", "paused");
    paused.awaitDown();
    assertEquals("", second.log());
  }

  private static List<Integer> pids(LoggedService logged, Service... others) throws Exception {
    List<Integer> pids = new ArrayList<>(List.of(logged.main().awaitUp(), logged.log().awaitUp()));
    for (Service other : others) {
      pids.add(other.awaitUp());
    }
    return pids;
  }

  @Test
  void shouldKeepThePipeBetweenAdoptedProcesses() throws Exception {
    LoggedService logged = LoggedService.in(sandbox(), "scan/logged");
    Daemon first = svscan();
    logged.awaitMore();
    first.kill();
    final Daemon second = svscan();
    Await.until("a supervisor", () -> svstat("logged/log").contains(": up"));
    int main = logged.main().awaitUp();
    String pipe = Processes.descriptor(main, 1).orElseThrow();

    Processes.signal(logged.log().awaitUp(), "KILL");
    logged.log().awaitNoted("start", 2);
    logged.awaitMore();
    assertEquals(0, logged.gaps());
    assertEquals(main, logged.main().awaitUp());

    Processes.signal(main, "KILL");
    logged.main().awaitNoted("start", 2);
    logged.awaitMore();
    assertNotEquals(main, logged.main().awaitUp());
    assertEquals(pipe, Processes.descriptor(logged.main().awaitUp(), 1).orElseThrow());
    assertEquals(pipe, Processes.descriptor(logged.log().awaitUp(), 0).orElseThrow());
    assertEquals("", second.log());
  }

  @Test
  void shouldLearnThatAnAdoptedProcessIsReady() throws Exception {
    Service slow =
        sandbox()
            .service("scan/slow")
            .with("notification-fd", "5\n")
            .script(
                "run", "mkfifo go; echo start >>record; read x <go; echo >&5; exec sleep 1000\n");
    Daemon first = svscan();
    slow.awaitNoted("start", 1);
    first.kill();
    svscan();
    Await.until("a supervisor", () -> svstat("slow").contains(": up"));
    slow.with("go", "x\n");
    assertEquals(
        0, sandbox().run(Subject.OURS, "svc", "-w", "U", "-T", "60", "scan/slow").exitCode());
    assertEquals(1, slow.noted("start"));
  }

  @Test
  void shouldSeeWhatHasEndedMeanwhile() throws Exception {
    LoggedService logged = LoggedService.in(sandbox(), "scan/logged");
    Daemon first = svscan();
    logged.awaitMore();
    first.kill();
    Processes.signal(logged.main().awaitUp(), "KILL");
    final Daemon second = svscan();
    logged.main().awaitNoted("start", 2);
    logged.awaitMore();

    second.kill();
    Processes.signal(logged.log().awaitUp(), "KILL");
    svscan();
    logged.log().awaitNoted("start", 2);
    logged.awaitMore();
  }

  @Test
  void shouldLeaveDownWhatHasBeenToldSo() throws Exception {
    Service down = sandbox().service("scan/down").observed();
    Service once = sandbox().service("scan/once").observed();
    Service asked = sandbox().service("scan/asked").observed().with("down", "");
    final Daemon first = svscan();
    down.awaitRecord("start");
    once.awaitRecord("start");
    svc("-d", "down");
    svc("-ot", "once");
    svc("-u", "asked");
    down.awaitDown();
    once.awaitDown();
    asked.awaitRecord("start");
    Await.until("some seconds", () -> seconds(svstat("down")) >= 1);

    first.kill();
    Processes.signal(asked.awaitUp(), "KILL");
    final Daemon second = svscan();
    asked.awaitRecord("start", "start");
    assertTrue(svstat("down").matches(".*: down [1-9][0-9]* seconds, normally up"), svstat("down"));
    assertTrue(svstat("once").endsWith(" seconds, normally up"), svstat("once"));
    assertEquals(1, down.noted("start"));
    assertEquals(1, once.noted("start"));
    svc("-u", "down");
    down.awaitNoted("start", 2);
    svc("-d", "down");
    down.awaitDown();

    second.signal("TERM");
    assertEquals(0, second.exitCode());
    svscan();
    down.awaitNoted("start", 3);
    once.awaitNoted("start", 2);
    assertEquals(2, asked.noted("start"));
  }

  @Test
  void shouldStartAgainWhatWasAboutToEndWithItsSvscan() throws Exception {
    Service service = sandbox().service("scan/sv").observed().with("stubborn", "");
    service.with("timeout-kill", "1000000\n");
    Daemon first = svscan();
    service.awaitRecord("start");
    first.signal("TERM");
    service.awaitNoted("CONT", 1);
    first.kill();
    svscan();
    Await.until("a supervisor", () -> svstat("sv").contains(": up"));
    Processes.signal(service.notedPid(), "KILL");
    service.awaitNoted("start", 2);
  }

  @Test
  void shouldNeverRunASecondCopy() throws Exception {
    long seed = Long.getLong("djbdns.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      services.add(sandbox().service("scan/restless" + i).script("run", RESTLESS));
      services.add(sandbox().service("scan/steady" + i).script("run", STEADY));
    }
    Daemon svscan = svscan();
    for (int i = 0; i < KILLS; i++) {
      if (random.nextBoolean()) {
        kill(services.get(random.nextInt(services.size())));
      }
      // Part of the experiment: svscan is killed at any moment of its start and work.
      Thread.sleep(random.nextInt(500));
      svscan.kill();
      svscan = svscan();
    }
    for (Service service : services) {
      String name = service.directory().getFileName().toString();
      Await.until("a supervisor", () -> svstat(name).contains(" seconds"));
      assertEquals(0, service.noted("second"), () -> service + ", seed " + seed);
      // The last svscan may be the first that had time to start it.
      service.awaitNoted("start", 1);
    }
  }

  private void kill(Service service) throws Exception {
    long pid = service.pid().orElse(0);
    // By now it may be the pid of a stranger.
    if (sandbox().processes().contains(pid)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
