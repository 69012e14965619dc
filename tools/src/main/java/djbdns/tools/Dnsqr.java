package djbdns.tools;

import djbdns.client.Query;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.wire.Header;
import djbdns.wire.Question;
import java.io.IOException;

/** dnsqr: asks the caches of this host a question and prints the answer (dnsqr.c). */
final class Dnsqr implements Tool {
  private static final String EXPLAIN = "--explain";

  /** Every answer of a cache has these flags, so the text leaves them out. */
  private static final int HIDDEN = Header.RD | Header.RA;

  public static void main(String[] args) {
    ToolMain.run("dnsqr", new Dnsqr(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return QueryCommand.commandLine(program, "type name", "Asks the DNS caches of this host.")
        .flag(EXPLAIN, "Say where the answer comes from: dnscache knows. Asks over TCP.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    QueryCommand command = new QueryCommand(program, commandLine(program), args);
    Question question = command.question();
    if (command.operands().size() > 2) {
      throw command.usage();
    }
    if (command.has(EXPLAIN)) {
      // There is always room over TCP.
      Query query = new Query(question, true, Explanation.REQUEST);
      Step.End end = command.resolver(host, Transport.TCP).ask(query);
      command.finish(host.out(), question, Explanation.of(end), HIDDEN);
    } else if (command.has(LookupCommand.JSON)) {
      Step.End end = command.resolver(host, command.firstTransport()).askForReasons(question);
      command.finish(host.out(), question, Explanation.errorsOf(end), HIDDEN);
    } else {
      Step.End end =
          command.resolver(host, command.firstTransport()).ask(new Query(question, true));
      command.finish(host.out(), question, Explanation.none(end), HIDDEN);
    }
  }
}
