package djbdns.tools;

import djbdns.client.Failure;
import djbdns.client.Query;
import djbdns.client.ServerAddress;
import djbdns.client.Step;
import djbdns.client.nio.ServerLookup;
import djbdns.client.nio.StubResolver;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.wire.Limits;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.message.Edns;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
    List<ServerAddress> servers = servers(command, command.serverLookup(host), command.operand(2));
    StubResolver resolver = command.resolver(host, command.firstTransport());
    Step.End end = resolver.ask(new Query(question, false), servers);
    Explanation explanation =
        command.has(LookupCommand.JSON)
            ? Explanation.errorsOf(withReason(end, question, resolver, servers))
            : Explanation.none(end);
    command.finish(host.out(), question, explanation, 0);
  }

  /**
   * A server that fails is asked once more, with EDNS0, why. Not all servers take that, so the
   * first question is plain, and what comes of the second counts only if it is the same.
   */
  private static Step.End withReason(
      Step.End end, Question question, StubResolver resolver, List<ServerAddress> servers) {
    Optional<Rcode> rcode = rcode(end);
    if (rcode.isEmpty()) {
      return end;
    }
    Step.End again = resolver.ask(new Query(question, false, new Edns(Limits.UDP_BYTES)), servers);
    return rcode(again).equals(rcode) ? again : end;
  }

  private static Optional<Rcode> rcode(Step.End end) {
    return end instanceof Step.Failed failed
            && failed.failure() instanceof Failure.ServerFailed server
        ? Optional.of(server.rcode())
        : Optional.empty();
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
