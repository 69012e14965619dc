package djbdns.supervise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Fatal;
import djbdns.supervise.calls.FakeProcess;
import djbdns.supervise.calls.OnFakeKernel;
import djbdns.supervise.calls.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program svscan, on a machine in memory. */
final class SvscanTest extends OnFakeKernel {
  private static final String SCAN = "/scan";
  private static final int TERM = 15;
  private static final int CONT = 18;
  private static final int KILL = 9;

  @BeforeEach
  void makeScanDirectory() {
    kernel.directory(SCAN);
  }

  private void service(String path, Script script) {
    kernel.directory(path);
    kernel.program(path + "/run", script);
  }

  private void loggedService(String path) {
    service(path, Script.daemon());
    service(path + "/log", Script.logger(10));
  }

  private Scan scan(long ms) throws Exception {
    Scan scan = new Scan(kernel);
    scan.run(ms, SCAN);
    return scan;
  }

  private void command(Scan scan, String service, String letters) throws Exception {
    kernel.send(service + "/supervise/control", letters);
    scan.run(0);
  }

  private Fatal refusal(String... args) throws Exception {
    Scan scan = new Scan(kernel);
    return assertThrows(Fatal.class, () -> scan.run(0, args));
  }

  private void assertRefused(String message, String... args) throws Exception {
    Fatal fatal = refusal(args);
    assertEquals("svscan: fatal: " + message, fatal.getMessage());
    assertEquals(ExitCode.SYSTEM, fatal.exitCode());
  }

