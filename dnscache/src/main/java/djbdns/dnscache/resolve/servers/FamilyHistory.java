package djbdns.dnscache.resolve.servers;

import static java.util.concurrent.TimeUnit.MINUTES;

/** True if this host has a way to the addresses of one family at all. */
final class FamilyHistory {
  /** Servers in a row without a way to them, after which the family is avoided. */
  static final int AVOID_AFTER = 3;

  static final long AVOID_NS = MINUTES.toNanos(1);

  private int unreachable;
  private long avoidUntilNs;

  void unreachable(long nowNs) {
    unreachable++;
    avoidUntilNs = nowNs + AVOID_NS;
  }

  void replied() {
    unreachable = 0;
  }

  boolean isAvoided(long nowNs) {
    return unreachable >= AVOID_AFTER && nowNs - avoidUntilNs < 0;
  }
}
