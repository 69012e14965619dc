package djbdns.supervise.chain;

import djbdns.posix.Errno;
import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.IOException;
import java.util.List;

/**
 * {@code pgrphack}: runs a program in a session and process group of its own. Source: pgrphack.c.
 */
public final class Pgrphack {
  private Pgrphack() {}

  public static void main(String[] args) {
    ChainCommand command =
        new ChainCommand("pgrphack", "child", "Run a program in a process group of its own.");
    command.run(
        args,
        1,
        (program, words) -> {
          throw run(program, words);
        });
  }

  private static Fatal run(Program program, List<String> child) throws IOException {
    try {
      new Processes().startSession();
    } catch (PosixException e) {
      // The process leads a process group already.
      if (!e.is(Errno.EPERM)) {
        throw e;
      }
    }
    return new NextProgram(program, child).run();
  }
}
