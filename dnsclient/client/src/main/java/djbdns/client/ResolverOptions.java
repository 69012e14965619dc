package djbdns.client;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The {@code options} lines of resolv.conf(5), as far as they concern this client. Values outside
 * their range count as the nearest one inside.
 *
 * @param ndots names with fewer dots are first tried with the domains of the search list
 * @param timeoutSeconds what a server is waited for, if it is said
 * @param attempts rounds over all servers, if it is said
 */
record ResolverOptions(int ndots, OptionalInt timeoutSeconds, OptionalInt attempts) {
  private static final int DEFAULT_NDOTS = 1;
  private static final int DEFAULT_TIMEOUT_SECONDS = 5;
  private static final int DEFAULT_ATTEMPTS = 2;
  private static final int MAX_NDOTS = 15;
  private static final int MAX_TIMEOUT_SECONDS = 30;
  private static final int MAX_ATTEMPTS = 5;

  static ResolverOptions of(Settings settings) throws IOException {
    return parse(settings.file(ResolvConf.PATH).orElse(""));
  }

  /** Reads the text of a resolv.conf; of an option that is there twice, the last one counts. */
  static ResolverOptions parse(String text) {
    int ndots = DEFAULT_NDOTS;
    OptionalInt timeout = OptionalInt.empty();
    OptionalInt attempts = OptionalInt.empty();
    for (String line : Lines.split(text)) {
      if (!Lines.hasKeyword(line, "options")) {
        continue;
      }
      for (String word : List.of(line.split("[ \t]+", -1))) {
        ndots = value(word, "ndots:", 0, MAX_NDOTS).orElse(ndots);
        OptionalInt newTimeout = value(word, "timeout:", 1, MAX_TIMEOUT_SECONDS);
        timeout = newTimeout.isPresent() ? newTimeout : timeout;
        OptionalInt newAttempts = value(word, "attempts:", 1, MAX_ATTEMPTS);
        attempts = newAttempts.isPresent() ? newAttempts : attempts;
      }
    }
    return new ResolverOptions(ndots, timeout, attempts);
  }

  private static OptionalInt value(String word, String option, int min, int max) {
    String digits = word.startsWith(option) ? word.substring(option.length()) : "";
    if (digits.isEmpty()
        || digits.length() > 9
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Math.clamp(Integer.parseInt(digits), min, max));
  }

  /** 1.05's, unless something else is said. */
  RetrySchedule schedule() {
    return timeoutSeconds.isEmpty() && attempts.isEmpty()
        ? RetrySchedule.ORIGINAL
        : RetrySchedule.ofAttempts(
            attempts.orElse(DEFAULT_ATTEMPTS), timeoutSeconds.orElse(DEFAULT_TIMEOUT_SECONDS));
  }
}
