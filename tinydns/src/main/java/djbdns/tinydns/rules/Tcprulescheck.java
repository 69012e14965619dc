package djbdns.tinydns.rules;

import djbdns.runtime.ArgumentBytes;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code tcprulescheck}: prints what the rules in a database say of a client. */
public final class Tcprulescheck {
  private Tcprulescheck() {}

  public static void main(String[] args) {
    Program program = new Program("tcprulescheck");
    program.run(() -> program.print(output(program, args, ArgumentBytes.environment())));
  }

  /** The output of the command, given its environment as {@code NAME=value}. */
  static String output(Program program, String[] args, List<String> environment) {
    Path file =
        Path.of(
            new CommandLine(program, "rules.cdb", "Print what rules say of $TCPREMOTEIP.")
                .parse(args, 1, Integer.MAX_VALUE)
                .operands()
                .getFirst());
    RuleAddresses addresses =
        new RuleAddresses(
            variable(environment, "TCPREMOTEIP").orElse("0.0.0.0"),
            variable(environment, "TCPREMOTEHOST"),
            variable(environment, "TCPREMOTEINFO"));
    try (Rules rules = Rules.load(file)) {
      return rules.find(addresses).map(Tcprulescheck::text).orElse("default:\nallow connection\n");
    } catch (IOException e) {
      throw program.fatal("unable to read " + file, e);
    }
  }

  private static Optional<String> variable(List<String> environment, String name) {
    return environment.stream()
        .filter(entry -> entry.startsWith(name + "="))
        .map(entry -> entry.substring(name.length() + 1))
        .findFirst();
  }

  private static String text(Rules.Match match) {
    StringBuilder text = new StringBuilder("rule " + match.address() + ":\n");
    for (String assignment : match.assignments()) {
      text.append("set environment variable ").append(assignment).append('\n');
    }
    return text.append(match.allowed() ? "allow" : "deny").append(" connection\n").toString();
  }
}
