package djbdns.client;

import java.util.Collections;
import java.util.List;

/**
 * How long a {@link Transmit} waits for each server over UDP, round by round.
 *
 * @param timeoutsMs a round over all servers for each; none is 0
 * @param firstRecursiveRound where a query to a cache (RD=1) starts, since a cache needs time of
 *     its own
 * @param patientRound the one in which bad replies are ignored in the hope of a better one; -1 if
 *     none
 */
public record RetrySchedule(List<Integer> timeoutsMs, int firstRecursiveRound, int patientRound) {
  /** 1.05's: 1, 3, 11 and 45 seconds (dns_transmit.c). */
  public static final RetrySchedule ORIGINAL =
      new RetrySchedule(List.of(1_000, 3_000, 11_000, 45_000), 1, 2);

  public RetrySchedule {
    timeoutsMs = List.copyOf(timeoutsMs);
    if (timeoutsMs.isEmpty() || Collections.min(timeoutsMs) < 1) {
      throw new IllegalArgumentException("no round, or one that is over at once");
    }
  }

  /** As {@code options timeout:} and {@code attempts:} of resolv.conf(5) ask for. */
  public static RetrySchedule ofAttempts(int attempts, int timeoutSeconds) {
    Integer timeoutMs = 1_000 * timeoutSeconds;
    return new RetrySchedule(Collections.nCopies(attempts, timeoutMs), 0, -1);
  }

  /** Rounds over all servers. */
  public int rounds() {
    return timeoutsMs.size();
  }

  long timeoutNs(int round) {
    return 1_000_000L * timeoutsMs.get(round);
  }
}
