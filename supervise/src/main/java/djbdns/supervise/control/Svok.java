package djbdns.supervise.control;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;

/** The program svok: whether a supervisor runs in a directory, as an exit code (svok.c). */
public final class Svok {
  private Svok() {}

  public static void main(String[] args) {
    Program program = new Program("svok");
    program.run(() -> check(program, ArgumentBytes.of(args)));
  }

  private static void check(Program program, String[] args) throws PosixException {
    String directory =
        new CommandLine(program, "dir", "Says by its exit code whether supervise runs there.")
            .parse(args, 1, Integer.MAX_VALUE)
            .operands()
            .getFirst();
    try (ServiceView view = open(program, directory)) {
      if (!isSupervised(program, view, directory)) {
        throw program.silent(ExitCode.USAGE);
      }
    }
  }

  private static ServiceView open(Program program, String directory) {
    try {
      return ServiceView.open(new FileSystem(), new Descriptors(), directory);
    } catch (PosixException e) {
      throw program.fatal("unable to chdir to " + directory, e);
    }
  }

  private static boolean isSupervised(Program program, ServiceView view, String directory) {
    try {
      return view.isSupervised();
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw program.fatal("unable to open " + directory + "/supervise/ok", e);
    }
  }
}