  @Test
  void shouldStartAServiceInEachDirectory() throws Exception {
    service("/scan/a", Script.daemon());
    service("/scan/b", Script.daemon());
    service("/elsewhere/c", Script.daemon());
    service("/scan/.hidden", Script.daemon());
    kernel.link("/scan/c", "/elsewhere/c");
    kernel.file("/scan/README", "");
    scan(60_000);
    assertEquals(List.of("./run"), kernel.only("/scan/a").words());
    assertEquals(List.of("./run"), kernel.only("/scan/b").words());
    assertEquals(List.of("./run"), kernel.only("/elsewhere/c").words());
    assertEquals(List.of(), kernel.in("/scan/.hidden"));
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldStartALinkedServiceAtOnce() throws Exception {
    service("/elsewhere/a", Script.daemon());
    Scan scan = scan(1_200);
    kernel.link("/scan/a", "/elsewhere/a");
    scan.run(0);
    assertEquals(kernel.only("/elsewhere/a").pid(), Scan.status(kernel, "/scan/a").pid());
  }

  /** Its maker may not have finished. */
  @Test
  void shouldLeaveANewDirectoryWithoutRunToTheNextScan() throws Exception {
    Scan scan = scan(1_000);
    kernel.directory("/scan/a");
    scan.run(3_999);
    assertFalse(kernel.exists("/scan/a/supervise"));
    scan.run(1);
    assertTrue(kernel.exists("/scan/a/supervise"));
    assertEquals(
        List.of("supervise: fatal: unable to start a/run: file does not exist"), messages());
  }

  @Test
  void shouldStartANewDirectoryAsSoonAsAnythingChangesWithRunInIt() throws Exception {
    Scan scan = scan(1_000);
    kernel.directory("/scan/a");
    scan.run(1_000);
    kernel.program("/scan/a/run", Script.daemon());
    kernel.file("/scan/touched", "");
    scan.run(0);
    assertEquals(1, kernel.in("/scan/a").size());
  }

  @Test
  void shouldScanAtOnceOnHup() throws Exception {
    kernel.fail("watches", "", 24);
    Scan scan = scan(1_000);
    assertEquals(
        List.of(
            "svscan: warning: unable to watch directory, looking every 5 seconds: process cannot"
                + " open more files"),
        messages());
    service("/scan/a", Script.daemon());
    scan.run(1_000);
    assertEquals(List.of(), kernel.in("/scan/a"));
    scan.calls().raise("HUP");
    scan.run(0);
    assertEquals(1, kernel.in("/scan/a").size());
  }

  @Test
  void shouldScanEveryFiveSecondsWithoutWatches() throws Exception {
    kernel.fail("watches", "", 24);
    Scan scan = scan(1_000);
    service("/scan/a", Script.daemon());
    scan.run(3_999);
    assertEquals(List.of(), kernel.in("/scan/a"));
    scan.run(1);
    assertEquals(1, kernel.in("/scan/a").size());
  }

  @Test
  void shouldGoOnWithARenamedService() throws Exception {
    service("/scan/a", Script.daemon());
    Scan scan = scan(1_000);
    FakeProcess process = kernel.only("/scan/a");
    kernel.rename("/scan/a", "/scan/b");
    scan.run(10_000);
    assertSame(process, kernel.only("/scan/b"));
    assertEquals(process.pid(), Scan.status(kernel, "/scan/b").pid());
    command(scan, "/scan/b", "d");
    assertEquals(List.of(TERM, CONT), process.signals());
  }

  @Test
  void shouldGoOnWithAServiceWithoutANameUntilItIsToldToEnd() throws Exception {
    service("/elsewhere/a", Script.daemon());
    kernel.link("/scan/a", "/elsewhere/a");
    Scan scan = scan(1_000);
    final int open = scan.calls().process().openFiles();
    FakeProcess process = kernel.only("/elsewhere/a");
    kernel.remove("/scan/a");
    scan.run(60_000);
    assertTrue(process.isAlive());
    command(scan, "/elsewhere/a", "dx");
    scan.run(60_000);
    assertFalse(process.isAlive());
    assertEquals(open - 6, scan.calls().process().openFiles(), "the six of a service");
    assertFalse(kernel.hasReader("/elsewhere/a/supervise/ok"));
  }

  @Test
  void shouldStartASupervisorAgainThatHasBeenToldToExit() throws Exception {
    service("/scan/a", Script.daemon());
    Scan scan = scan(1_000);
    command(scan, "/scan/a", "dx");
    assertEquals(List.of(), kernel.in("/scan/a"));
    scan.run(4_000);
    assertEquals(1, kernel.in("/scan/a").size());
  }

  @Test
  void shouldRunAThousandServicesAndRefuseMore() throws Exception {
    for (int i = 0; i <= Limits.MAX_SERVICES; i++) {
      service("/scan/s" + i, Script.daemon());
      kernel.file("/scan/s" + i + "/down", "");
    }
    Scan scan = scan(0);
    assertTrue(kernel.exists("/scan/s999/supervise"));
    assertFalse(kernel.exists("/scan/s1000/supervise"));
    assertEquals(
        List.of("svscan: warning: unable to start s1000: running too many services"), messages());
    kernel.remove("/scan/s0");
    kernel.send("/scan/s1/supervise/control", "x");
    scan.run(0);
    assertFalse(scan.hasEnded());
  }

  @Test
  void shouldNotLetABrokenServiceDisturbTheOthers() throws Exception {
    service("/scan/a", Script.daemon());
    kernel.file("/scan/a/supervise", "");
    service("/scan/b", Script.daemon());
    Scan scan = scan(5_500);
    String message = "supervise: fatal: unable to acquire a/supervise/lock: not a directory";
    assertEquals(List.of(message, message), messages());
    assertEquals(1, kernel.in("/scan/b").size());
    kernel.remove("/scan/a/supervise");
    scan.run(5_000);
    assertEquals(1, kernel.in("/scan/a").size());
  }

  @Test
  void shouldReportADirectoryThatCannotBeReadAndGoOn() throws Exception {
    service("/scan/a", Script.daemon());
    Scan scan = scan(1_000);
    kernel.fail("list", "scan", Errno.EACCES);
    scan.run(4_000);
    assertEquals(List.of("svscan: warning: unable to read directory: access denied"), messages());
    assertEquals(1, kernel.in("/scan/a").size());
    kernel.heal();
    service("/scan/b", Script.daemon());
    scan.run(5_000);
    assertEquals(1, kernel.in("/scan/b").size());
  }

  @Test
  void shouldReportAnEntryWithoutAStatus() throws Exception {
    kernel.link("/scan/a", "/nothing");
    scan(0);
    assertEquals(List.of("svscan: warning: unable to stat a: file does not exist"), messages());
  }

  // Refusals

  @Test
  void shouldRefuseADirectoryThatAnotherSvscanHas() throws Exception {
    service("/scan/a", Script.daemon());
    Scan first = scan(1_000);
    assertRefused("unable to scan /scan: another svscan does", SCAN);
    assertRefused("unable to scan /scan: another svscan does", "--check", SCAN);
    first.kill();
    scan(0);
    assertEquals(1, kernel.in("/scan/a").size());
  }

  @Test
  void shouldRefuseAServiceInThePlaceOfTheScanDirectory() throws Exception {
    service(SCAN, Script.daemon());
    assertRefused("unable to scan /scan: it is a service itself", SCAN);
  }

  @Test
  void shouldRefuseWhatIsNoDirectory() throws Exception {
    assertRefused("unable to chdir to /none: file does not exist", "/none");
    kernel.file("/file", "");
    assertRefused("unable to chdir to /file: not a directory", "/file");
  }

  @Test
  void shouldOnlyCheckIfAskedTo() throws Exception {
    service("/scan/a", Script.daemon());
    Scan scan = new Scan(kernel);
    scan.run(0, "--check", SCAN);
    assertTrue(scan.hasEnded());
    assertEquals(List.of(), kernel.in("/scan/a"));
  }

  @Test
  void shouldScanTheWorkingDirectoryWithoutAnArgument() throws Exception {
    service("/a", Script.daemon());
    new Scan(kernel).run(0);
    assertEquals(1, kernel.in("/a").size());
  }

  @Test
  void shouldScanWithoutALockWhereThereAreNone() throws Exception {
    service("/scan/a", Script.daemon());
    kernel.fail("lock", ".", 37);
    scan(0);
    assertEquals(1, kernel.in("/scan/a").size());
  }

  // Loggers

  @Test
  void shouldConnectAServiceWithItsLogger() throws Exception {
    loggedService("/scan/a");
    scan(0);
    long pipe = kernel.only("/scan/a").inode(1);
    assertNotEquals(0, pipe);
    assertEquals(pipe, kernel.only("/scan/a/log").inode(0));
    assertEquals(0, kernel.only("/scan/a").inode(0), "its own input");
    assertEquals(pipe, Scan.details(kernel, "/scan/a").pipeInode());
    assertEquals(pipe, Scan.details(kernel, "/scan/a/log").pipeInode());
  }

  @Test
  void shouldKeepThePipeWhenServiceOrLoggerRestart() throws Exception {
    loggedService("/scan/a");
    Scan scan = scan(2_000);
    final long pipe = kernel.only("/scan/a").inode(1);
    command(scan, "/scan/a", "t");
    command(scan, "/scan/a/log", "t");
    scan.run(2_000);
    assertEquals(pipe, kernel.only("/scan/a").inode(1));
    assertEquals(pipe, kernel.only("/scan/a/log").inode(0));
  }

  @Test
  void shouldReportAPipeThatCannotBeMade() throws Exception {
    loggedService("/scan/a");
    kernel.fail("pipe", "", 24);
    Scan scan = scan(0);
    assertEquals(
        List.of("svscan: warning: unable to create pipe for a: process cannot open more files"),
        messages());
    assertEquals(List.of(), kernel.in("/scan/a"));
    kernel.heal();
    scan.run(5_000);
    assertEquals(1, kernel.in("/scan/a").size());
    assertEquals(1, kernel.in("/scan/a/log").size());
  }

  @Test
  void shouldNotStartWhatMayHaveALogger() throws Exception {
    loggedService("/scan/a");
    kernel.fail("status", "a/log", Errno.EACCES);
    Scan scan = scan(0);
    assertEquals(List.of("svscan: warning: unable to stat a/log: access denied"), messages());
    assertFalse(kernel.exists("/scan/a/supervise"));
    kernel.heal();
    scan.run(5_000);
    assertEquals(1, kernel.in("/scan/a/log").size());
  }

  @Test
  void shouldSayOnceThatALoggerHasComeTooLate() throws Exception {
    service("/scan/a", Script.daemon());
    Scan scan = scan(1_000);
    service("/scan/a/log", Script.logger(0));
    scan.run(20_000);
    assertEquals(
        List.of(
            "svscan: warning: unable to start a/log beside a running service; to start both, run:"
                + " svc -dx a"),
        messages());
    command(scan, "/scan/a", "dx");
    scan.run(5_000);
    assertEquals(kernel.only("/scan/a").inode(1), kernel.only("/scan/a/log").inode(0));
  }

  @Test
  void shouldStartALoggerWhoseServiceIsDown() throws Exception {
    loggedService("/scan/a");
    kernel.file("/scan/a/down", "");
    scan(0);
    assertEquals(List.of(), kernel.in("/scan/a"));
    assertEquals(1, kernel.in("/scan/a/log").size());
  }

  // The end

  private void assertNothingLeft(Scan scan) {
    assertTrue(scan.hasEnded());
    assertEquals(List.of(scan.calls().process()), kernel.alive());
    assertEquals(4, scan.calls().process().openFiles(), "loop, directory, lock and watches");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void shouldEndServicesThenLoggersThenItself(String signal) throws Exception {
    loggedService("/scan/a");
    service("/scan/b", Script.daemon());
    Scan scan = scan(2_000);
    FakeProcess service = kernel.only("/scan/a");
    FakeProcess logger = kernel.only("/scan/a/log");
    scan.calls().raise(signal);
    scan.run(9);
    assertFalse(service.isAlive());
    assertEquals(List.of(TERM, CONT), service.signals());
    assertTrue(logger.isAlive(), "it has 10 ms to read the rest");
    assertEquals(List.of(CONT), logger.signals());
    scan.run(1);
    assertNothingLeft(scan);
    assertEquals("left", Scan.details(kernel, "/scan/a").phase());
    assertEquals("left", Scan.details(kernel, "/scan/a/log").phase());
    assertEquals('u', Scan.status(kernel, "/scan/b").want());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldKillWhatDoesNotEnd() throws Exception {
    service("/scan/a", Script.daemon().ignoring(TERM));
    service("/scan/a/log", Script.daemon());
    Scan scan = scan(2_000);
    FakeProcess service = kernel.only("/scan/a");
    scan.calls().raise("TERM");
    scan.run(4_999);
    assertTrue(service.isAlive());
    scan.run(5_000);
    assertEquals(List.of(TERM, CONT, KILL), service.signals());
    assertFalse(scan.hasEnded());
    scan.run(1);
    assertNothingLeft(scan);
  }

  @Test
  void shouldStartNothingAfterTheSignal() throws Exception {
    service("/scan/a", Script.daemon().ignoring(TERM));
    Scan scan = scan(2_000);
    scan.calls().raise("TERM");
    scan.calls().raise("TERM");
    scan.calls().raise("HUP");
    service("/scan/b", Script.daemon());
    scan.run(4_000);
    assertEquals(List.of(), kernel.in("/scan/b"));
    scan.run(1_000);
    assertNothingLeft(scan);
  }

  @Test
  void shouldEndAtOnceWithoutServices() throws Exception {
    Scan scan = scan(1_000);
    scan.calls().raise("TERM");
    scan.run(0);
    assertNothingLeft(scan);
  }

  @Test
  void shouldReapOrphans() throws Exception {
    service("/scan/a", Script.daemon());
    Scan scan = scan(2_000);
    FakeProcess orphan = kernel.orphan(kernel.only("/scan/a"), Script.exiting(3_000, 0));
    command(scan, "/scan/a", "d");
    scan.run(3_000);
    assertFalse(orphan.isAlive());
    assertFalse(kernel.exists("/proc/" + orphan.pid() + "/stat"), "no zombie");
  }

  // Taking over

  @Test
  void shouldTakeOverServicesLoggersAndPipes() throws Exception {
    loggedService("/scan/a");
    Scan first = scan(2_000);
    final FakeProcess service = kernel.only("/scan/a");
    final FakeProcess logger = kernel.only("/scan/a/log");
    first.kill();
    Scan second = scan(10_000);
    assertSame(service, kernel.only("/scan/a"));
    assertSame(logger, kernel.only("/scan/a/log"));
    command(second, "/scan/a", "t");
    second.run(2_000);
    assertFalse(service.isAlive());
    assertEquals(logger.inode(0), kernel.only("/scan/a").inode(1), "the same pipe");
    second.calls().raise("TERM");
    second.run(20);
    assertNothingLeft(second);
  }

  @Test
  void shouldGetThePipeBackFromTheServiceAlone() throws Exception {
    loggedService("/scan/a");
    Scan first = scan(2_000);
    final long pipe = kernel.only("/scan/a").inode(1);
    first.kill();
    kernel.end(kernel.only("/scan/a/log"), new ExitStatus(0, 0));
    scan(0);
    assertEquals(pipe, kernel.only("/scan/a").inode(1));
    assertEquals(pipe, kernel.only("/scan/a/log").inode(0));
  }

  @Test
  void shouldReportAPipeThatCannotBeHad() throws Exception {
    loggedService("/scan/a");
    Scan first = scan(2_000);
    first.kill();
    kernel.fail("status", "/fd/0", Errno.EACCES);
    kernel.fail("status", "/fd/1", Errno.EACCES);
    scan(0);
    assertEquals(
        List.of(
            "svscan: warning: unable to get hold of the pipe of a/log: access denied",
            "svscan: warning: unable to get hold of the pipe of a: access denied"),
        messages());
  }

  @Test
  void shouldHandAServiceToTheDirectoryThatHasComeInItsPlace() throws Exception {
    kernel.directory("/run/a");
    kernel.directory("/run/log");
    loggedService("/scan/a");
    kernel.link("/scan/a/supervise", "/run/a");
    kernel.link("/scan/a/log/supervise", "/run/log");
    Scan scan = scan(2_000);
    List<FakeProcess> before = new ArrayList<>(kernel.alive());
    kernel.remove("/scan/a");
    loggedService("/scan/a");
    kernel.link("/scan/a/supervise", "/run/a");
    kernel.link("/scan/a/log/supervise", "/run/log");
    scan.run(10_000);
    assertEquals(before, kernel.alive(), "the same processes");
    FakeProcess service = before.stream().filter(p -> p.inode(1) != 0).findFirst().orElseThrow();
    command(scan, "/scan/a", "t");
    scan.run(1_000);
    assertFalse(service.isAlive());
    assertEquals(List.of("./run"), kernel.only("/scan/a").words(), "in the new directory");
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldNotHandAServiceWithALoggerToADirectoryWithoutOne() throws Exception {
    kernel.directory("/run/a");
    loggedService("/scan/a");
    kernel.link("/scan/a/supervise", "/run/a");
    Scan scan = scan(2_000);
    List<FakeProcess> before = new ArrayList<>(kernel.alive());
    kernel.remove("/scan/a");
    service("/scan/a", Script.daemon());
    kernel.link("/scan/a/supervise", "/run/a");
    scan.run(6_000);
    assertEquals(before, kernel.alive(), "the old one goes on");
    assertEquals(List.of(), kernel.in("/scan/a"));
    assertTrue(messages().getFirst().endsWith("a/supervise/lock: temporary failure"));
  }
}
