package djbdns.supervise.run;

import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.supervise.calls.UnableException;
import java.util.List;

/** The program supervise: keeps one service running (supervise.c). */
public final class Supervise {
  private Supervise() {}

  public static void main(String[] args) {
    Program program = new Program("supervise");
    program.run(() -> {
      String[] words = ArgumentBytes.of(args);
      String directory = parse(program, words);
      program.nameProcess(words);
      supervise(program, Platform.ofThisProcess(), directory);
    });
  }

  private static String parse(Program program, String[] args) {
    return new CommandLine(
            program, "dir", "Starts the service in a directory and keeps it running.")
        .parse(args, 1, 1)
        .operands()
        .getFirst();
  }

  /** Supervises a service until a command or a signal ends that. */
  static void supervise(Program program, Platform platform, String path) throws PosixException {
    try {
      ServiceDirectory directory = ServiceDirectory.open(platform, FileSystem.CURRENT, path);
      Supervisor supervisor =
          new Supervisor(platform, directory, List.of(), 0, platform.loop()::stop);
      for (String signal : List.of("TERM", "INT")) {
        platform.handle(signal, supervisor::stop);
      }
      supervisor.start();
    } catch (UnableException e) {
      throw program.fatal(e.getMessage());
    }
    platform.loop().run();
  }
}
