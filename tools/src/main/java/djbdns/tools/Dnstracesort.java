package djbdns.tools;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import djbdns.tools.trace.SortedTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** dnstracesort: makes dnstrace's output readable (dnstracesort.sh). */
final class Dnstracesort implements Tool {
  public static void main(String[] args) {
    ToolMain.run("dnstracesort", new Dnstracesort(), args);
  }

  @Override
  public boolean asksCaches() {
    return false;
  }

  @Override
  public CommandLine commandLine(Program program) {
    return new CommandLine(program, "", "Sorts the output of dnstrace for people to read.");
  }

  /** Operands are not looked at, as in 1.05. */
  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    commandLine(program).parse(args, 0, Integer.MAX_VALUE);
    byte[] trace = host.in().readAllBytes();
    host.out().put(SortedTrace.of(new String(trace, StandardCharsets.ISO_8859_1)));
  }
}
