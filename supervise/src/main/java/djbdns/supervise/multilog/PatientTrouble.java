package djbdns.supervise.multilog;

import djbdns.posix.PosixException;
import djbdns.runtime.Program;
import java.util.Optional;

/** Warns on standard error and waits five seconds. */
final class PatientTrouble implements Trouble {
  private static final int PAUSE_MS = 5000;

  private final Program program;

  PatientTrouble(Program program) {
    this.program = program;
  }

  @Override
  public void pause(String what, Optional<PosixException> cause) {
    String warning = what + ", pausing";
    cause.ifPresentOrElse(
        exception -> program.warn(warning, exception), () -> program.warn(warning));
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }

  @Override
  public void warn(String what, PosixException cause) {
    program.warn(what, cause);
  }

  @Override
  public void warn(String what) {
    program.warn(what);
  }

  @Override
  public void unableToRun(String command, PosixException cause) {
    System.err.println(program.fatal("unable to run " + command, cause).getMessage());
  }
}
