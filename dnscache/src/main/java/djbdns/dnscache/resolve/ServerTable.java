package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import java.util.List;
import java.util.random.RandomGenerator;

/** Placeholder with the agreed methods; the reply helper replaces all of it. */
final class ServerTable {
  ServerTable(int capacity, RandomGenerator random) {}

  /**
   * The server to ask next: one of those not yet tried, drawn at random among the fast ones.
   *
   * @param tried how often each candidate was asked already in this fetch, by index
   * @return its index, or -1 if none is worth asking
   */
  int choose(List<ServerAddress> candidates, int[] tried, Name zone, long nowNs) {
    return -1;
  }

  /** How long to wait for a reply. */
  long timeoutNs(ServerAddress server) {
    return -1;
  }

  void replied(ServerAddress server, long roundTripNs, long nowNs) {}

  void timedOut(ServerAddress server, long nowNs) {}

  void unreachable(ServerAddress server, long nowNs) {}

  void lame(ServerAddress server, Name zone, long nowNs) {}

  boolean withoutEdns(ServerAddress server, long nowNs) {
    return false;
  }

  void noteWithoutEdns(ServerAddress server, long nowNs) {}

  boolean withoutLetterCase(ServerAddress server, long nowNs) {
    return false;
  }

  void noteWithoutLetterCase(ServerAddress server, long nowNs) {}
}
