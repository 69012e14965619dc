package djbdns.supervise.filter;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import djbdns.posix.Descriptors;
import djbdns.posix.PosixException;
import djbdns.runtime.CommandLine;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * Reads standard input to its end, and writes the output of a {@link Transformer}. The output of
 * each read is written before the next read. An error ends the program with exit code 111 and, as
 * in the originals, without a message.
 */
final class Filter {
  private static final Set<String> OPTIONS = Set.of("--help", "--version");
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int INPUT = 0;
  private static final int OUTPUT = 1;

  private final Program program;
  private final Descriptors descriptors = new Descriptors();
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);

  Filter(Program program) {
    this.program = program;
  }

  /**
   * Does the work of a command that has no arguments; others than options are ignored.
   *
   * @param description one sentence for {@code --help}
   */
  void run(String[] args, String description, Transformer transformer) throws IOException {
    if (args.length > 0 && OPTIONS.contains(args[0])) {
      new CommandLine(program, "", description).parse(args, 0, Integer.MAX_VALUE);
    }
    byte[] input = new byte[BUFFER_BYTES];
    while (true) {
      int length = read(input);
      if (length == 0) {
        return;
      }
      transformer.accept(input, length);
      write(transformer.output(), transformer.takeLength());
    }
  }

  private int read(byte[] input) {
    try {
      int length = descriptors.read(INPUT, buffer);
      MemorySegment.copy(buffer, JAVA_BYTE, 0, input, 0, length);
      return length;
    } catch (PosixException _) {
      throw program.silent(ExitCode.SYSTEM);
    }
  }

  private void write(byte[] output, int length) {
    int at = 0;
    try {
      while (at < length) {
        int part = Math.min(length - at, BUFFER_BYTES);
        MemorySegment.copy(output, at, buffer, JAVA_BYTE, 0, part);
        at += descriptors.write(OUTPUT, buffer.asSlice(0, part));
      }
    } catch (PosixException _) {
      throw program.silent(ExitCode.SYSTEM);
    }
  }
}
