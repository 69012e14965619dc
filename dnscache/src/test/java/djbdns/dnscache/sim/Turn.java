package djbdns.dnscache.sim;

/** Something that happens to a site after it has worked well for a while. */
@FunctionalInterface
interface Turn {
  void make(Oracle oracle, SimClock clock);
}
