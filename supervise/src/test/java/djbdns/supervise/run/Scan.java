package djbdns.supervise.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.posix.PosixException;
import djbdns.runtime.Program;
import djbdns.supervise.calls.FakeCalls;
import djbdns.supervise.calls.FakeCalls.Paused;
import djbdns.supervise.calls.FakeKernel;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.StatusRecord;
import java.util.List;

/** The program svscan on a machine in memory. */
final class Scan {
  private static final Program SVSCAN = new Program("svscan");

  private final FakeKernel kernel;
  private final FakeCalls calls;
  private final Platform platform;
  private boolean begun;
  private boolean ended;

  /** A process that will run svscan. */
  Scan(FakeKernel kernel) throws PosixException {
    this.kernel = kernel;
    calls = kernel.process();
    platform = Platform.of(calls, calls, List.of("PATH=/bin"));
  }

  /** Runs svscan with these arguments, or goes on with it, for a time or until it ends. */
  void run(long ms, String... args) throws PosixException {
    calls.pauseAfter(ms);
    try {
      if (begun) {
        platform.loop().run();
      } else {
        begun = true;
        Svscan.scan(SVSCAN, platform, Svscan.parse(SVSCAN, args));
      }
      ended = true;
    } catch (Paused _) {
      // The time has passed.
    }
  }

  void kill() {
    kernel.kill(calls);
  }

  FakeCalls calls() {
    return calls;
  }

  /** True if svscan has ended by itself. */
  boolean hasEnded() {
    return ended;
  }

  static StatusRecord status(FakeKernel kernel, String service) {
    return StatusRecord.unpack(kernel.bytes(service + "/supervise/status")).orElseThrow();
  }

  static Details details(FakeKernel kernel, String service) {
    return Details.parse(new String(kernel.bytes(service + "/supervise/details"), ISO_8859_1));
  }
}
