package djbdns.supervise.chain;

import djbdns.posix.Descriptors;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import djbdns.runtime.ShortOptions;
import java.io.IOException;
import java.util.List;

/**
 * {@code setlock}: runs a program while a file is locked. The lock belongs to the open file, which
 * the program inherits. Source: setlock.c.
 */
public final class Setlock {
  private static final int LOCK_FILE =
      FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.APPEND | FileSystem.CREATE;
  private static final int OWNER_ONLY = 0600;

  private final Program program;
  private final FileSystem files = new FileSystem();
  private final Descriptors descriptors = new Descriptors();
  private boolean waits = true;
  private boolean quiet;

  private Setlock(Program program) {
    this.program = program;
  }

  public static void main(String[] args) {
    ChainCommand command =
        new ChainCommand(
            "setlock",
            "[ -nNxX ] file program [ arg ... ]",
            "Run a program while a file is locked.");
    command.run(
        args,
        0,
        (program, words) -> {
          ShortOptions.Parsed parsed =
              new ShortOptions(program, "nNxX", command.usage())
                  .parse(words.toArray(String[]::new));
          List<String> operands = parsed.operands();
          if (operands.size() < 2) {
            throw command.usage();
          }
          Setlock setlock = new Setlock(program);
          setlock.configure(parsed.options());
          setlock.run(operands.getFirst(), operands.subList(1, operands.size()));
        });
  }

  /** Reads the options; the last of contrary ones counts. */
  private void configure(List<ShortOptions.Option> options) {
    for (ShortOptions.Option option : options) {
      switch (option.letter()) {
        case 'n' -> waits = false;
        case 'N' -> waits = true;
        case 'x' -> quiet = true;
        case 'X' -> quiet = false;
        default -> throw new AssertionError(option);
      }
    }
  }

  private void run(String file, List<String> child) throws IOException {
    int lock = attempt("unable to open " + file, () -> open(file));
    attempt("unable to lock " + file, () -> lock(lock));
    NextProgram next = new NextProgram(program, child);
    // The number that the file would have without a JVM.
    int number = next.ownDescriptors().inherited().nextClearBit(0);
    throw next.run(new Handover(lock, number));
  }

  private int open(String file) throws PosixException {
    return files.open(FileSystem.CURRENT, file, LOCK_FILE, OWNER_ONLY);
  }

  private int lock(int descriptor) throws PosixException {
    descriptors.lock(descriptor, waits);
    return descriptor;
  }

  @FunctionalInterface
  private interface Step {
    int run() throws PosixException;
  }

  private int attempt(String what, Step step) {
    try {
      return step.run();
    } catch (PosixException e) {
      throw quiet ? program.silent(ExitCode.SUCCESS) : program.fatal(what, e);
    }
  }
}
