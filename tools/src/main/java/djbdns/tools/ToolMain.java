package djbdns.tools;

import djbdns.client.ResolvConf;
import djbdns.client.nio.KernelRandom;
import djbdns.client.nio.SystemSettings;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.Program;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The common part of every tool's {@code main}. */
final class ToolMain {
  private ToolMain() {}

  /** Runs the tool on this system and exits with its code. Never returns. */
  static void run(String name, Tool tool, String[] args) {
    Program program = new Program(name);
    // Without the locks, encoders and line ends of System.out and System.in.
    Output out = new Output(new FileOutputStream(FileDescriptor.out));
    Host host =
        new Host(
            new SystemSettings(System.getenv()),
            new KernelRandom(),
            new FileInputStream(FileDescriptor.in),
            out);
    program.run(() -> run(program, tool, ArgumentBytes.of(args), host));
  }

  /** Runs the tool to its end, with all of its output written. */
  static void run(Program program, Tool tool, String[] args, Host host) {
    if (tool.asksCaches()) {
      ResolvConf.ignoredVariable(host.settings())
          .ifPresent(value -> program.warn("unable to parse $DNSCACHEIP, ignoring it: " + value));
    }
    try {
      tool.run(program, args, host);
      host.out().flush();
    } catch (IOException e) {
      throw program.unableToWriteOutput(e);
    }
  }
}
