package djbdns.supervise.multilog;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.supervise.calls.UnableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** {@code multilog}: reads lines and appends those that a script selects to logs. */
public final class Multilog {
  /** Words that are valid patterns, but are meant as options. */
  private static final Set<String> OPTIONS = Set.of("--help", "--version");

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int CREATION_MASK = 022;

  private Multilog() {}

  public static void main(String[] args) {
    Program program = new Program("multilog");
    program.run(() -> {
      if (args.length > 0 && OPTIONS.contains(args[0])) {
        new CommandLine(program, "script", "Append selected lines of standard input to logs.")
            .parse(args, 0, Integer.MAX_VALUE);
      }
      String[] words = ArgumentBytes.of(args);
      program.nameProcess(words);
      try {
        collector(program, List.of(words)).run();
      } catch (UnableException e) {
        throw program.fatal(e.getMessage());
      }
    });
  }

  private static Collector collector(Program program, List<String> words)
      throws IOException, UnableException {
    new FileSystem().setCreationMask(CREATION_MASK);
    Descriptors descriptors = new Descriptors();
    return new Collector(
        new PosixFileCalls(descriptors),
        new PatientTrouble(program),
        new ShellProcessor(descriptors, ArgumentBytes.environment()),
        InstantSource.system(),
        Files.readString(BOOT_ID).strip(),
        Script.parse(words),
        standardInput(program, descriptors));
  }

  private static Input standardInput(Program program, Descriptors descriptors) {
    try {
      return new StandardInput(descriptors);
    } catch (PosixException e) {
      throw program.fatal("unable to make an event counter", e);
    }
  }
}
