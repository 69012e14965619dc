package djbdns.supervise.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.supervise.calls.FakeCalls;
import djbdns.supervise.calls.FakeProcess;
import djbdns.supervise.calls.OnFakeKernel;
import djbdns.supervise.calls.Script;
import djbdns.supervise.run.OneService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program svc beside our supervisor, on a machine in memory. */
final class SvcTest extends OnFakeKernel {
  private static final String SERVICE = "/service";
  private static final String USAGE =
      "svc options: u up, d down, o once, x exit, p pause, c continue, h hup, a alarm,"
          + " i interrupt, t term, k kill, q quit, 1 usr1, 2 usr2, W winch, w wait, T seconds";

  private final List<OneService> services = new ArrayList<>();

  @BeforeEach
  void makeService() {
    make(SERVICE, Script.daemon());
  }

  private void make(String path, Script run) {
    kernel.directory(path);
    kernel.program(path + "/run", run);
  }

  private OneService supervise(String path) throws Exception {
    OneService service = new OneService(kernel, path);
    service.run(0);
    services.add(service);
    return service;
  }

  /** Runs svc while the supervisors go on. */
  private void svc(String... args) throws Exception {
    FakeCalls calls = kernel.process();
    calls.whenWaiting(this::goOn);
    int open = calls.process().openFiles();
    try {
      new Svc(new Program("svc"), calls).run(args);
    } finally {
      goOn();
    }
    assertTrue(calls.process().openFiles() - open <= args.length, "one file for a directory");
  }

  private void goOn() {
    try {
      for (OneService service : services) {
        service.run(0);
      }
    } catch (PosixException e) {
      throw new AssertionError(e);
    }
  }

  private Fatal failure(String... args) {
    return assertThrows(Fatal.class, () -> svc(args));
  }

  private void assertFailsSilently(String... args) {
    Fatal failure = failure(args);
    assertEquals("", failure.getMessage());
    assertEquals(ExitCode.SYSTEM, failure.exitCode());
  }

  /** The letters that a supervisor of another make gets. */
  private String lettersOf(String... options) throws Exception {
    kernel.directory("/other/supervise");
    kernel.fifo("/other/supervise/control");
    FakeCalls other = kernel.process();
    other.open(
        FileSystem.CURRENT, "/other/supervise/control", FileSystem.READ | FileSystem.NONBLOCKING);
    List<String> args = new ArrayList<>(List.of(options));
    args.add("/other");
    svc(args.toArray(String[]::new));
    return new String(kernel.bytes("/other/supervise/control"), ISO_8859_1);
  }

  @Test
  void shouldSendTheLettersInTheirOrder() throws Exception {
    assertEquals("udopchaitkxq12w", lettersOf("-udopchaitkxq12W"));
  }

  @Test
  void shouldSendEachLetterOnce() throws Exception {
    assertEquals("du", lettersOf("-d", "-ud", "-d"));
  }

  @Test
  void shouldSendNothingWithoutOptions() throws Exception {
    assertEquals("", lettersOf());
  }

