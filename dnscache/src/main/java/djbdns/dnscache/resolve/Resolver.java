package djbdns.dnscache.resolve;

import djbdns.dnscache.cache.ShardedCache;
import djbdns.wire.Name;
import java.util.random.RandomGenerator;

/** Placeholder with the agreed methods; the lead replaces all of it. */
public final class Resolver {
  /**
   * A resolver without questions.
   *
   * @param random must be cryptographic: it gives packet IDs and letter cases
   */
  public Resolver(
      ResolverConfig config,
      ConfiguredZones zones,
      ShardedCache cache,
      Upstream upstream,
      RandomGenerator random,
      TimeSource time,
      ResolverLog log) {}

  /**
   * Puts a question; class IN. The waiter is told later or before this returns, in any case once.
   *
   * @param type any but ANY, AXFR and the like: those are the responder's business
   */
  public void ask(Name name, int type, Waiter waiter) {}

  /** Uses other configured zones from now on. What is cached stays. */
  public void configure(ConfiguredZones zones) {}

  /** When {@link #onTime} is to be called next, on the clock {@link TimeSource#nanoTime}. */
  public long nextTimeNs() {
    return Long.MAX_VALUE;
  }

  /** Does what is due. */
  public void onTime() {}

  /** Questions in progress, each joined one counted. */
  public int waiters() {
    return 0;
  }
}
