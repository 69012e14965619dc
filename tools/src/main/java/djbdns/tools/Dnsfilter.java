package djbdns.tools;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Decimal;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Program;
import djbdns.runtime.ShortOptions;
import java.io.IOException;

/** dnsfilter: adds host names to lines that start with IP addresses (dnsfilter.c). */
final class Dnsfilter implements Tool {
  private static final String SYNOPSIS = "[ -c concurrency ] [ -l lines ]";

  /** More than in 1.05, whose 10 are slow with a cache that has to ask; a fourth of its slots. */
  private static final int DEFAULT_CONCURRENCY = 50;

  private static final int MAX_CONCURRENCY = 1_000;
  private static final int DEFAULT_LINES = 1_000;
  private static final int MAX_LINES = 1_000_000;

  public static void main(String[] args) {
    ToolMain.run("dnsfilter", new Dnsfilter(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return new CommandLine(
            program, SYNOPSIS, "Adds host names to lines that start with IP addresses.")
        .option("-c", "CONCURRENCY", "Queries at the same time, 1 to 1000; 50.")
        .option("-l", "LINES", "Lines that may wait for the one before them, 1 to 1000000; 1000.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    if (args.length > 0 && args[0].startsWith("--")) {
      commandLine(program).parse(args, 0, Integer.MAX_VALUE);
    }
    ShortOptions options =
        new ShortOptions(
            program,
            "c:l:",
            program.inWords(ExitCode.SYSTEM, "dnsfilter: usage: dnsfilter " + SYNOPSIS));
    int concurrency = DEFAULT_CONCURRENCY;
    int lines = DEFAULT_LINES;
    for (ShortOptions.Option option : options.parse(args).options()) {
      long number = Decimal.scan(option.value());
      if (option.letter() == 'c') {
        concurrency = clamp(number, MAX_CONCURRENCY);
      } else {
        lines = clamp(number, MAX_LINES);
      }
    }
    try (HostNames names = new HostNames(program, host, concurrency)) {
      FilterInput input = FilterInput.start(host.in(), names::wakeUp);
      new LineFilter(program, input, names, host.out(), lines, concurrency).run();
    }
  }

  private static int clamp(long unsigned, int max) {
    return Long.compareUnsigned(unsigned, max) > 0 ? max : Math.max(1, (int) unsigned);
  }
}
