package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The program run: how supervise starts it, and what becomes of one that cannot be run. */
final class RunIT extends SandboxedTest {

  private Service service() throws Exception {
    return sandbox().service("sv");
  }

  @ForEachSubject
  void shouldRunInItsDirectoryWithTheEnvironmentOfSupervise(Subject subject) throws Exception {
    service().script("run", "env >environment; pwd >directory; exec sleep 1000\n");
    sandbox().start(subject, "supervise", "sv");
    Await.until("a directory", () -> !service().lines("directory").isEmpty());

    assertEquals(
        service().directory().toRealPath().toString(), service().lines("directory").getFirst());
    Map<String, String> environment = new TreeMap<>();
    for (String line : service().lines("environment")) {
      environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    // The shell adds some of its own.
    environment.keySet().removeAll(List.of("PWD", "OLDPWD", "SHLVL", "_"));
    assertEquals(new TreeMap<>(sandbox().environment()), environment);
  }

  @ForEachSubject
  void shouldRunWithItsThreeDescriptorsAndNoOthers(Subject subject) throws Exception {
    service().script("run", "echo to output; echo to error >&2; exec sleep 1000\n");
    Daemon supervise = sandbox().start(subject, "supervise", "sv");
    int pid = service().awaitUp();
    Await.until("output", () -> supervise.log().equals("to output\nto error\n"));

    String output = supervise.output().toRealPath().toString();
    assertEquals("/dev/null", Processes.descriptor(pid, 0).orElseThrow());
    assertEquals(output, Processes.descriptor(pid, 1).orElseThrow());
    assertEquals(output, Processes.descriptor(pid, 2).orElseThrow());
    assertEquals(3, Processes.descriptors(pid));
  }

  /** The original leaves them closed, and what run opens first gets their numbers. */
  @Test
  void shouldRunWithNothingOfJavasIfItHasNoDescriptors() throws Exception {
    Subject.assumeOurs();
    service().script("run", "exec sleep 1000\n");
    String supervise = Subject.OURS.command("supervise").toString();
    sandbox().start(List.of("/bin/sh", "-c", "exec \"$0\" sv <&- >&- 2>&-", supervise));
    int pid = service().awaitUp();
    for (int descriptor = 0; descriptor < 3; descriptor++) {
      assertEquals("/dev/null", Processes.descriptor(pid, descriptor).orElseThrow());
    }
    assertEquals(3, Processes.descriptors(pid));
  }

  @ForEachSubject
  void shouldRunWithSignalsAsIfStartedWithoutIt(Subject subject) throws Exception {
    service().script("run", "exec sleep 1000\n");
    Daemon supervise = sandbox().start(subject, "supervise", "sv");
    int pid = service().awaitUp();
    Await.until("sleep", () -> Processes.status(pid, "Name").equals("sleep"));

    long other = sandbox().start(List.of("sleep", "1000")).pid();
    Await.until("sleep", () -> Processes.status(other, "Name").equals("sleep"));
    for (String signals : List.of("SigBlk", "SigCgt")) {
      assertEquals(Processes.status(other, signals), Processes.status(pid, signals), signals);
    }
    // Java's own way to start a process leaves two of libc's signals ignored, which none can send.
    long ignored = Long.parseLong(Processes.status(other, "SigIgn"), 16);
    long ofLibc = 0x180000000L;
    assertEquals(ignored & ~ofLibc, Long.parseLong(Processes.status(pid, "SigIgn"), 16) & ~ofLibc);
    assertEquals(Processes.group(supervise.pid()), Processes.group(pid));
    assertEquals(Long.toString(supervise.pid()), Processes.status(pid, "PPid"));
  }

  @ForEachSubject
  void shouldStartAboutOnceASecondWhatEndsAtOnce(Subject subject) throws Exception {
    service().script("run", "date +%s%N >>record; exit 1\n");
    sandbox().start(subject, "supervise", "sv");
    Await.until("four starts", () -> service().record().size() >= 4);

    List<Long> startsNs = service().record().stream().map(Long::valueOf).toList();
    for (int i = 1; i < startsNs.size(); i++) {
      // How long the shell takes to get there is not the same each time.
      assertTrue(startsNs.get(i) - startsNs.get(i - 1) > 500_000_000L, startsNs::toString);
    }
  }

  @ForEachSubject
  void shouldGoOnThoughItsChildrenStay(Subject subject) throws Exception {
    service().script("run", "sleep 1000 & echo start >>record\n");
    sandbox().start(subject, "supervise", "sv");
    service().awaitNoted("start", 2);
  }

  @ForEachSubject
  void shouldTryAgainWhatCannotBeRun(Subject subject) throws Exception {
    Map<String, String> causes =
        Map.of(
            "missing", "file does not exist",
            "mode", "access denied",
            "directory", "access denied",
            "interpreter", "file does not exist",
            "text", "exec format error");
    sandbox().service("missing");
    sandbox().service("mode").with("run", "#!/bin/sh\n");
    sandbox().service("directory/run");
    executable("interpreter", "#!/nonexistent\n");
    executable("text", "sleep 1000\n");
    Daemon svscan = sandbox().start(subject, "svscan", ".");

    for (String name : causes.keySet()) {
      String message = "supervise: fatal: unable to start " + name + "/run: " + causes.get(name);
      Await.until(
          "twice: " + message, () -> svscan.log().lines().filter(message::equals).count() >= 2);
    }
    for (String name : causes.keySet()) {
      sandbox().service(name).script("run.new", "exec sleep 1000\n");
      sandbox().run(List.of("sh", "-c", "cd " + name + " && rm -rf run && mv run.new run"));
      Await.until("a run that works", () -> isSleeping(sandbox().service(name)));
    }
  }

  private static boolean isSleeping(Service service) throws Exception {
    return Processes.status(service.pid().orElse(0), "Name").equals("sleep");
  }

  private void executable(String name, String text) throws Exception {
    Path run = sandbox().service(name).with("run", text).file("run");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ForEachSubject
  void shouldStayDownWithAFileDown(Subject subject) throws Exception {
    service().observed();
    Files.createSymbolicLink(service().file("down"), Path.of("run"));
    sandbox().start(subject, "supervise", "sv");
    service().awaitDown();
    sandbox().run(subject, "svc", "-u", "sv");
    service().awaitRecord("start");
  }

  @ForEachSubject
  void shouldMakeTheDirectoryThatItsLinkPointsTo(Subject subject) throws Exception {
    Path elsewhere = sandbox().directory().resolve("elsewhere");
    Files.createSymbolicLink(service().observed().file("supervise"), elsewhere);
    sandbox().start(subject, "supervise", "sv");
    service().awaitRecord("start");
    assertTrue(Files.exists(elsewhere.resolve("status")));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere)));
  }

  @ForEachPair
  void shouldNotBeSupervisedTwice(Subject.Pair pair) throws Exception {
    service().observed();
    sandbox().start(pair.supervisor(), "supervise", "sv");
    service().awaitRecord("start");

    Daemon second = sandbox().start(pair.controller(), "supervise", "sv");
    assertEquals(111, second.exitCode());
    assertEquals(
        "supervise: fatal: unable to acquire sv/supervise/lock: temporary failure\n", second.log());
    service().awaitRecord("start");
  }
}
