package djbdns.walldns;

import djbdns.conf.ConfCommand;
import djbdns.runtime.Program;

/** {@code walldns-conf}: makes the service directory of a walldns. */
public final class WalldnsConf {
  private static final int DATA_BYTES = 250_000;

  private WalldnsConf() {}

  public static void main(String[] args) {
    Program program = new Program("walldns-conf");
    program.run(() ->
        new ConfCommand(
                program, "acct logacct /walldns myip", "Make the service directory of a walldns.")
            .run(
                args,
                (request, programs) ->
                    request.contentServer(programs.word("walldns"), DATA_BYTES)));
  }
}
