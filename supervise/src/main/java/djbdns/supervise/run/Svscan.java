package djbdns.supervise.run;

import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.CommandLine.Arguments;
import djbdns.runtime.Program;
import djbdns.supervise.calls.SystemCalls;
import java.util.List;

/**
 * The program svscan: starts a supervisor for each subdirectory of a directory, and keeps them
 * running (svscan.c). All of them are in this one process.
 */
public final class Svscan {
  private static final String CHECK = "--check";

  private Svscan() {}

  public static void main(String[] args) {
    Program program = new Program("svscan");
    program.run(() -> {
      String[] words = ArgumentBytes.of(args);
      Arguments arguments = parse(program, words);
      program.nameProcess(words);
      scan(program, Platform.ofThisProcess(), arguments);
    });
  }

  static Arguments parse(Program program, String... args) {
    return new CommandLine(program, "[ dir ]", "Starts and watches the services in a directory.")
        .flag(CHECK, "Only say whether it could.")
        .parse(args, 0, Integer.MAX_VALUE);
  }

  /** Runs the services of a directory until a signal ends that. */
  static void scan(Program program, Platform platform, Arguments arguments) throws PosixException {
    List<String> operands = arguments.operands();
    String name = operands.isEmpty() ? "." : operands.getFirst();
    SystemCalls calls = platform.calls();
    int directory = open(program, calls, name);
    if (isService(calls, directory)) {
      // A link to a service is in the place of the scan directory.
      throw program.fatal("unable to scan " + name + ": it is a service itself");
    }
    if (!lock(calls, directory)) {
      throw program.fatal("unable to scan " + name + ": another svscan does");
    }
    if (arguments.has(CHECK)) {
      return;
    }
    platform.processes().adoptOrphans();
    ScanDirectory scanDirectory =
        new ScanDirectory(program, platform, directory, platform.loop()::stop);
    platform.handle("HUP", scanDirectory::scanAll);
    for (String signal : List.of("TERM", "INT")) {
      platform.handle(signal, scanDirectory::stop);
    }
    scanDirectory.start();
    platform.loop().run();
  }

  /**
   * Locks a directory until this process ends; false if another process has. Children do not get
   * the descriptor, so that they hold no lock when this process is killed.
   */
  private static boolean lock(SystemCalls calls, int directory) {
    try {
      calls.lock(calls.open(directory, ".", FileSystem.READ));
      return true;
    } catch (PosixException e) {
      // The scan reports a directory that cannot be read; some file systems have no locks.
      return !e.is(Errno.EAGAIN);
    }
  }

  private static boolean isService(SystemCalls calls, int directory) {
    try {
      return calls.status(directory, "run").isRegular();
    } catch (PosixException e) {
      return false;
    }
  }

  private static int open(Program program, SystemCalls calls, String name) {
    try {
      return calls.openDirectory(FileSystem.CURRENT, name);
    } catch (PosixException e) {
      throw program.fatal("unable to chdir to " + name, e);
    }
  }
}
