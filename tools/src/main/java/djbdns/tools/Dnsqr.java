package djbdns.tools;

import djbdns.client.Query;
import djbdns.client.nio.StubResolver;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.wire.Header;
import djbdns.wire.Question;
import java.io.IOException;

/** dnsqr: asks the caches of this host a question and prints the answer (dnsqr.c). */
final class Dnsqr implements Tool {
  public static void main(String[] args) {
    ToolMain.run("dnsqr", new Dnsqr(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return QueryCommand.commandLine(program, "type name", "Asks the DNS caches of this host.");
  }

  /** Every answer of a cache has the flags of recursion, so the text leaves them out. */
  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    QueryCommand command = new QueryCommand(program, commandLine(program), args);
    Question question = command.question();
    if (command.operands().size() > 2) {
      throw command.usage();
    }
    StubResolver resolver =
        new StubResolver(host.settings(), host.random(), command.firstTransport());
    command.finish(
        host.out(), question, resolver.ask(new Query(question, true)), Header.RD | Header.RA);
  }
}
