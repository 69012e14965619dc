package djbdns.supervise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.FileSystem;
import djbdns.supervise.calls.FakeCalls;
import djbdns.supervise.calls.OnFakeKernel;
import djbdns.supervise.calls.UnableException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceDirectoryTest extends OnFakeKernel {
  private static final String SERVICE = "/service";

  private final FakeCalls calls = kernel.process();
  private Platform platform;
  private int openBefore;

  @BeforeEach
  void prepare() throws Exception {
    kernel.directory(SERVICE);
    platform = Platform.of(calls, calls, List.of());
    openBefore = calls.process().openFiles();
  }

  private ServiceDirectory open() throws UnableException {
    return ServiceDirectory.open(platform, FileSystem.CURRENT, SERVICE);
  }

  private void assertRefused(String message) {
    UnableException refusal = assertThrows(UnableException.class, () -> open().announce());
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void shouldMakeAndOpenWhatItNeeds() throws Exception {
    ServiceDirectory directory = open();
    assertFalse(kernel.exists("/service/supervise/ok"));
    directory.announce();
    assertTrue(kernel.hasReader("/service/supervise/ok"));
    assertTrue(kernel.hasReader("/service/supervise/control"));
    assertTrue(directory.isNormallyUp());
    assertEquals(kernel.inode("/service/supervise"), directory.stateIdentity().inode());
    directory.close();
    assertEquals(openBefore, calls.process().openFiles());
    assertFalse(kernel.hasReader("/service/supervise/ok"));
    assertEquals(List.of(), messages());
  }

  @ParameterizedTest
  @CsvSource({
    "openDirectory, service, 13, 'chdir to /service: access denied'",
    "status, down, 13, 'stat /service/down: access denied'",
    "makeDirectory, supervise, 30, 'acquire /service/supervise/lock: file does not exist'",
    "openDirectory, supervise, 13, 'acquire /service/supervise/lock: access denied'",
    "open, lock, 28, 'acquire /service/supervise/lock: out of disk space'",
    "lock, lock, 11, 'acquire /service/supervise/lock: temporary failure'",
    "makeFifo, control, 28, 'read /service/supervise/control: file does not exist'",
    "open, control, 13, 'read /service/supervise/control: access denied'",
  })
  void shouldSayWhichStepFailedAndCloseWhatItHadOpened(
      String call, String path, int errno, String what) {
    kernel.fail(call, path, errno);
    assertRefused("unable to " + what);
    assertEquals(openBefore, calls.process().openFiles());
    assertEquals(List.of(), messages());
  }

  @Test
  void shouldRefuseADirectoryThatDoesNotExist() {
    kernel.remove(SERVICE);
    assertRefused("unable to chdir to /service: file does not exist");
  }

  @Test
  void shouldRefuseADirectoryThatIsSupervised() throws Exception {
    FakeCalls other = kernel.process();
    ServiceDirectory theirs =
        ServiceDirectory.open(Platform.of(other, other, List.of()), FileSystem.CURRENT, SERVICE);
    assertRefused("unable to acquire /service/supervise/lock: temporary failure");
    theirs.close();
    assertTrue(open().isNormallyUp());
  }

  @ParameterizedTest
  @CsvSource({"control", "ok"})
  void shouldRefuseAFileInThePlaceOfAFifo(String fifo) throws Exception {
    kernel.file(makeSupervise() + "/" + fifo, "");
    assertRefused("unable to read /service/supervise/" + fifo + ": file already exists");
  }

  private String makeSupervise() {
    kernel.directory("/service/supervise");
    return "/service/supervise";
  }

  @Test
  void shouldRefuseAFileInThePlaceOfSupervise() {
    kernel.file("/service/supervise", "");
    assertRefused("unable to acquire /service/supervise/lock: not a directory");
  }

  @Test
  void shouldMakeTheTargetOfALinkToNothing() throws Exception {
    kernel.directory("/run");
    kernel.link("/service/supervise", "/run/service");
    open().announce();
    assertTrue(kernel.hasReader("/run/service/ok"));
  }

  @Test
  void shouldReadTheFileDown() throws Exception {
    kernel.file("/service/down", "");
    assertFalse(open().isNormallyUp());
  }

  @Test
  void shouldReportASettingThatCannotBeRead() throws Exception {
    ServiceDirectory directory = open();
    kernel.directory("/service/timeout-kill");
    kernel.fail("read", "timeout-kill", 21);
    assertTrue(directory.readNumber("timeout-kill", 0, 9).isEmpty());
    assertEquals(
        List.of("supervise: warning: unable to read /service/timeout-kill: is a directory"),
        messages());
  }

  @Test
  void shouldKnowWhenAnotherDirectoryHasTakenItsPlace() throws Exception {
    kernel.directory("/run/service");
    kernel.link("/service/supervise", "/run/service");
    ServiceDirectory directory = open();
    assertFalse(directory.isReplacedBy(calls.status(FileSystem.CURRENT, "/run/service")));
    kernel.remove(SERVICE);
    assertTrue(directory.isReplacedBy(calls.status(FileSystem.CURRENT, "/run/service")));
    assertFalse(directory.isReplacedBy(calls.status(FileSystem.CURRENT, "/run")));
  }
}
