package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Execution;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ours can do beyond the original. */
final class ExtrasIT extends SandboxedTest {
  @BeforeEach
  void assumeOurs() {
    Subject.assumeOurs();
  }

  private Service service() throws Exception {
    return sandbox().service("sv");
  }

  private Daemon supervise() throws Exception {
    return sandbox().start(Subject.OURS, "supervise", "sv");
  }

  private Execution svc(String... words) throws Exception {
    return sandbox().run(Subject.OURS, "svc", words);
  }

  private String svstat(String option) throws Exception {
    return sandbox()
        .run(Subject.OURS, "svstat", option, "sv")
        .output()
        .replaceAll("pid [0-9]+", "pid N")
        .replaceAll("[0-9]+ seconds", "S seconds");
  }

  @Test
  void shouldTellFinishHowRunHasEnded() throws Exception {
    service()
        .with("down", "")
        .script("run", "echo start >>record; read how <how; eval \"$how\"\n")
        .script("finish", "echo \"$# $1 $2\" >>record\n");
    supervise();
    service().with("how", "exit 7").awaitDown();
    svc("-o", "sv");
    service().awaitRecord("start", "2 7 0");
    service().with("how", "kill -9 $$");
    svc("-w", "d", "-o", "sv");
    service().awaitRecord("start", "2 7 0", "start", "2 -1 9");
  }

  @Test
  void shouldKillAFinishThatTakesTooLong() throws Exception {
    service()
        .script("run", "echo start >>record\n")
        .script("finish", "echo finish >>record; exec sleep 1000\n")
        .with("timeout-finish", "200\n");
    supervise();
    service().awaitNoted("start", 2);
    assertEquals(List.of("start", "finish", "start"), service().record().subList(0, 3));
  }

  @Test
  void shouldShowThatItIsFinishing() throws Exception {
    service()
        .with("down", "")
        .script("run", "exit 3\n")
        .script("finish", "exec sleep 1000\n")
        .with("timeout-finish", "0\n");
    supervise();
    service().awaitDown();
    svc("-o", "sv");
    Await.until(
        "a finishing service",
        () -> svstat("-v").equals("sv: down S seconds, finishing\n  exited 3, S seconds ago\n"));
    svc("-k", "sv");
    Await.until("its end", () -> !svstat("-v").contains("finishing"));
  }

  @Test
  void shouldRememberHowRunHasEndedEvenWhenItIsKilledItself() throws Exception {
    service().with("down", "").script("run", "read how <how; eval \"$how\"\n");
    Daemon first = supervise();
    service().with("how", "exit 1").awaitDown();
    svc("-o", "sv");
    Await.until("an ending", () -> svstat("-v").contains("exited 1"));
    service().with("how", "kill -15 $$");
    svc("-o", "sv");
    Await.until("another", () -> svstat("-v").contains("killed"));
    String expected =
        """
        sv: down S seconds
          killed by signal 15, S seconds ago
          exited 1, S seconds ago
        """;
    assertEquals(expected, svstat("-v"));

    first.kill();
    supervise();
    Await.until("the same", () -> svstat("-v").equals(expected));
  }

  @Test
  void shouldWaitForWhatItIsTold() throws Exception {
    service().with("down", "").observed();
    supervise();
    service().awaitDown();
    assertEquals(new Execution(0, "", ""), svc("-u", "-w", "u", "-T", "60", "sv"));
    final int first = service().pid().orElseThrow();
    service().awaitNoted("start", 1);
    assertEquals(new Execution(0, "", ""), svc("-t", "-w", "r", "sv"));
    assertTrue(service().pid().orElseThrow() != first);
    service().awaitNoted("start", 2);
    assertEquals(new Execution(0, "", ""), svc("-d", "-w", "d", "-T", "60", "sv"));
    assertEquals(0, service().pid().orElseThrow());
    assertEquals(new Execution(0, "", ""), svc("-x", "-w", "x", "-T", "60", "sv"));
    assertEquals(100, sandbox().run(Subject.OURS, "svok", "sv").exitCode());
  }

  /** And sends no command, to the others neither. */
  @Test
  void shouldNotWaitForWhatWillNeverSayThatItIsReady() throws Exception {
    service().observed();
    supervise();
    service().awaitNoted("start", 1);
    sandbox().service("other").observed().with("notification-fd", "5\n");
    String fatal =
        "svc: fatal: unable to wait until sv is ready: there is no file notification-fd"
            + " (a daemon of this suite takes 3 in it)\n";
    assertEquals(new Execution(111, "", fatal), svc("-t", "-w", "U", "other", "sv"));
    assertEquals(1, service().noted("start"));
    assertEquals(0, service().noted("TERM"));
  }

