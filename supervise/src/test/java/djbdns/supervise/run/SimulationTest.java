package djbdns.supervise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.supervise.calls.FakeCalls.Killed;
import djbdns.supervise.calls.FakeKernel;
import djbdns.supervise.calls.FakeProcess;
import djbdns.supervise.calls.OnFakeKernel;
import djbdns.supervise.calls.Script;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.ProcessIdentity;
import djbdns.supervise.status.StatusRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * svscan under random events, on a machine in memory: commands, ends of programs, links that come
 * and go, full disks, a system without processes, and the death of svscan before any of its system
 * calls. Whatever happens, at most one program of a service runs, the files say what is true, and
 * what is wanted up comes up. {@code -Ddjbdns.simulations} says how many seeds are tried.
 */
final class SimulationTest extends OnFakeKernel {
  private static final int SEEDS = Integer.getInteger("djbdns.simulations", 60);
  private static final int STEPS = 150;
  private static final int SERVICES = 3;

  /** As long as a status that could not be written may be wrong. */
  private static final long WRITE_MS = Limits.WRITE_MS + 1;

  private static final List<String> COMMANDS =
      List.of("u", "d", "o", "x", "p", "c", "t", "k", "h", "dx", "ox", "du", "pd", "w", "?");

  @Test
  void shouldSuperviseWhateverHappens() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        new Simulation(seed).run();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      messages().forEach(message -> assertFalse(message.contains("unable to deal"), message));
    }
  }

  /** One machine and what happens on it. */
  private static final class Simulation {
    private final FakeKernel kernel = new FakeKernel();
    private final Random random;
    private final boolean diesAtCalls;
    private Scan scan;
    private boolean isDiskFull;
    private long truthMs;
    private final List<String> trace = new ArrayList<>();

    Simulation(int seed) {
      random = new Random(seed);
      diesAtCalls = seed % 2 == 0;
    }

    void run() throws Exception {
      directories().forEach(this::make);
      kernel.directory("/scan");
      linkAll();
      kernel.whenStarted(this::checkAlone);
      kernel.whenIdle(this::checkFiles);
      restart();
      try {
        for (int i = 0; i < STEPS; i++) {
          step();
        }
        checkThatAllComesUp();
        checkThatNothingIsLeft();
      } catch (AssertionError e) {
        throw new AssertionError(
            e.getMessage()
                + " after "
                + trace.subList(Math.max(0, trace.size() - 12), trace.size()),
            e);
      }
    }

    private void make(String path) {
      kernel.directory(path);
      change(path, path.endsWith("log"));
    }

    private static String service(int number) {
      return "/services/" + number;
    }

    /** The directories of services and loggers; the first service has no logger. */
    private static List<String> directories() {
      List<String> directories = new ArrayList<>(List.of(service(0)));
      for (int i = 1; i < SERVICES; i++) {
        directories.add(service(i));
        directories.add(service(i) + "/log");
      }
      return directories;
    }

    private String anyDirectory() {
      return directories().get(random.nextInt(directories().size()));
    }

    private void note(String what) {
      trace.add(kernel.nowMs() + ": " + what);
    }

    private void step() throws Exception {
      switch (random.nextInt(15)) {
        case 0, 1, 2, 3 -> command(anyDirectory(), COMMANDS.get(random.nextInt(COMMANDS.size())));
        case 4, 5 -> endOne();
        case 6, 7 -> pass(random.nextInt(3_000));
        case 8 -> pass(random.nextInt(70_000));
        case 9 -> change(anyDirectory(), random.nextBoolean());
        case 10 -> link();
        case 11 -> breakOrHeal();
        case 12 -> scan.calls().raise("HUP");
        case 13 -> killAtRest();
        default -> {
          if (diesAtCalls) {
            killAtACall();
          }
        }
      }
      pass(0);
    }

    private void command(String directory, String letters) {
      note(letters + " to " + directory);
      if (kernel.hasReader(directory + "/supervise/control")) {
        kernel.send(directory + "/supervise/control", letters);
      }
    }

    private void endOne() {
      List<FakeProcess> programs = programs();
      if (!programs.isEmpty()) {
        FakeProcess program = programs.get(random.nextInt(programs.size()));
        note("end of " + program.pid());
        kernel.end(program, new ExitStatus(random.nextInt(3), 0));
      }
    }

    private List<FakeProcess> programs() {
      return kernel.alive().stream().filter(SimulationTest::isProgram).toList();
    }

    private void pass(long ms) throws Exception {
      try {
        scan.run(ms, "/scan");
      } catch (Killed _) {
        note("killed");
        restart();
      }
    }

    private void change(String directory, boolean hasFinish) {
      note("change of " + directory);
      boolean isLogger = directory.endsWith("log");
      kernel.program(
          directory + "/run", isLogger ? Script.logger(random.nextInt(2_000)) : script());
      setting(directory + "/notification-fd", "3");
      setting(directory + "/timeout-kill", Integer.toString(random.nextInt(3_000)));
      setting(directory + "/down", "");
      if (hasFinish) {
        kernel.program(directory + "/finish", script());
      } else if (kernel.exists(directory + "/finish")) {
        kernel.remove(directory + "/finish");
      }
      if (random.nextInt(8) == 0) {
        kernel.changeMode(directory + "/run", 0644);
      }
    }

    private Script script() {
      Script script =
          switch (random.nextInt(3)) {
            case 0 -> Script.exiting(random.nextInt(3_000), random.nextInt(2));
            case 1 -> Script.daemon().ignoring(15);
            default -> Script.daemon();
          };
      return script.readyAfter(random.nextInt(2_000));
    }

    private void setting(String path, String text) {
      if (random.nextInt(3) == 0) {
        kernel.file(path, text);
      } else if (kernel.exists(path)) {
        kernel.remove(path);
      }
    }

    /** Removes the link to a service, or makes one under another name. */
    private void link() {
      int number = random.nextInt(SERVICES);
      String name = "/scan/" + (random.nextBoolean() ? "a" : "b") + number;
      note("link " + name);
      if (kernel.exists(name)) {
        kernel.remove(name);
      } else {
        kernel.link(name, service(number));
      }
    }

    private void linkAll() {
      for (int i = 0; i < SERVICES; i++) {
        if (!kernel.exists("/scan/a" + i)) {
          kernel.link("/scan/a" + i, service(i));
        }
      }
    }

    private void breakOrHeal() {
      note("break or heal");
      switch (random.nextInt(4)) {
        case 0 -> fillDisk();
        case 1 -> kernel.fail("spawn", random.nextBoolean() ? "run" : "finish", Errno.EAGAIN);
        case 2 -> kernel.fail("list", "scan", Errno.EACCES);
        default -> heal();
      }
    }

    private void fillDisk() {
      isDiskFull = true;
      kernel.fail("write", ".new", Errno.ENOSPC);
    }

    private void heal() {
      kernel.heal();
      isDiskFull = false;
      truthMs = Math.max(truthMs, kernel.nowMs() + WRITE_MS);
    }

    /** A process that could not be written down cannot be taken over. */
    private void awaitTruth() throws Exception {
      if (isDiskFull) {
        heal();
      }
      if (kernel.nowMs() < truthMs) {
        pass(truthMs - kernel.nowMs());
      }
    }

    private void killAtRest() throws Exception {
      awaitTruth();
      note("kill");
      scan.kill();
      restart();
    }

    private void killAtACall() throws Exception {
      awaitTruth();
      note("kill at a call");
      scan.calls().dieAfter(random.nextInt(40));
      String directory = anyDirectory();
      command(directory, COMMANDS.get(random.nextInt(COMMANDS.size())));
      endOne();
      pass(6_000);
      scan.calls().dieAfter(Long.MAX_VALUE);
    }

    private void restart() throws Exception {
      scan = new Scan(kernel);
      pass(0);
    }

    // Invariants

    /** At most one program of a service runs. */
    private void checkAlone(FakeProcess started, Collection<FakeProcess> before) {
      for (FakeProcess other : before) {
        boolean isSame = isProgram(other) && other.isInDirectoryOf(started);
        assertFalse(
            isSame,
            () -> started.words() + " is started beside " + other.words() + " of " + other.pid());
      }
    }

    /** The files say what is true. */
    private void checkFiles() {
      if (isDiskFull || kernel.nowMs() < truthMs || !scan.calls().process().isAlive()) {
        return;
      }
      directories().forEach(this::check);
    }

    private void check(String directory) {
      if (!kernel.hasReader(directory + "/supervise/ok")) {
        return;
      }
      StatusRecord status = Scan.status(kernel, directory);
      Details details = Scan.details(kernel, directory);
      List<FakeProcess> programs =
          kernel.in(directory).stream().filter(SimulationTest::isProgram).toList();
      String what = directory + " " + status + " " + details.phase();
      if (programs.isEmpty()) {
        assertEquals(0, status.pid(), what);
        assertEquals(Optional.empty(), details.process(), what);
        boolean isStartScheduled = details.phase().equals("waiting");
        assertTrue(status.want() != 'u' || isStartScheduled, what);
        return;
      }
      FakeProcess program = programs.getFirst();
      assertEquals(Optional.of(program.pid()), details.process().map(ProcessIdentity::pid), what);
      boolean isRun = program.words().getFirst().equals("./run");
      assertEquals(isRun ? "up" : "finishing", details.phase(), what);
      assertEquals(isRun ? program.pid() : 0, status.pid(), what);
      if (!diesAtCalls) {
        // One that dies between the signal and the note leaves a status that is wrong about this.
        assertEquals(isRun && program.isStopped(), status.paused(), what);
      }
    }

    private void checkThatAllComesUp() throws Exception {
      note("all comes up");
      heal();
      linkAll();
      for (String directory : directories()) {
        boolean isLogger = directory.endsWith("log");
        kernel.program(directory + "/run", isLogger ? Script.logger(100) : Script.daemon());
        if (kernel.exists(directory + "/down")) {
          kernel.remove(directory + "/down");
        }
      }
      pass(70_000);
      directories().forEach(directory -> command(directory, "kuc"));
      pass(70_000);
      for (String directory : directories()) {
        assertEquals(List.of("./run"), kernel.only(directory).words(), directory);
        assertEquals('u', Scan.status(kernel, directory).want(), directory);
        if (kernel.exists(directory + "/log")) {
          assertEquals(
              kernel.only(directory).inode(1), kernel.only(directory + "/log").inode(0), "pipe");
        }
      }
    }

    private void checkThatNothingIsLeft() throws Exception {
      note("end");
      scan.calls().raise("TERM");
      pass(30_000);
      assertTrue(scan.hasEnded(), "svscan has ended");
      assertEquals(List.of(scan.calls().process()), kernel.alive());
      assertEquals(4, scan.calls().process().openFiles());
    }
  }

  private static boolean isProgram(FakeProcess process) {
    return process.words().getFirst().startsWith("./");
  }
}
