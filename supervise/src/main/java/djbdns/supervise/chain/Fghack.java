package djbdns.supervise.chain;

import djbdns.posix.Descriptors;
import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * {@code fghack}: runs a program that puts itself in the background, and waits until no process has
 * any of the descriptors that the program was given for this purpose. Source: fghack.c.
 */
public final class Fghack {
  /** The writing end of the pipe and its 30 copies. */
  private static final int COPIES = 31;

  private static final int READ_BYTES = 4096;

  private final Program program;
  private final Descriptors descriptors = new Descriptors();
  private final Processes processes = new Processes();

  private Fghack(Program program) {
    this.program = program;
  }

  public static void main(String[] args) {
    ChainCommand command =
        new ChainCommand(
            "fghack", "child", "Run a program and wait for all that it leaves behind.");
    command.run(
        args,
        1,
        (program, words) -> {
          throw new Fghack(program).run(words);
        });
  }

  private Fatal run(List<String> child) throws IOException {
    NextProgram next = new NextProgram(program, child);
    Pipe pipe = pipe();
    int pid = next.spawn(copies(pipe.writeEnd(), next.ownDescriptors().inherited()));
    descriptors.close(pipe.writeEnd());
    awaitEnd(pipe.readEnd());
    ExitStatus status = await(pid);
    return status.isCrash() ? program.fatal("child crashed") : program.silent(status.code());
  }

  private Pipe pipe() {
    try {
      return descriptors.pipe();
    } catch (PosixException e) {
      throw program.fatal("unable to create pipe", e);
    }
  }

  /** The lowest numbers, which the copies would get without a JVM. */
  private static List<Handover> copies(int writeEnd, BitSet inherited) {
    List<Handover> copies = new ArrayList<>();
    int number = -1;
    for (int i = 0; i < COPIES; i++) {
      number = inherited.nextClearBit(number + 1);
      copies.add(new Handover(writeEnd, number));
    }
    return copies;
  }

  /**
   * Reads until no process has the other end; data that a process writes there by mistake is lost.
   */
  private void awaitEnd(int readEnd) throws PosixException {
    byte[] ignored = new byte[READ_BYTES];
    int length;
    do {
      length = descriptors.read(readEnd, ignored);
    } while (length > 0);
  }

  private ExitStatus await(int pid) {
    try {
      return processes.await(pid);
    } catch (PosixException e) {
      throw program.fatal("wait failed", e);
    }
  }
}
