package djbdns.supervise.chain;

import djbdns.posix.Account;
import djbdns.posix.Accounts;
import djbdns.posix.Posix;
import djbdns.posix.PosixException;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.IOException;
import java.util.List;

/**
 * {@code setuidgid}: runs a program as another user, in that user's group and no other. Source:
 * setuidgid.c.
 */
public final class Setuidgid {
  private final Program program;
  private final Accounts accounts = new Accounts();
  private final Posix posix = new Posix();

  private Setuidgid(Program program) {
    this.program = program;
  }

  public static void main(String[] args) {
    ChainCommand command =
        new ChainCommand(
            "setuidgid", "account child", "Run a program as another user, in that user's group.");
    command.run(
        args,
        2,
        (program, words) -> {
          throw new Setuidgid(program).run(words.getFirst(), words.subList(1, words.size()));
        });
  }

  private Fatal run(String name, List<String> child) throws IOException {
    NextProgram next = new NextProgram(program, child);
    Account account =
        accounts.find(name).orElseThrow(() -> program.fatal("unknown account " + name));
    become(account);
    return next.run();
  }

  private void become(Account account) {
    try {
      posix.setSupplementaryGroup(account.gid());
      posix.setGroupId(account.gid());
    } catch (PosixException e) {
      throw program.fatal("unable to setgid", e);
    }
    try {
      posix.setUserId(account.uid());
    } catch (PosixException e) {
      throw program.fatal("unable to setuid", e);
    }
  }
}
