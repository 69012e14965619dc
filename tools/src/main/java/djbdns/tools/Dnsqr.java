package djbdns.tools;

import djbdns.client.Query;
import djbdns.client.Settings;
import djbdns.client.Step;
import djbdns.client.nio.KernelRandom;
import djbdns.client.nio.StubResolver;
import djbdns.client.nio.SystemSettings;
import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.Program;
import djbdns.wire.Header;
import djbdns.wire.Question;

/** dnsqr: asks the caches of this host a question and prints the answer (dnsqr.c). */
public final class Dnsqr {
  private Dnsqr() {}

  public static void main(String[] args) {
    Program program = new Program("dnsqr");
    program.run(() -> {
      Settings settings = new SystemSettings(System.getenv());
      System.out.print(output(program, ArgumentBytes.of(args), settings));
      System.out.flush();
    });
  }

  /**
   * What the command prints on standard output.
   *
   * @throws djbdns.runtime.Fatal if there is nothing to print there
   */
  static String output(Program program, String[] args, Settings settings) {
    QueryCommand command =
        new QueryCommand(program, "type name", "Asks the DNS caches of this host.", args);
    Question question = command.question();
    if (command.operands().size() > 2) {
      throw command.usage();
    }
    StubResolver resolver =
        new StubResolver(settings, new KernelRandom(), command.firstTransport());
    return command.report(question, hideRecursion(resolver.ask(new Query(question, true))));
  }

  /** Clears the flags that every answer of a cache has, so that the report leaves them out. */
  private static Step.End hideRecursion(Step.End end) {
    if (end instanceof Step.Done done) {
      byte[] packet = done.packet();
      packet[2] &= (byte) ~(Header.RD >> 8);
      packet[3] &= (byte) ~Header.RA;
    }
    return end;
  }
}
