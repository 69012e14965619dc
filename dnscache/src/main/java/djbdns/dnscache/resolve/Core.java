package djbdns.dnscache.resolve;

import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.servers.ServerTable;
import djbdns.dnscache.resolve.servers.ZoneTable;
import java.util.random.RandomGenerator;

/** The parts that everything in a resolver works with. */
record Core(
    ResolverConfig config,
    Memory memory,
    ServerTable servers,
    ZoneTable zones,
    Upstream upstream,
    RandomGenerator random,
    TimeSource time,
    Timers timers,
    ResolverLog log,
    Bounds bounds) {
  /** A timer so many milliseconds from now. */
  Timers.Timer in(long delayMs, Runnable action) {
    return timers.at(time.nanoTime() + (delayMs * 1_000_000), action);
  }
}
