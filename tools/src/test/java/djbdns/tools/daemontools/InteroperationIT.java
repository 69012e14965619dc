package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import djbdns.tools.Execution;
import java.util.List;
import java.util.Set;

/** Every supervisor under every svc, svok and svstat: all commands, in every state of a service. */
final class InteroperationIT extends SandboxedTest {
  private static final Execution SILENCE = new Execution(0, "", "");

  /** A service under one pair of programs. */
  private final class Stage {
    private final Subject.Pair pair;
    private final Service service;

    Stage(Subject.Pair pair) throws Exception {
      this.pair = pair;
      service = sandbox().service("sv").observed();
    }

    Daemon supervise() throws Exception {
      Daemon supervise = sandbox().start(pair.supervisor(), "supervise", "sv");
      Await.until("a supervisor", () -> svok() == 0);
      return supervise;
    }

    void svc(String options) throws Exception {
      assertEquals(SILENCE, sandbox().run(pair.controller(), "svc", options, "sv"));
    }

    int svok() throws Exception {
      Execution svok = sandbox().run(pair.controller(), "svok", "sv");
      assertEquals("", svok.output() + svok.error());
      return svok.exitCode();
    }

    /** The supervisor may yet have to read its commands, or to write down what it did. */
    void awaitSvstat(String expected) throws Exception {
      Await.until("svstat to print " + expected, () -> svstat().equals(expected));
    }

    /** What svstat prints, without what differs from run to run; its pid is the right one. */
    private String svstat() throws Exception {
      Execution svstat = sandbox().run(pair.controller(), "svstat", "sv");
      assertEquals(new Execution(0, svstat.output(), ""), svstat);
      String pid = "pid " + service.pid().orElse(0) + ")";
      return svstat
          .output()
          .strip()
          .replace(pid, "pid)")
          .replaceAll(" [0-9]+ seconds", " S seconds");
    }
  }

  @ForEachPair
  void shouldDoEverythingToAServiceThatIsNormallyDown(Subject.Pair pair) throws Exception {
    Stage stage = new Stage(pair);
    Service service = stage.service.with("down", "");
    assertEquals(100, stage.svok());
    stage.awaitSvstat("sv: unable to open supervise/ok: file does not exist");

    Daemon supervise = stage.supervise();
    stage.awaitSvstat("sv: down S seconds");
    stage.svc("-pchaitk");
    stage.svc("-d");
    stage.awaitSvstat("sv: down S seconds");

    stage.svc("-u");
    service.awaitRecord("start");
    stage.awaitSvstat("sv: up (pid) S seconds, normally down");
    assertEquals(service.notedPid(), service.awaitUp());

    stage.svc("-p");
    Await.until("a stop", () -> Processes.state(service.notedPid()).equals("T"));
    stage.awaitSvstat("sv: up (pid) S seconds, normally down, paused");
    stage.svc("-hai");
    assertEquals(List.of("start"), service.record());
    stage.svc("-c");
    Await.until(
        "every signal",
        () -> Set.copyOf(service.record()).equals(Set.of("start", "CONT", "HUP", "ALRM", "INT")));
    stage.awaitSvstat("sv: up (pid) S seconds, normally down");

    stage.svc("-ot");
    service.awaitNoted("TERM", 1);
    service.awaitDown();
    stage.awaitSvstat("sv: down S seconds");

    stage.svc("-x");
    assertEquals(0, supervise.exitCode());
    assertEquals(100, stage.svok());
    stage.awaitSvstat("sv: supervise not running");
    assertEquals("", supervise.log());
  }

  @ForEachPair
  void shouldDoEverythingToAServiceThatIsNormallyUp(Subject.Pair pair) throws Exception {
    Stage stage = new Stage(pair);
    Service service = stage.service;
    Daemon supervise = stage.supervise();
    service.awaitRecord("start");
    stage.awaitSvstat("sv: up (pid) S seconds");

    long first = service.notedPid();
    stage.svc("-k");
    service.awaitNoted("start", 2);
    assertNotEquals(first, service.notedPid());

    stage.svc("-t");
    service.awaitNoted("start", 3);
    stage.awaitSvstat("sv: up (pid) S seconds");

    service.with("stubborn", "");
    stage.svc("-d");
    service.awaitNoted("CONT", 1);
    stage.awaitSvstat("sv: up (pid) S seconds, want down");
    stage.svc("-p");
    Await.until("a stop", () -> Processes.state(service.notedPid()).equals("T"));
    stage.awaitSvstat("sv: up (pid) S seconds, paused, want down");
    stage.svc("-u");
    stage.awaitSvstat("sv: up (pid) S seconds, paused");
    stage.svc("-d");
    service.awaitNoted("CONT", 2);
    stage.awaitSvstat("sv: up (pid) S seconds, want down");
    stage.svc("-k");
    service.awaitDown();
    stage.awaitSvstat("sv: down S seconds, normally up");
    assertEquals(3, service.noted("start"));

    stage.svc("-u");
    service.awaitNoted("start", 4);
    stage.svc("-x");
    stage.awaitSvstat("sv: up (pid) S seconds");
    assertEquals(0, stage.svok());
    stage.svc("-dk");
    assertEquals(0, supervise.exitCode());
    assertEquals(4, service.noted("start"));
    stage.awaitSvstat("sv: supervise not running");
  }

  @ForEachPair
  void shouldRunOnceAndExitIfToldBothAtOnce(Subject.Pair pair) throws Exception {
    Stage stage = new Stage(pair);
    stage.service.with("down", "").script("run", "echo ran\n");
    Daemon supervise = stage.supervise();

    stage.svc("-ox");
    assertEquals(0, supervise.exitCode());
    assertEquals("ran\n", supervise.log());
  }

  @ForEachPair
  void shouldGoDownAndUpAgainIfToldBothAtOnce(Subject.Pair pair) throws Exception {
    Stage stage = new Stage(pair);
    stage.supervise();
    stage.service.awaitRecord("start");

    stage.svc("-du");
    stage.service.awaitNoted("start", 2);
    stage.awaitSvstat("sv: up (pid) S seconds");

    stage.svc("-ud");
    stage.service.awaitDown();
    stage.awaitSvstat("sv: down S seconds, normally up");
  }
}
