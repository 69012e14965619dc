package djbdns.supervise.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.runtime.Program;
import djbdns.supervise.calls.FakeCalls;
import djbdns.supervise.calls.OnFakeKernel;
import djbdns.supervise.calls.Script;
import djbdns.supervise.run.OneService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program svstat beside our supervisor, on a machine in memory. */
final class SvstatTest extends OnFakeKernel {
  private static final String SERVICE = "/service";

  @BeforeEach
  void makeService() {
    kernel.directory(SERVICE);
    kernel.program(SERVICE + "/run", Script.daemon());
  }

  private OneService supervise() throws Exception {
    OneService service = new OneService(kernel, SERVICE);
    service.run(0);
    return service;
  }

  private String svstat(String... args) {
    FakeCalls calls = kernel.process();
    String text = Svstat.report(new Program("svstat"), calls, args).toString();
    assertEquals(0, calls.process().openFiles());
    return text;
  }

  private void assertPrints(String line) {
    assertEquals("/service: " + line + "\n", svstat(SERVICE));
  }

  @Test
  void shouldPrintAServiceThatIsUp() throws Exception {
    OneService service = supervise();
    service.run(61_500);
    String up = "up (pid " + service.process().pid() + ") ";
    assertPrints(up + "61 seconds");
    service.command("p");
    assertPrints(up + "61 seconds, paused");
    kernel.file(SERVICE + "/down", "");
    assertPrints(up + "61 seconds, normally down, paused");
  }

  @Test
  void shouldPrintAServiceThatDoesNotEnd() throws Exception {
    kernel.program(SERVICE + "/run", Script.daemon().ignoring(15));
    OneService service = supervise();
    service.command("d");
    assertPrints("up (pid " + service.process().pid() + ") 0 seconds, want down");
  }

  @Test
  void shouldPrintAServiceThatIsDown() throws Exception {
    OneService service = supervise();
    service.run(5_000);
    service.command("d");
    service.run(7_000);
    assertPrints("down 7 seconds, normally up");
    kernel.file(SERVICE + "/down", "");
    assertPrints("down 7 seconds");
  }

  @Test
  void shouldPrintAServiceThatIsAboutToStart() throws Exception {
    kernel.program(SERVICE + "/run", Script.exiting(0, 1));
    OneService service = supervise();
    service.run(10_500);
    assertPrints("down 0 seconds, normally up, want up");
  }

  @Test
  void shouldPrintMoreIfAskedTo() throws Exception {
    kernel.file(SERVICE + "/notification-fd", "3");
    kernel.program(SERVICE + "/run", Script.daemon().readyAfter(2_000));
    OneService service = supervise();
    service.run(1_000);
    kernel.end(service.process(), new ExitStatus(3, 0));
    service.run(1_000);
    service.command("k");
    service.run(8_000);
    assertEquals(
        "/service: up (pid "
            + service.process().pid()
            + ") 8 seconds, ready 6 seconds\n"
            + "  killed by signal 9, 8 seconds ago\n"
            + "  exited 3, 9 seconds ago\n",
        svstat("-v", SERVICE));
  }

  @Test
  void shouldPrintAFinishIfAskedTo() throws Exception {
    kernel.program(SERVICE + "/finish", Script.daemon());
    OneService service = supervise();
    service.command("k");
    assertEquals(
        """
        /service: down 0 seconds, normally up, want up, finishing
          killed by signal 9, 0 seconds ago
        """,
        svstat(SERVICE, "-v"));
  }

  @Test
  void shouldPrintJson() throws Exception {
    OneService service = supervise();
    service.run(3_000);
    int pid = service.process().pid();
    assertEquals(
        "{\"directory\":\"/service\",\"up\":true,\"pid\":"
            + pid
            + ",\"seconds\":3,\"normallyUp\":true,\"paused\":false,\"want\":\"up\",\"phase\":\"up\""
            + ",\"ready\":false,\"endings\":[]}\n",
        svstat("--json", SERVICE));
    assertEquals(
        "{\"directory\":\"/none\",\"error\":\"unable to chdir: file does not exist\"}\n",
        svstat("--json", "/none"));
  }

  @Test
  void shouldPrintALineForEachDirectory() {
    assertEquals(
        """
        /none: unable to chdir: file does not exist
        /service: unable to open supervise/ok: file does not exist
        """,
        svstat("/none", SERVICE));
    assertEquals("", svstat());
  }

  @Test
  void shouldPrintThatTheSupervisorHasGone() throws Exception {
    supervise().command("dx");
    assertPrints("supervise not running");
  }

  @ParameterizedTest
  @CsvSource({
    "status, down, 'unable to stat down: access denied'",
    "open, supervise/ok, 'unable to open supervise/ok: access denied'",
    "open, supervise/status, 'unable to open supervise/status: access denied'"
  })
  void shouldPrintWhyTheStatusIsUnknown(String call, String path, String reason) throws Exception {
    supervise();
    kernel.fail(call, path, Errno.EACCES);
    assertPrints(reason);
  }

  @Test
  void shouldPrintThatTheStatusIsShort() throws Exception {
    supervise();
    kernel.file(SERVICE + "/supervise/status", "17 bytes, no more");
    assertPrints("unable to read supervise/status: bad format");
  }

  @Test
  void shouldReadTheStatusOfOtherSupervisors() throws Exception {
    OneService service = supervise();
    final int pid = service.process().pid();
    kernel.remove(SERVICE + "/supervise/details");
    assertEquals("/service: up (pid " + pid + ") 0 seconds\n", svstat("-v", SERVICE));
  }
}
