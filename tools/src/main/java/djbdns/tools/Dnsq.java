package djbdns.tools;

import djbdns.client.Query;
import djbdns.client.ServerAddress;
import djbdns.client.nio.ServerLookup;
import djbdns.client.nio.StubResolver;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.wire.Question;
import java.io.IOException;
import java.util.List;

/** dnsq: asks a server a question of its own zones and prints the answer (dnsq.c). */
final class Dnsq implements Tool {
  public static void main(String[] args) {
    ToolMain.run("dnsq", new Dnsq(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return QueryCommand.commandLine(
        program, "type name server", "Asks a DNS server, without recursion.");
  }

  /** Looks at the first three operands only, as in 1.05. */
  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    QueryCommand command = new QueryCommand(program, commandLine(program), args);
    Question question = command.question();
    List<ServerAddress> servers =
        servers(command, new ServerLookup(host.settings(), host.random()), command.operand(2));
    StubResolver resolver =
        new StubResolver(host.settings(), host.random(), command.firstTransport());
    command.finish(
        host.out(), question, resolver.ask(new Query(question, false), servers), 0, List.of());
  }

  private static List<ServerAddress> servers(
      QueryCommand command, ServerLookup lookup, String server) {
    ServerLookup.Result result = lookup.find(server);
    if (result instanceof ServerLookup.Failed failed) {
      throw command.unableToParse(failed.failure());
    }
    return ((ServerLookup.Found) result).addresses();
  }
}
