package djbdns.dnscache.sim;

import djbdns.wire.Name;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges whether an answer was possible within a resolver's limits, from what each server on the
 * way does with the question. One trouble must be borne; where two meet, nothing is demanded.
 *
 * <p>The model: all servers of the zones above, and of those that the servers have their names in,
 * are healthy; and of the zone itself one server at least gives a usable answer, whatever the
 * others do.
 */
final class Possibility {
  /**
   * From when on the parent must have been asked again after a move: it may be as soon as a
   * delegation is a minute old, and what failed before is forgotten after five seconds.
   */
  private static final long MOVE_NS = 70 * SimClock.NS_PER_SECOND;

  /** The slowest server that has to be waited for. */
  private static final long SLOWEST_MS = 2_000;

  /** What slow servers may take for all that they are asked, so that time is left for others. */
  private static final long SLOW_MS = 5_000;

  private final long askedNs;
  private final Set<Site> troubled = new HashSet<>();

  /**
   * A judgement of one client's question and all the names that aliases lead it to.
   *
   * @param askedNs when it was put
   */
  Possibility(long askedNs) {
    this.askedNs = askedNs;
  }

  /**
   * True if a site must say this of a name.
   *
   * @param outcome its zone's word
   */
  boolean answers(Site site, Name name, int type, Outcome outcome) {
    if (!site.isWayHealthy() || askedNs < settledNs(site)) {
      return false;
    }
    if (site.isHealthy() && site.forwarders().isEmpty()) {
      return true;
    }
    troubled.add(site);
    if (troubled.size() > 1) {
      return false;
    }
    boolean onlyForwarded = !site.forwarders().isEmpty() && !site.forwardsFirst();
    List<SimServer> asked = onlyForwarded ? site.forwarders() : site.servers();
    return asked.stream().anyMatch(server -> isUsable(server, site, name, type, outcome));
  }

  private static long settledNs(Site site) {
    return site.movedNs() == Long.MIN_VALUE ? site.movedNs() : site.movedNs() + MOVE_NS;
  }

  private static boolean isUsable(
      SimServer server, Site site, Name name, int type, Outcome outcome) {
    return switch (server.behaviour()) {
      case Behaviour.Odd(Oddity oddity) -> oddity.isBearable(type, outcome);
      case Behaviour.Slow(long delayMs) ->
          delayMs <= SLOWEST_MS && delayMs * questions(site, name) <= SLOW_MS;
      default -> server.behaviour().isHealthy();
    };
  }

  /** How often a zone's servers are asked for one name, each time with a label more (RFC 9156). */
  private static int questions(Site site, Name name) {
    return Math.max(1, name.labelCount() - site.apex().labelCount());
  }
}
