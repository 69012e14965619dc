package djbdns.supervise.chain;

import djbdns.posix.Account;
import djbdns.posix.Accounts;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.IOException;
import java.util.List;

/**
 * {@code envuidgid}: runs a program with the numbers of a user in {@code $UID} and {@code $GID}.
 * Source: envuidgid.c.
 */
public final class Envuidgid {
  private Envuidgid() {}

  public static void main(String[] args) {
    ChainCommand command =
        new ChainCommand(
            "envuidgid", "account child", "Run a program with $UID and $GID set for a user.");
    command.run(
        args,
        2,
        (program, words) -> {
          throw run(program, words.getFirst(), words.subList(1, words.size()));
        });
  }

  private static Fatal run(Program program, String name, List<String> child) throws IOException {
    Account account =
        new Accounts().find(name).orElseThrow(() -> program.fatal("unknown account " + name));
    NextProgram next = new NextProgram(program, child);
    Environment environment = new Environment(next.environment());
    environment.set("GID", unsigned(account.gid()));
    environment.set("UID", unsigned(account.uid()));
    return next.run(environment);
  }

  private static String unsigned(int id) {
    return Integer.toUnsignedString(id);
  }
}
