package djbdns.supervise.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.posix.Errno;
import djbdns.posix.PosixException;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.supervise.calls.FakeCalls;
import djbdns.supervise.calls.OnFakeKernel;
import djbdns.supervise.calls.Script;
import djbdns.supervise.run.OneService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program svok, on a machine in memory. */
final class SvokTest extends OnFakeKernel {
  private static final String SERVICE = "/service";

  @BeforeEach
  void makeService() {
    kernel.directory(SERVICE);
    kernel.program(SERVICE + "/run", Script.daemon());
  }

  private void check(String... args) throws PosixException {
    FakeCalls calls = kernel.process();
    Svok.check(new Program("svok"), calls, args);
    assertEquals(0, calls.process().openFiles());
  }

  private void assertFails(int exitCode, String message, String... args) {
    Fatal fatal = assertThrows(Fatal.class, () -> check(args));
    assertEquals(message, fatal.getMessage());
    assertEquals(exitCode, fatal.exitCode());
  }

  @Test
  void shouldTellFromASupervisorThatRuns() throws Exception {
    OneService service = new OneService(kernel, SERVICE);
    check(SERVICE);
    service.command("dx");
    assertFails(ExitCode.USAGE, "", SERVICE);
  }

  @Test
  void shouldTellThatNoneHasEverRun() {
    assertFails(ExitCode.USAGE, "", SERVICE);
  }

  @Test
  void shouldFailWithoutADirectory() {
    assertFails(
        ExitCode.SYSTEM, "svok: fatal: unable to chdir to /none: file does not exist", "/none");
    assertFails(ExitCode.USAGE, "svok: usage: svok dir");
  }

  @Test
  void shouldFailWhereItMayNotLook() throws Exception {
    OneService service = new OneService(kernel, SERVICE);
    service.run(0);
    kernel.fail("open", "supervise/ok", Errno.EACCES);
    assertFails(
        ExitCode.SYSTEM,
        "svok: fatal: unable to open /service/supervise/ok: access denied",
        SERVICE);
  }
}