  @Test
  void shouldWaitUntilItIsReadyAgain() throws Exception {
    service()
        .with("notification-fd", "5\n")
        .script(
            "run",
            """
            echo start >>record
            sleep 0.3
            echo ready $NOTIFICATION_FD >>record
            echo >&5
            exec 5>&-
            exec sleep 1000
            """);
    supervise();
    assertEquals(0, svc("-w", "U", "-T", "60", "sv").exitCode());
    assertEquals(0, svc("-t", "-w", "U", "-T", "60", "sv").exitCode());
    assertEquals(List.of("start", "ready 5", "start", "ready 5"), service().record());
  }

  @Test
  void shouldSayWhatItHasWaitedForInVain() throws Exception {
    service().observed().with("stubborn", "").with("notification-fd", "5\n");
    supervise();
    service().awaitNoted("start", 1);
    String warning = "svc: warning: unable to wait until sv is ";
    assertEquals(
        new Execution(111, "", warning + "down: timed out\n"),
        svc("-d", "-w", "d", "-T", "0", "sv"));
    assertEquals(
        new Execution(111, "", warning + "ready: timed out; see its log\n"),
        svc("-w", "U", "-T", "1", "sv"));
    assertEquals(
        new Execution(111, "", warning + "no longer supervised: timed out\n"),
        svc("-w", "x", "-T", "0", "sv"));
    assertEquals(100, svc("-w", "z", "sv").exitCode());
    assertEquals(100, svc("-w", "u", "-T", "soon", "sv").exitCode());
    assertEquals(100, svc("-w").exitCode());
  }

  @Test
  void shouldKnowWhenAServiceIsReady() throws Exception {
    service()
        .with("notification-fd", "5\n")
        .script(
            "run",
            "[ -p go ] || mkfifo go; echo start >>record; read x <go; echo >&5; exec sleep 1000\n");
    supervise();
    service().awaitNoted("start", 1);
    assertEquals(111, svc("-w", "U", "-T", "0", "sv").exitCode());
    assertEquals("sv: up (pid N) S seconds\n", svstat("-v"));
    service().with("go", "x\n");
    assertEquals(0, svc("-w", "U", "-T", "60", "sv").exitCode());
    assertEquals("sv: up (pid N) S seconds, ready S seconds\n", svstat("-v"));

    svc("-t", "-w", "r", "sv");
    assertEquals("sv: up (pid N) S seconds", svstat("-v").lines().findFirst().orElseThrow());
  }

  @Test
  void shouldSendMoreSignals() throws Exception {
    service().observed();
    supervise();
    service().awaitRecord("start");
    assertEquals(new Execution(0, "", ""), svc("-q12W", "sv"));
    Await.until(
        () -> "four signals instead of " + service().record(),
        () ->
            Set.copyOf(service().record())
                .equals(Set.of("start", "QUIT", "USR1", "USR2", "WINCH")));
    Files.writeString(service().file("supervise/control"), "w?z\n");
    service().awaitNoted("WINCH", 2);
  }

  @Test
  void shouldSignalTheWholeGroupIfToldSo() throws Exception {
    service()
        .with("kill-group", "")
        .script("run", "sleep 1000 & echo $! >child; echo start >>record; wait\n");
    Daemon supervise = supervise();
    service().awaitNoted("start", 1);
    int pid = service().awaitUp();
    long child = Long.parseLong(service().lines("child").getFirst());
    assertEquals(Integer.toString(pid), Processes.group(child));
    svc("-dx", "sv");
    assertEquals(0, supervise.exitCode());
    Await.until("the child's end", () -> !Processes.isAlive(child));
  }

  @Test
  void shouldGiveServicesTheSoftLimitOfOpenFiles() throws Exception {
    service().script("run", "ulimit -Sn >limit.new; mv limit.new limit; exec sleep 1000\n");
    String supervise = Subject.OURS.command("supervise").toString();
    sandbox().start(List.of("sh", "-c", "ulimit -Sn 77; exec " + supervise + " sv"));
    Await.until("a limit", () -> !service().lines("limit").isEmpty());
    assertEquals(List.of("77"), service().lines("limit"));
  }

  @Test
  void shouldEndTheServiceOnTerm() throws Exception {
    service().script("run", "exec sleep 1000\n");
    Daemon supervise = supervise();
    service().awaitUp();
    supervise.signal("TERM");
    assertEquals(0, supervise.exitCode());
    assertEquals(List.of(), sandbox().processes());
  }
}
