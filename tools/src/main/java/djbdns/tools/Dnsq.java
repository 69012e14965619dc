package djbdns.tools;

import djbdns.client.Query;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.nio.KernelRandom;
import djbdns.client.nio.ServerLookup;
import djbdns.client.nio.StubResolver;
import djbdns.client.nio.SystemSettings;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.Program;
import djbdns.wire.Question;
import java.util.List;
import java.util.random.RandomGenerator;

/** dnsq: asks a server a question of its own zones and prints the answer (dnsq.c). */
public final class Dnsq {
  private Dnsq() {}

  public static void main(String[] args) {
    Program program = new Program("dnsq");
    program.run(() -> {
      Settings settings = new SystemSettings(System.getenv());
      System.out.print(output(program, ArgumentBytes.of(args), settings));
      System.out.flush();
    });
  }

  /**
   * What the command prints on standard output. It looks at the first three operands only.
   *
   * @throws djbdns.runtime.Fatal if there is nothing to print there
   */
  static String output(Program program, String[] args, Settings settings) {
    QueryCommand command =
        new QueryCommand(
            program, "type name server", "Asks a DNS server, without recursion.", args);
    Question question = command.question();
    RandomGenerator random = new KernelRandom();
    List<ServerAddress> servers =
        servers(command, new ServerLookup(settings, random), command.operand(2));
    StubResolver resolver = new StubResolver(settings, random, command.firstTransport());
    return command.report(question, resolver.ask(new Query(question, false), servers));
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
