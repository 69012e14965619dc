package djbdns.supervise.run;

import djbdns.posix.FileSystem;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.runtime.Signals;
import java.io.IOException;
import java.util.List;

/** The program supervise: keeps one service running (supervise.c). */
public final class Supervise {
  private Supervise() {}

  public static void main(String[] args) {
    Program program = new Program("supervise");
    program.run(() -> supervise(program, ArgumentBytes.of(args)));
  }

  private static void supervise(Program program, String[] args) throws IOException {
    String name =
        new CommandLine(program, "dir", "Starts the service in a directory and keeps it running.")
            .parse(args, 1, 1)
            .operands()
            .getFirst();
    program.nameProcess(args);
    Host host = Host.ofThisProcess();
    ServiceDirectory directory =
        ServiceDirectory.open(
            program, host.files(), host.descriptors(), FileSystem.CURRENT, name, name);
    Supervisor supervisor = new Supervisor(host, directory, List.of(), 0, host.loop()::stop);
    for (String signal : List.of("TERM", "INT")) {
      Signals.handle(signal, () -> host.loop().post(supervisor::stop));
    }
    supervisor.start();
    host.loop().run();
  }
}
