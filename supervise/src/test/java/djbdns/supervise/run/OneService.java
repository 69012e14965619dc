package djbdns.supervise.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.FakeCalls;
import djbdns.supervise.calls.FakeCalls.Paused;
import djbdns.supervise.calls.FakeKernel;
import djbdns.supervise.calls.FakeProcess;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.StatusRecord;
import java.util.List;

/** A service directory on a machine in memory, and a supervisor of it. */
public final class OneService {
  private final FakeKernel kernel;
  private final String path;
  private final FakeCalls calls;
  private final Platform platform;
  private final Supervisor supervisor;
  private boolean left;

  /** Starts a supervisor in a new process. */
  public OneService(FakeKernel kernel, String path) throws Exception {
    this.kernel = kernel;
    this.path = path;
    calls = kernel.process();
    platform = Platform.of(calls, calls, List.of("PATH=/bin", "NOTIFICATION_FD=7"));
    supervisor =
        new Supervisor(
            platform,
            ServiceDirectory.open(platform, FileSystem.CURRENT, path),
            List.of(),
            0,
            () -> {
              left = true;
              platform.loop().stop();
            });
    supervisor.start();
  }

  /** Lets a time pass. */
  public void run(long ms) throws PosixException {
    calls.pauseAfter(ms);
    try {
      platform.loop().run();
    } catch (Paused _) {
      // The time has passed.
    }
  }

  /** Sends commands, and lets the supervisor obey. */
  public void command(String letters) throws PosixException {
    kernel.send(path + "/supervise/control", letters);
    run(0);
  }

  public void kill() {
    kernel.kill(calls);
  }

  Supervisor supervisor() {
    return supervisor;
  }

  FakeCalls calls() {
    return calls;
  }

  public boolean hasLeft() {
    return left;
  }

  StatusRecord status() {
    return StatusRecord.unpack(kernel.bytes(path + "/supervise/status")).orElseThrow();
  }

  Details details() {
    return Details.parse(new String(kernel.bytes(path + "/supervise/details"), ISO_8859_1));
  }

  /** The process of the service, which the status must name. */
  public FakeProcess process() {
    FakeProcess process = kernel.only(path);
    assertEquals(process.pid(), details().process().orElseThrow().pid());
    return process;
  }

  void assertDown() {
    assertEquals(List.of(), kernel.in(path));
    assertEquals(0, status().pid());
  }
}
