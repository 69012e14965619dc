package djbdns.supervise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.supervise.calls.FakeProcess;
import djbdns.supervise.calls.OnFakeKernel;
import djbdns.supervise.calls.Script;
import djbdns.supervise.status.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A supervisor and every kind of event, on a machine in memory. */
final class SupervisorTest extends OnFakeKernel {
  private static final String SERVICE = "/service";
  private static final int TERM = 15;
  private static final int CONT = 18;
  private static final int KILL = 9;

  /** When each process was started, in milliseconds. */
  private final List<Long> starts = new ArrayList<>();

  private final List<FakeProcess> started = new ArrayList<>();

  @BeforeEach
  void makeService() {
    kernel.directory(SERVICE);
    kernel.program(SERVICE + "/run", Script.daemon());
    kernel.whenStarted((child, before) -> {
      starts.add(kernel.nowMs());
      started.add(child);
    });
  }

  private OneService supervise() throws Exception {
    return new OneService(kernel, SERVICE);
  }

  private void run(Script script) {
    kernel.program(SERVICE + "/run", script);
  }

  private void finish(Script script) {
    kernel.program(SERVICE + "/finish", script);
  }

  private void setting(String file, String text) {
    kernel.file(SERVICE + "/" + file, text);
  }

  private static void end(FakeProcess process, OneService service, FakeKernelEnd how)
      throws Exception {
    how.end(process);
    service.run(0);
  }

  @FunctionalInterface
  private interface FakeKernelEnd {
    void end(FakeProcess process);
  }

  private void exit(OneService service, int code) throws Exception {
    end(service.process(), service, process -> kernel.end(process, new ExitStatus(code, 0)));
  }

  @Test
  void shouldStartRunAtOnceAndSayWhichProcessItIs() throws Exception {
    OneService service = supervise();
    service.run(0);
    FakeProcess process = service.process();
    assertEquals(List.of("./run"), process.words());
    assertEquals(List.of("PATH=/bin"), process.environment());
    assertEquals(process.pid(), service.status().pid());
    assertEquals('u', service.status().want());
    assertEquals("up", service.details().phase());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldStartRunAtMostOnceASecond() throws Exception {
    run(Script.exiting(0, 7));
    OneService service = supervise();
    service.run(12_500);
    assertEquals(13, starts.size());
    for (int i = 0; i < starts.size(); i++) {
      assertEquals(1_000L * i, starts.get(i));
    }
    assertEquals("waiting", service.details().phase());
    assertEquals(10, service.details().endings().size());
    assertEquals(7, service.details().endings().getFirst().code());
  }

  @Test
  void shouldStartAtOnceWhatHasRunForASecond() throws Exception {
    run(Script.exiting(1_500, 0));
    supervise().run(3_100);
    assertEquals(List.of(0L, 1_500L, 3_000L), starts);
  }

  @Test
  void shouldLeaveAServiceWithAFileDownDownUntilACommand() throws Exception {
    setting("down", "");
    OneService service = supervise();
    service.run(10_000);
    service.assertDown();
    assertEquals('d', service.status().want());
    service.command("u");
    assertEquals(service.process().pid(), service.status().pid());
    assertEquals('u', service.status().want());
  }

  @Test
  void shouldRunFinishWithTheExitCodeOfRun() throws Exception {
    finish(Script.exiting(300, 0));
    OneService service = supervise();
    service.run(2_000);
    exit(service, 3);
    assertEquals(List.of("./finish", "3", "0"), service.process().words());
    assertEquals("finishing", service.details().phase());
    assertEquals(0, service.status().pid());
    service.run(299);
    assertEquals("finishing", service.details().phase());
    service.run(1);
    assertEquals(List.of("./run"), service.process().words());
    assertEquals(List.of(0L, 2_000L, 2_300L), starts);
  }

  @Test
  void shouldRunFinishWithTheSignalThatEndedRun() throws Exception {
    finish(Script.exiting(300, 0));
    OneService service = supervise();
    service.run(0);
    service.command("k");
    assertEquals(List.of("./finish", "-1", "9"), service.process().words());
  }

  @Test
  void shouldKillAFinishThatTakesLongerThanFiveSeconds() throws Exception {
    finish(Script.daemon());
    OneService service = supervise();
    service.run(0);
    service.command("d");
    service.run(4_999);
    assertEquals(List.of(), service.process().signals());
    service.run(1);
    service.assertDown();
    assertEquals(List.of(KILL), started.getLast().signals());
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "7000, 7000", "x, 5000"})
  void shouldKillFinishAfterTheTimeInTimeoutFinish(String text, long ms) throws Exception {
    finish(Script.daemon());
    setting("timeout-finish", text);
    OneService service = supervise();
    service.run(0);
    service.command("d");
    service.run(ms - 1);
    assertEquals(List.of(), service.process().signals());
    service.run(1);
    service.assertDown();
    assertEquals(
        text.equals("x")
            ? List.of(
                "supervise: warning: unable to use /service/timeout-finish: not a number from 0 to"
                    + " 2147483647")
            : List.of(),
        messages());
  }

