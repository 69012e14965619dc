package djbdns.dnscache.cache;

import java.util.Arrays;
import java.util.Random;

/**
 * A made-up stream of questions: names by Zipf's law, each with a data size and a TTL of its own,
 * at a steady rate. With scans, every second thousandth of the requests is followed by as many
 * names that are asked for once, as by a random-subdomain attack. The same seed gives the same
 * requests.
 */
final class CacheTrace {
  /** Takes the requests in turn. */
  @FunctionalInterface
  interface Listener {
    /**
     * Takes a request.
     *
     * @param scan whether it is for a name that is asked for only once
     */
    void request(Item item, long unixSeconds, boolean scan);
  }

  /**
   * What a name stands for.
   *
   * @param nameBytes length of the name in wire form, 14 to 45
   * @param dataBytes length of the data
   */
  record Item(long number, int nameBytes, int dataBytes, int ttlSeconds) {
    private static final int[] TTLS = {30, 60, 300, 300, 900, 3600, 3600, 14400, 86400, 86400};

    /** As DNS answers are: one or a few addresses mostly, now and then a long text or key. */
    static Item of(long number) {
      Random random = new Random(number * 0x9e3779b97f4a7c15L);
      int nameBytes = 14 + random.nextInt(16) + random.nextInt(17);
      int kind = random.nextInt(20);
      int dataBytes =
          kind < 11 ? 6 : kind < 16 ? 6 * (2 + random.nextInt(7)) : 40 + random.nextInt(300);
      return new Item(number, nameBytes, dataBytes, TTLS[random.nextInt(TTLS.length)]);
    }
  }

  private static final int REQUESTS_PER_SECOND = 500;
  private static final int BURST = 2000;

  private final double[] cumulative;
  private final long seed;
  private final boolean scans;

  /**
   * A trace.
   *
   * @param names how many names there are
   * @param exponent of Zipf's law: about 0.9 to 1 for DNS
   */
  CacheTrace(int names, double exponent, long seed, boolean scans) {
    cumulative = new double[names];
    double sum = 0;
    for (int i = 0; i < names; i++) {
      sum += Math.pow(i + 1, -exponent);
      cumulative[i] = sum;
    }
    this.seed = seed;
    this.scans = scans;
  }

  /** Gives so many requests for lasting names, and those of the scans between them. */
  void replay(int requests, Listener listener) {
    Random random = new Random(seed);
    long once = cumulative.length;
    for (int i = 0; i < requests; i++) {
      long now = 1_800_000_000L + i / REQUESTS_PER_SECOND;
      listener.request(Item.of(rank(random)), now, false);
      if (scans && i % (2 * BURST) == BURST) {
        for (int j = 0; j < 2 * BURST; j++) {
          listener.request(Item.of(once++), now, true);
        }
      }
    }
  }

  private int rank(Random random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return found >= 0 ? found : Math.min(-found - 1, cumulative.length - 1);
  }
}