  @ParameterizedTest
  @CsvSource({
    "-z, 'svc: illegal option -- z'",
    "-w, 'svc: option requires an argument -- w'",
    "-T, 'svc: option requires an argument -- T'"
  })
  void shouldRefuseWrongOptions(String option, String complaint) {
    Fatal failure = failure(option);
    assertEquals(complaint + "\n" + USAGE, failure.getMessage());
    assertEquals(ExitCode.USAGE, failure.exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wz", "-wud", "-T-1", "-T1000000001", "-Tx", "-T99999999999"})
  void shouldRefuseWrongValues(String option) {
    Fatal failure = failure(option, SERVICE);
    assertEquals(USAGE, failure.getMessage());
    assertEquals(ExitCode.USAGE, failure.exitCode());
  }

  @Test
  void shouldCommandEveryService() throws Exception {
    make("/two", Script.daemon());
    FakeProcess one = supervise(SERVICE).process();
    FakeProcess two = supervise("/two").process();
    svc("-d", SERVICE, "/two");
    assertFalse(one.isAlive());
    assertFalse(two.isAlive());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldWarnAndGoOnWhereNoSupervisorRuns() throws Exception {
    supervise(SERVICE).command("dx");
    kernel.directory("/never");
    make("/two", Script.daemon());
    FakeProcess two = supervise("/two").process();
    svc("-d", "/none", SERVICE, "/never", "/two");
    assertEquals(
        List.of(
            "svc: warning: unable to chdir to /none: file does not exist",
            "svc: warning: unable to control /service: supervise not running",
            "svc: warning: unable to control /never: file does not exist"),
        messages());
    assertFalse(two.isAlive());
  }

  // Waiting

  @Test
  void shouldWaitUntilAServiceIsDown() throws Exception {
    kernel.program(SERVICE + "/run", Script.daemon().ignoring(15));
    kernel.file(SERVICE + "/timeout-kill", "2500");
    OneService service = supervise(SERVICE);
    svc("-dwd", SERVICE);
    assertEquals(2_500, kernel.nowMs());
    service.run(0);
    assertEquals(List.of(), kernel.in(SERVICE));
  }

  @Test
  void shouldWaitUntilAServiceIsUp() throws Exception {
    kernel.file(SERVICE + "/down", "");
    kernel.fail("spawn", "run", Errno.EAGAIN);
    supervise(SERVICE);
    kernel.after(10_000, kernel::heal);
    svc("-u", "-wu", SERVICE);
    assertEquals(1, kernel.in(SERVICE).size());
    assertEquals(60_000, kernel.nowMs());
  }

  @Test
  void shouldWaitUntilAServiceIsUpAgain() throws Exception {
    OneService service = supervise(SERVICE);
    service.run(300);
    FakeProcess before = service.process();
    svc("-t", "-wr", SERVICE);
    assertNotSame(before, service.process());
    assertEquals(1_000, kernel.nowMs(), "a second after the start before");
  }

  @Test
  void shouldWaitUntilTheSupervisorHasGone() throws Exception {
    OneService service = supervise(SERVICE);
    svc("-dx", "-wx", SERVICE);
    assertTrue(service.hasLeft());
  }

  @Test
  void shouldNotWaitForASupervisorThatHasNeverBeen() throws Exception {
    svc("-wx", SERVICE);
    assertEquals(0, kernel.nowMs());
  }

  @Test
  void shouldWaitForASupervisorThatIsNotThereYet() throws Exception {
    kernel.after(
        7_000,
        () -> {
          try {
            supervise(SERVICE);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    svc("-wu", SERVICE);
    assertTrue(kernel.nowMs() >= 7_000 && kernel.nowMs() <= 7_100, "at " + kernel.nowMs());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldWaitUntilAServiceIsReady() throws Exception {
    kernel.file(SERVICE + "/notification-fd", "3");
    kernel.program(SERVICE + "/run", Script.daemon().readyAfter(4_000));
    OneService service = supervise(SERVICE);
    svc("-wU", SERVICE);
    assertEquals(4_000, kernel.nowMs());
    svc("-t", "-wU", SERVICE);
    assertEquals(8_000, kernel.nowMs(), "that of the new run");
    svc("-wU", SERVICE);
    assertEquals(8_000, kernel.nowMs());
    assertEquals(service.process().pid(), kernel.only(SERVICE).pid());
  }

  @Test
  void shouldNotWaitForWhatWillNeverBeReady() throws Exception {
    FakeProcess process = supervise(SERVICE).process();
    String message = "svc: fatal: unable to wait until /service is ready: ";
    assertEquals(
        message + "there is no file notification-fd (a daemon of this suite takes 3 in it)",
        failure("-d", "-wU", SERVICE).getMessage());
    kernel.file(SERVICE + "/notification-fd", "2");
    assertEquals(
        message + "notification-fd is not a number from 3 to 255",
        failure("-d", "-wU", SERVICE).getMessage());
    kernel.file(SERVICE + "/notification-fd", "3");
    assertEquals(
        message + "it was started without notification-fd and has to be restarted",
        failure("-wU", SERVICE).getMessage());
    assertEquals(List.of(), process.signals(), "nothing is sent before");
  }

  @Test
  void shouldGiveUpWhenTheTimeIsOver() throws Exception {
    kernel.program(SERVICE + "/run", Script.daemon().ignoring(15));
    supervise(SERVICE);
    assertFailsSilently("-d", "-wd", "-T", "3", SERVICE);
    assertEquals(3_000, kernel.nowMs());
    assertEquals(
        List.of("svc: warning: unable to wait until /service is down: timed out"), messages());
  }

  @Test
  void shouldLookOnceWithATimeOfZero() throws Exception {
    supervise(SERVICE);
    svc("-wu", "-T0", SERVICE);
    assertFailsSilently("-wd", "-T0", SERVICE);
    assertEquals(0, kernel.nowMs());
  }

  @Test
  void shouldHaveOneTimeForAllServices() throws Exception {
    kernel.program(SERVICE + "/run", Script.daemon().ignoring(15));
    make("/two", Script.daemon().ignoring(15));
    supervise(SERVICE);
    supervise("/two");
    assertFailsSilently("-d", "-wd", "-T2", SERVICE, "/two");
    assertEquals(2_000, kernel.nowMs());
    assertEquals(
        List.of(
            "svc: warning: unable to wait until /service is down: timed out",
            "svc: warning: unable to wait until /two is down: timed out"),
        messages());
  }

  @ParameterizedTest
  @CsvSource({
    "-wd, 'down: timed out'",
    "-wU, 'ready: timed out; run has exited 7, see its log'",
    "-wx, 'no longer supervised: timed out; run has exited 7, see its log'"
  })
  void shouldSayHowTheServiceHasEndedMeanwhile(String goal, String what) throws Exception {
    kernel.file(SERVICE + "/notification-fd", "3");
    OneService service = supervise(SERVICE);
    service.run(10_000);
    if (!goal.equals("-wd")) {
      kernel.after(500, () -> kernel.end(kernel.only(SERVICE), new ExitStatus(7, 0)));
    }
    assertFailsSilently(goal, "-T2", SERVICE);
    assertEquals(List.of("svc: warning: unable to wait until /service is " + what), messages());
  }

  @Test
  void shouldSayWhereToLookForWhyItIsNotReady() throws Exception {
    kernel.file(SERVICE + "/notification-fd", "3");
    supervise(SERVICE);
    assertFailsSilently("-wU", "-T1", SERVICE);
    assertEquals(
        List.of("svc: warning: unable to wait until /service is ready: timed out; see its log"),
        messages());
  }

  @Test
  void shouldFailIfOneOfTheServicesDoesNotExist() throws Exception {
    supervise(SERVICE);
    assertFailsSilently("-wu", "/none", SERVICE);
    assertEquals(
        List.of("svc: warning: unable to chdir to /none: file does not exist"), messages());
  }
}