  @Test
  void shouldNeverKillFinishIfTimeoutFinishIsZero() throws Exception {
    finish(Script.daemon());
    setting("timeout-finish", "0\n");
    OneService service = supervise();
    service.run(0);
    service.command("d");
    service.run(3_600_000);
    assertEquals(List.of("./finish", "-1", "15"), service.process().words());
  }

  @Test
  void shouldGoOnWithoutAFinishThatCannotBeExecuted() throws Exception {
    setting("finish", "not executable");
    OneService service = supervise();
    service.run(0);
    exit(service, 0);
    service.run(1_000);
    assertEquals(List.of("./run"), service.process().words());
    assertEquals(
        List.of("supervise: warning: unable to start /service/finish: access denied"), messages());
  }

  @ParameterizedTest
  @CsvSource({"11, temporary failure", "12, out of memory"})
  void shouldTryAgainAfterAMinuteIfTheSystemHasNoProcess(int errno, String cause) throws Exception {
    kernel.fail("spawn", "./run", errno);
    OneService service = supervise();
    service.run(59_999);
    service.assertDown();
    assertEquals("waiting", service.details().phase());
    assertEquals(
        List.of("supervise: warning: unable to fork for /service, sleeping 60 seconds: " + cause),
        messages());
    kernel.heal();
    service.run(1);
    assertEquals(List.of(60_000L), starts);
    assertEquals(List.of(), service.details().endings());
  }

  @Test
  void shouldNotStartAfterAMinuteWhatIsWantedDownMeanwhile() throws Exception {
    kernel.fail("spawn", "./run", Errno.EAGAIN);
    OneService service = supervise();
    service.run(30_000);
    kernel.heal();
    service.command("d");
    service.run(120_000);
    service.assertDown();
    assertEquals(List.of(), starts);
  }

  @Test
  void shouldTakeARunThatDoesNotExistForOneThatHasExited111() throws Exception {
    kernel.remove(SERVICE + "/run");
    OneService service = supervise();
    service.run(1_500);
    String message = "supervise: fatal: unable to start /service/run: file does not exist";
    assertEquals(List.of(message, message), messages());
    assertEquals("waiting", service.details().phase());
    assertEquals(2, service.details().endings().size());
    assertEquals(111, service.details().endings().getFirst().code());
    assertEquals(service.details().endings().getFirst().at(), service.status().since());
    run(Script.daemon());
    service.run(500);
    assertEquals(List.of(2_000L), starts);
  }

  @ParameterizedTest
  @CsvSource({
    "h, 1", "i, 2", "q, 3", "1, 10", "2, 12", "a, 14", "t, 15", "w, 28", "k, 9", "p, 19", "c, 18"
  })
  void shouldSendTheSignalOfACommand(String letter, int signal) throws Exception {
    run(Script.daemon().ignoring(1, 2, 3, 10, 12, 14, 15));
    OneService service = supervise();
    service.run(0);
    FakeProcess process = service.process();
    service.command(letter);
    assertEquals(List.of(signal), process.signals());
  }

