package djbdns.dnscache.sim;

import java.util.random.RandomGenerator;

/**
 * The way to a host.
 *
 * @param latencyMs one way, at least
 * @param jitterMs added at random, so that packets overtake each other
 * @param loss of each packet, 0 to 1
 * @param duplication of each packet, 0 to 1
 */
public record Link(int latencyMs, int jitterMs, double loss, double duplication) {
  /** A good link. */
  public static final Link GOOD = new Link(10, 0, 0, 0);

  boolean loses(RandomGenerator random) {
    return loss > 0 && random.nextDouble() < loss;
  }

  boolean duplicates(RandomGenerator random) {
    return duplication > 0 && random.nextDouble() < duplication;
  }

  long delayNs(RandomGenerator random) {
    long jitterNs = jitterMs == 0 ? 0 : random.nextLong(jitterMs * SimClock.NS_PER_MS);
    return latencyMs * SimClock.NS_PER_MS + jitterNs;
  }
}
