package djbdns.supervise.run;

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
  private Svscan() {}

  public static void main(String[] args) {
    Program program = new Program("svscan");
    program.run(() -> scan(program, ArgumentBytes.of(args)));
  }

  private static void scan(Program program, String[] args) throws IOException {
    List<String> operands =
        new CommandLine(program, "[ dir ]", "Starts and watches the services in a directory.")
            .parse(args, 0, Integer.MAX_VALUE)
            .operands();
    program.nameProcess(args);
    Host host = Host.ofThisProcess();
    String name = operands.isEmpty() ? "." : operands.getFirst();
    int directory = open(program, host, name);
    if (isService(host, directory)) {
      // A link to a service has been made where the scan directory should have been.
      throw program.fatal("unable to scan " + name + ": it is a service itself");
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