  @Test
  void shouldSendNoSignalIfNothingRuns() throws Exception {
    setting("down", "");
    OneService service = supervise();
    service.command("phaitkq12wc");
    service.assertDown();
    assertFalse(service.status().paused());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldIgnoreLettersWithoutAMeaning() throws Exception {
    OneService service = supervise();
    service.run(0);
    service.command("?zU\n\0");
    assertEquals(List.of(), service.process().signals());
    assertEquals('u', service.status().want());
  }

  @Test
  void shouldEndByTermAndContAndStayDown() throws Exception {
    OneService service = supervise();
    service.run(0);
    FakeProcess process = service.process();
    service.command("d");
    assertEquals(List.of(TERM, CONT), process.signals());
    service.run(100_000);
    service.assertDown();
    assertEquals('d', service.status().want());
    assertEquals(List.of(0L), starts);
    service.command("u");
    assertEquals(List.of(0L, 100_000L), starts);
  }

  @Test
  void shouldEndAPausedService() throws Exception {
    OneService service = supervise();
    service.run(0);
    service.command("p");
    assertTrue(service.status().paused());
    assertTrue(service.process().isStopped());
    service.command("d");
    service.assertDown();
    assertFalse(service.status().paused());
  }

  @Test
  void shouldPauseAndContinue() throws Exception {
    run(Script.exiting(1_000, 0));
    OneService service = supervise();
    service.run(0);
    service.command("p");
    service.run(60_000);
    assertEquals(List.of(0L), starts);
    service.command("c");
    assertFalse(service.status().paused());
    assertEquals(List.of(0L, 60_000L), starts);
  }

  @Test
  void shouldRunOnce() throws Exception {
    setting("down", "");
    run(Script.exiting(500, 0));
    OneService service = supervise();
    service.command("o");
    assertEquals(service.process().pid(), service.status().pid());
    assertEquals('\0', service.status().want());
    service.run(10_000);
    service.assertDown();
    assertEquals(List.of(0L), starts);
  }

  @Test
  void shouldObeyCommandsThatComeTogetherInTheirOrder() throws Exception {
    OneService service = supervise();
    service.run(2_000);
    service.command("du");
    service.run(0);
    assertEquals(List.of(0L, 2_000L), starts);
    assertEquals('u', service.status().want());
    service.command("dx");
    assertTrue(service.hasLeft());
  }

  @Test
  void shouldLeaveNothingOpenWhenToldToExit() throws Exception {
    OneService service = supervise();
    service.run(0);
    service.command("x");
    assertFalse(service.hasLeft(), "the service still runs");
    exit(service, 0);
    assertTrue(service.hasLeft());
    assertEquals("left", service.details().phase());
    assertEquals(0, service.status().pid());
    assertFalse(kernel.hasReader(SERVICE + "/supervise/ok"));
    assertEquals(1, service.calls().process().openFiles(), "the loop's own");
    OneService next = supervise();
    next.run(0);
    assertEquals(next.process().pid(), next.status().pid());
  }

  @Test
  void shouldRunOnceMoreIfToldSoBeforeExit() throws Exception {
    setting("down", "");
    run(Script.exiting(100, 0));
    OneService service = supervise();
    service.command("ox");
    assertFalse(service.hasLeft());
    service.run(100);
    assertTrue(service.hasLeft());
    assertEquals(List.of(0L), starts);
  }

  @Test
  void shouldNotKillAServiceThatDoesNotEndUnlessThereIsATime() throws Exception {
    run(Script.daemon().ignoring(TERM));
    OneService service = supervise();
    service.run(0);
    service.command("d");
    service.run(3_600_000);
    assertEquals(List.of(TERM, CONT), service.process().signals());
    assertEquals('d', service.status().want());
  }

  @Test
  void shouldKillAfterTheTimeInTimeoutKill() throws Exception {
    run(Script.daemon().ignoring(TERM));
    setting("timeout-kill", "700");
    OneService service = supervise();
    service.run(0);
    FakeProcess process = service.process();
    service.command("d");
    service.run(699);
    assertEquals(List.of(TERM, CONT), process.signals());
    service.run(1);
    assertEquals(List.of(TERM, CONT, KILL), process.signals());
    service.assertDown();
  }

  @Test
  void shouldNotKillIfWantedUpAgain() throws Exception {
    run(Script.daemon().ignoring(TERM));
    setting("timeout-kill", "700");
    OneService service = supervise();
    service.run(0);
    service.command("d");
    service.run(600);
    service.command("u");
    service.run(60_000);
    assertEquals(List.of(0L), starts);
    assertEquals(List.of(TERM, CONT), service.process().signals());
  }

  @Test
  void shouldKillWhatDoesNotEndWithinFiveSecondsOfTheStop() throws Exception {
    run(Script.daemon().ignoring(TERM));
    OneService service = supervise();
    service.run(0);
    service.supervisor().stop();
    service.run(4_999);
    assertFalse(service.hasLeft());
    service.run(1);
    assertTrue(service.hasLeft());
    assertEquals(List.of(), kernel.in(SERVICE));
    assertEquals('u', service.status().want(), "the will of the administrator outlives this");
  }

  @Test
  void shouldLetALoggerReadTheRest() throws Exception {
    OneService service = supervise();
    service.run(0);
    FakeProcess process = service.process();
    service.supervisor().drain();
    service.run(3_000);
    assertEquals(List.of(CONT), process.signals());
    service.run(2_000);
    assertTrue(service.hasLeft());
    assertEquals(List.of(CONT, KILL), process.signals());
  }

  @Test
  void shouldStartALoggerOnceMoreToReadTheRest() throws Exception {
    run(Script.exiting(100, 0));
    OneService service = supervise();
    service.run(200);
    assertEquals("waiting", service.details().phase());
    service.supervisor().drain();
    service.run(800);
    assertEquals(2, starts.size());
    service.run(100);
    assertTrue(service.hasLeft());
  }

  @Test
  void shouldBecomeReadyByANewline() throws Exception {
    setting("notification-fd", "3\n");
    run(Script.daemon().readyAfter(300));
    OneService service = supervise();
    service.run(299);
    assertEquals(List.of("PATH=/bin", "NOTIFICATION_FD=3"), service.process().environment());
    assertEquals(Optional.empty(), service.details().ready());
    assertEquals(service.process().inode(3), service.details().notificationInode());
    service.run(1);
    assertTrue(service.details().ready().isPresent());
    assertEquals(0, service.details().notificationInode());
    exit(service, 0);
    service.run(700);
    assertEquals(2, starts.size());
    assertEquals(Optional.empty(), service.details().ready(), "of the run before");
    service.run(300);
    assertTrue(service.details().ready().isPresent());
  }

  @Test
  void shouldStartWithoutAnUnusableNotificationDescriptor() throws Exception {
    setting("notification-fd", "2");
    OneService service = supervise();
    service.run(0);
    assertEquals(List.of("PATH=/bin"), service.process().environment());
    assertEquals(
        List.of(
            "supervise: warning: unable to use /service/notification-fd: not a number from 3 to"
                + " 255"),
        messages());
  }

  @Test
  void shouldStopListeningToARunThatClosesTheNotification() throws Exception {
    setting("notification-fd", "3");
    run(Script.exiting(100, 0));
    OneService service = supervise();
    service.run(5_500);
    assertEquals(6, starts.size());
    int open = service.calls().process().openFiles();
    service.run(60_000);
    assertEquals(open, service.calls().process().openFiles());
  }

  @ParameterizedTest
  @CsvSource({
    "open, status.new, 28, 'open /service/supervise/status.new: out of disk space'",
    "write, status.new, 28, 'write /service/supervise/status.new: out of disk space'",
    "partial write, status.new, 28, 'write /service/supervise/status.new: partial write'",
    "rename, status.new, 13, 'rename /service/supervise/status.new to status: access denied'",
    "write, details.new, 28, 'write /service/supervise/details.new: out of disk space'"
  })
  void shouldWriteTheStatusAgainWhenItCouldNotBeWritten(
      String call, String file, int errno, String what) throws Exception {
    OneService service = supervise();
    service.run(0);
    kernel.fail(call, file, errno);
    service.command("p");
    assertEquals(List.of("supervise: warning: unable to " + what), messages());
    kernel.heal();
    service.run(4_999);
    service.command("?");
    service.run(1);
    assertTrue(service.status().paused());
    assertEquals("up", service.details().phase());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldSuperviseOnAFullDisk() throws Exception {
    OneService service = supervise();
    service.run(0);
    kernel.fail("write", "supervise/status.new", Errno.ENOSPC);
    kernel.fail("write", "status.new", Errno.ENOSPC);
    exit(service, 1);
    service.run(1_000);
    assertEquals(2, starts.size());
    assertEquals(1, kernel.in(SERVICE).size());
    service.command("dx");
    assertTrue(service.hasLeft());
  }

  @Test
  void shouldSignalTheWholeGroupIfAskedTo() throws Exception {
    setting("kill-group", "");
    OneService service = supervise();
    service.run(0);
    FakeProcess child = service.process();
    FakeProcess grandchild = kernel.orphan(child, Script.daemon());
    service.command("d");
    assertEquals(List.of(TERM), grandchild.signals());
    assertFalse(grandchild.isAlive());
  }

  @Test
  void shouldSignalNoOtherProcessOfTheService() throws Exception {
    OneService service = supervise();
    service.run(0);
    FakeProcess grandchild = kernel.orphan(service.process(), Script.daemon());
    service.command("d");
    assertEquals(List.of(), grandchild.signals());
  }

  @Test
  void shouldReportASignalThatCannotBeSent() throws Exception {
    OneService service = supervise();
    service.run(0);
    kernel.fail("kill", "", Errno.EPERM);
    service.command("h");
    assertEquals(
        List.of("supervise: warning: unable to signal /service: permission denied"), messages());
    assertEquals("up", service.details().phase());
  }

  @Test
  void shouldObeyAfterAStartThatThrew() throws Exception {
    OneService service = supervise();
    service.calls().breakClockOnce();
    service.run(0);
    assertEquals("waiting", service.details().phase());
    assertEquals(
        List.of(
            "supervise: warning: unable to deal with an event: java.lang.IllegalStateException: broken clock"),
        messages());
    service.command("dx");
    assertTrue(service.hasLeft());
  }

  @Test
  void shouldGoOnAfterAWaitThatFailed() throws Exception {
    OneService service = supervise();
    service.run(0);
    kernel.fail("reap", "", Errno.EINTR);
    exit(service, 0);
    assertEquals(
        List.of("supervise: warning: unable to wait for a child: interrupted system call"),
        messages());
    kernel.heal();
    service.calls().raise("CHLD");
    service.run(1_000);
    assertEquals(2, starts.size());
  }

  // Taking over

  @Test
  void shouldTakeOverTheProcessOfAKilledSupervisor() throws Exception {
    OneService first = supervise();
    first.run(5_000);
    final FakeProcess process = first.process();
    final var since = first.status().since();
    first.kill();
    kernel.after(10_000, () -> {});
    OneService second = supervise();
    second.run(10_000);
    assertSame(process, second.process());
    assertEquals(1, starts.size());
    assertEquals(since, second.status().since());
    assertEquals(process.pid(), second.status().pid());
    second.command("t");
    assertEquals(List.of(TERM), process.signals());
    assertEquals(2, starts.size());
    Ending ending = second.details().endings().getFirst();
    assertTrue(ending.isUnknown());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldTakeOverAPausedProcess() throws Exception {
    OneService first = supervise();
    first.run(0);
    first.command("p");
    first.kill();
    OneService second = supervise();
    second.run(0);
    assertTrue(second.status().paused());
    second.command("c");
    assertFalse(second.process().isStopped());
    assertFalse(second.status().paused());
  }

  @Test
  void shouldTakeOverAFinish() throws Exception {
    finish(Script.exiting(3_000, 0));
    OneService first = supervise();
    first.run(0);
    exit(first, 0);
    FakeProcess finish = first.process();
    first.kill();
    OneService second = supervise();
    second.run(2_999);
    assertSame(finish, second.process());
    assertEquals("finishing", second.details().phase());
    second.run(1);
    assertEquals(List.of("./run"), second.process().words());
  }

  @Test
  void shouldTakeOverAReadyProcess() throws Exception {
    setting("notification-fd", "3");
    run(Script.daemon().readyAfter(100));
    OneService first = supervise();
    first.run(200);
    final var ready = first.details().ready();
    assertTrue(ready.isPresent());
    first.kill();
    OneService second = supervise();
    second.run(5_000);
    assertEquals(ready, second.details().ready());
  }

  @Test
  void shouldHearFromAProcessThatWasNotReadyYet() throws Exception {
    setting("notification-fd", "3");
    run(Script.daemon().readyAfter(100));
    OneService first = supervise();
    first.run(50);
    first.kill();
    OneService second = supervise();
    second.run(49);
    assertEquals(Optional.empty(), second.details().ready());
    second.run(1);
    assertTrue(second.details().ready().isPresent());
  }

  /** Killed between the start of the process and the note which one it is. */
  @Test
  void shouldFindTheProcessThatWasNotWrittenDown() throws Exception {
    OneService first = supervise();
    kernel.whenStarted((child, before) -> {
      started.add(child);
      first.kill();
      throw new Killed();
    });
    try {
      first.run(0);
    } catch (Killed _) {
      // As it should be.
    }
    assertEquals(1, started.size());
    kernel.whenStarted((child, before) -> started.add(child));
    OneService second = supervise();
    second.run(5_000);
    assertSame(started.getFirst(), second.process());
    assertEquals(1, started.size());
    assertEquals("up", second.details().phase());
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void shouldStartAgainWhatHasEndedMeanwhile() throws Exception {
    OneService first = supervise();
    first.run(0);
    FakeProcess process = first.process();
    first.kill();
    kernel.end(process, new ExitStatus(0, 0));
    OneService second = supervise();
    second.run(0);
    assertNotEquals(process.pid(), second.process().pid());
  }

  @Test
  void shouldTakeOverNoOtherProcessWithThePid() throws Exception {
    OneService first = supervise();
    first.run(0);
    FakeProcess process = first.process();
    first.kill();
    String details = kernel.text(SERVICE + "/supervise/details");
    kernel.file(
        SERVICE + "/supervise/details",
        details.replace("process " + process.pid() + " 0", "process " + process.pid() + " 1"));
    OneService second = supervise();
    second.run(0);
    assertEquals(2, starts.size());
    assertEquals(List.of(), process.signals());
  }

  @Test
  void shouldTakeOverNothingOfAnEarlierBoot() throws Exception {
    OneService first = supervise();
    first.run(0);
    first.command("d");
    kernel.reboot("boot-2");
    OneService second = supervise();
    second.run(0);
    assertEquals('u', second.status().want(), "the file down decides at a boot");
    assertEquals(second.process().pid(), second.status().pid());
    assertEquals(15, second.details().endings().getFirst().signal(), "the history is kept");
  }

  @Test
  void shouldKeepTheWishesOfAKilledSupervisor() throws Exception {
    OneService first = supervise();
    first.run(0);
    first.command("d");
    final var since = first.status().since();
    first.kill();
    OneService second = supervise();
    second.run(10_000);
    second.assertDown();
    assertEquals('d', second.status().want());
    assertEquals(since, second.status().since());
  }

  @Test
  void shouldForgetTheWishesOfASupervisorThatHasLeft() throws Exception {
    OneService first = supervise();
    first.run(0);
    first.command("dx");
    OneService second = supervise();
    second.run(0);
    assertEquals('u', second.status().want());
    assertEquals(second.process().pid(), second.status().pid());
  }

  @Test
  void shouldTakeOverNothingForACopy() throws Exception {
    OneService original = supervise();
    original.run(0);
    final FakeProcess process = original.process();
    kernel.copy(SERVICE, "/copy");
    OneService copy = new OneService(kernel, "/copy");
    copy.run(0);
    assertNotEquals(process.pid(), copy.process().pid());
    assertEquals(List.of(), copy.details().endings());
    original.run(1_000);
    assertSame(process, original.process());
  }

  @Test
  void shouldReportAProcessThatCannotBeTakenOver() throws Exception {
    OneService first = supervise();
    first.run(0);
    first.kill();
    kernel.fail("open process", "", Errno.EPERM);
    supervise().run(0);
    assertEquals(
        List.of(
            "supervise: warning: unable to take over the process of /service: permission denied"),
        messages());
  }

  @Test
  void shouldGiveWayWithoutAnEndOfTheService() throws Exception {
    OneService first = supervise();
    first.run(0);
    FakeProcess process = first.process();
    first.supervisor().giveWay();
    assertTrue(first.hasLeft());
    assertEquals(List.of(), process.signals());
    OneService second = supervise();
    second.run(0);
    assertSame(process, second.process());
  }
}
