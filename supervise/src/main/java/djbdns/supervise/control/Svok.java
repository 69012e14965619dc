package djbdns.supervise.control;

import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import djbdns.supervise.calls.PosixSystemCalls;
import djbdns.supervise.calls.SystemCalls;

/** The program svok: its exit code says whether a supervisor runs in a directory (svok.c). */
public final class Svok {
  private Svok() {}

  public static void main(String[] args) {
    Program program = new Program("svok");
    program.run(() -> check(program, new PosixSystemCalls(), ArgumentBytes.of(args)));
  }

  /** Returns if a supervisor runs in the directory. */
  static void check(Program program, SystemCalls calls, String... args) throws PosixException {
    String directory =
        new CommandLine(program, "dir", "Says by its exit code whether supervise runs there.")
            .parse(args, 1, Integer.MAX_VALUE)
            .operands()
            .getFirst();
    try (ServiceView view = open(program, calls, directory)) {
      if (!isSupervised(program, view, directory)) {
        throw program.silent(ExitCode.USAGE);
      }
    }
  }

  private static ServiceView open(Program program, SystemCalls calls, String directory) {
    try {
      return ServiceView.open(calls, directory);
    } catch (PosixException e) {
      throw program.fatal("unable to chdir to " + directory, e);
    }
  }

  private static boolean isSupervised(Program program, ServiceView view, String directory) {
    try {
      return view.hasSupervisor();
    } catch (PosixException e) {
      throw program.fatal("unable to open " + directory + "/supervise/ok", e);
    }
  }
}
