package djbdns.supervise.run;

import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.runtime.Signals;
import java.io.IOException;
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
    program.run(() -> scan(program, ArgumentBytes.of(args)));
  }

  private static void scan(Program program, String[] args) throws IOException {
    CommandLine.Arguments arguments =
        new CommandLine(program, "[ dir ]", "Starts and watches the services in a directory.")
            .flag(CHECK, "Only say whether it could.")
            .parse(args, 0, Integer.MAX_VALUE);
    List<String> operands = arguments.operands();
    program.nameProcess(args);
    Host host = Host.ofThisProcess();
    String name = operands.isEmpty() ? "." : operands.getFirst();
    int directory = open(program, host, name);
    if (isService(host, directory)) {
      // A link to a service has been made where the scan directory should have been.
      throw program.fatal("unable to scan " + name + ": it is a service itself");
    }
    if (!lock(host, directory)) {
      throw program.fatal("unable to scan " + name + ": another svscan does");
    }
    if (arguments.has(CHECK)) {
      return;
    }
    host.processes().adoptOrphans();
    ScanDirectory scanDirectory = new ScanDirectory(program, host, directory, host.loop()::stop);
    Signals.handle("HUP", () -> host.loop().post(scanDirectory::scanAll));
    for (String signal : List.of("TERM", "INT")) {
      Signals.handle(signal, () -> host.loop().post(scanDirectory::stop));
    }
    scanDirectory.start();
    host.loop().run();
  }

  /**
   * Locks a directory until this process ends; false if another process has. Children do not get
   * the descriptor, so that they hold no lock when this process is killed.
   */
  private static boolean lock(Host host, int directory) {
    try {
      host.descriptors().lock(host.files().open(directory, ".", FileSystem.READ), false);
      return true;
    } catch (PosixException e) {
      // Where the directory may not be read the scan says so; some file systems have no locks.
      return !e.is(Errno.EAGAIN);
    }
  }

  private static boolean isService(Host host, int directory) {
    try {
      return host.files().status(directory, "run").isRegular();
    } catch (PosixException e) {
      return false;
    }
  }

  private static int open(Program program, Host host, String name) {
    try {
      return host.files().openDirectory(FileSystem.CURRENT, name);
    } catch (PosixException e) {
      throw program.fatal("unable to chdir to " + name, e);
    }
  }
}
