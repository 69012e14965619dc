package djbdns.dnscache.resolve.servers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Remembers servers: how fast they are, what they cannot do, and which zones they were found not to
 * serve. Both memories are bounded; whoever was not used for longest is forgotten. 1.05 remembered
 * nothing and drew at random (dns_transmit.c). Belongs to one thread.
 *
 * <p>The choice is random among all that are expected to reply about as fast as the best one, so
 * that nobody can tell which server will be asked, and so that all are measured now and then. All
 * times are nanoseconds of one monotonic clock.
 */
public final class ServerTable {
  /** Servers whose expected time is at most this much longer than the best one's are as good. */
  static final long BAND_NS = MILLISECONDS.toNanos(400);

  /** The time for which it is remembered that a server does not serve a zone. */
  static final long LAME_NS = MINUTES.toNanos(15);

  /**
   * The time for which it is remembered that a server does not answer one question (RFC 2308, 7.2).
   */
  static final long FAILED_NS = MINUTES.toNanos(1);

  /** A candidate that was tried so often is not to be asked again. */
  public static final int MAX_TRIES = ResolverLimits.PACKETS_PER_SERVER;

  /** Tries for a server that has been silent for long: it is not worth more. */
  private static final int SILENT_TRIES = 2;

  /** Failures remembered: each holds a name. */
  private static final int FAILURES = 2_000;

  private record ServerZone(ServerAddress server, Name zone) {}

  private record ServerQuestion(ServerAddress server, Name name, int type) {}

  /** The classes of candidates, best first. */
  private enum Worth {
    GOOD,
    /** Contradicted glue. */
    DOUBTFUL,
    /** Has not answered this very question a moment ago. */
    FAILED,
    /** Not heard from, or of a family that this host cannot reach. */
    SILENT,
    LAME,
    /** Has been asked often enough. */
    NONE
  }

  private static final Worth[] WORTHS = Worth.values();

  private final RandomGenerator random;
  private final Map<ServerAddress, ServerHistory> servers;
  private final Map<ServerZone, Long> lameUntilNs;
  private final Map<ServerQuestion, Long> failedUntilNs = new RecentMap<>(FAILURES);
  private final FamilyHistory ipv4 = new FamilyHistory();
  private final FamilyHistory ipv6 = new FamilyHistory();

  private Worth[] worth = new Worth[16];
  private long[] expectedNs = new long[16];

  /**
   * An empty table.
   *
   * @param capacity servers, and pairs of a server and a zone, that are remembered
   */
  public ServerTable(int capacity, RandomGenerator random) {
    this.random = random;
    servers = new RecentMap<>(capacity);
    lameUntilNs = new RecentMap<>(capacity);
  }

  /**
   * The server to ask next: one of those least often tried, drawn at random among the fast ones.
   * Silent servers come last, but one of them is probed now and then as if it were unknown; lame
   * ones are asked, once, when nobody else is left.
   *
   * @param question what is asked of whom
   * @param tried how often each candidate was asked already in this fetch, by index; {@link
   *     #MAX_TRIES} or more if it is not to be asked again
   * @return its index, or -1 if none is worth asking
   */
  public int choose(ServerList candidates, int[] tried, ZoneQuestion question, long nowNs) {
    int count = candidates.size();
    if (count > worth.length) {
      worth = new Worth[count];
      expectedNs = new long[count];
    }
    for (int i = 0; i < count; i++) {
      judge(i, candidates.addresses().get(i), tried[i], question, nowNs);
      if (worth[i] == Worth.GOOD && i >= candidates.preferred()) {
        worth[i] = Worth.DOUBTFUL;
      }
    }
    for (Worth wanted : WORTHS) {
      int least = leastTried(wanted, tried, count);
      if (wanted != Worth.NONE && least < MAX_TRIES) {
        int chosen = draw(wanted, tried, least, count);
        noteProbe(candidates.addresses().get(chosen), nowNs);
        return chosen;
      }
    }
    return -1;
  }

  private void judge(int i, ServerAddress server, int tries, ZoneQuestion question, long nowNs) {
    ServerHistory history = servers.get(server);
    boolean silent = history != null && history.isSilent() && !history.isProbeDue(nowNs);
    expectedNs[i] = history == null ? ServerHistory.unknownTimeoutNs() : history.expectedNs(nowNs);
    if (isLame(server, question.zone(), nowNs)) {
      worth[i] = tries == 0 ? Worth.LAME : Worth.NONE;
    } else if (tries >= mostTries(server, nowNs)) {
      worth[i] = Worth.NONE;
    } else if (silent || family(server).isAvoided(nowNs)) {
      worth[i] = Worth.SILENT;
    } else {
      worth[i] = hasFailed(server, question, nowNs) ? Worth.FAILED : Worth.GOOD;
    }
  }

  /** The number of tries of a server in one fetch. */
  public int mostTries(ServerAddress server, long nowNs) {
    ServerHistory history = servers.get(server);
    return history != null && history.isSilent() && !history.isProbeDue(nowNs)
        ? SILENT_TRIES
        : MAX_TRIES;
  }

  private int leastTried(Worth wanted, int[] tried, int count) {
    int least = MAX_TRIES;
    for (int i = 0; i < count; i++) {
      if (worth[i] == wanted) {
        least = Math.min(least, tried[i]);
      }
    }
    return least;
  }

  private int draw(Worth wanted, int[] tried, int tries, int count) {
    long bestNs = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      if (worth[i] == wanted && tried[i] == tries) {
        bestNs = Math.min(bestNs, expectedNs[i]);
      }
    }
    int chosen = -1;
    int fast = 0;
    for (int i = 0; i < count; i++) {
      if (worth[i] == wanted && tried[i] == tries && expectedNs[i] - bestNs <= BAND_NS) {
        fast++;
        chosen = random.nextInt(fast) == 0 ? i : chosen;
      }
    }
    return chosen;
  }

  private void noteProbe(ServerAddress server, long nowNs) {
    ServerHistory history = servers.get(server);
    if (history != null && history.isSilent() && history.isProbeDue(nowNs)) {
      history.probe(nowNs);
    }
  }

  private boolean isLame(ServerAddress server, Name zone, long nowNs) {
    Long untilNs = lameUntilNs.isEmpty() ? null : lameUntilNs.get(new ServerZone(server, zone));
    return untilNs != null && nowNs - untilNs < 0;
  }

  private boolean hasFailed(ServerAddress server, ZoneQuestion question, long nowNs) {
    if (failedUntilNs.isEmpty()) {
      return false;
    }
    Long untilNs = failedUntilNs.get(new ServerQuestion(server, question.name(), question.type()));
    return untilNs != null && nowNs - untilNs < 0;
  }

  private FamilyHistory family(ServerAddress server) {
    return server.isIpv6() ? ipv6 : ipv4;
  }

  private ServerHistory history(ServerAddress server, long nowNs) {
    return servers.computeIfAbsent(server, unknown -> new ServerHistory(nowNs));
  }

  /** The time to wait for a reply: 150 ms to 3 s. */
  public long timeoutNs(ServerAddress server) {
    ServerHistory history = servers.get(server);
    return history == null ? ServerHistory.unknownTimeoutNs() : history.timeoutNs();
  }

  /** A reply has come, whatever it says. */
  public void replied(ServerAddress server, long roundTripNs, long nowNs) {
    history(server, nowNs).replied(roundTripNs, nowNs);
    family(server).replied();
  }

  /** No reply has come to a packet that was sent at {@code sentNs}. */
  public void timedOut(ServerAddress server, long sentNs, long nowNs) {
    history(server, nowNs).timedOut(sentNs, nowNs);
  }

  /** The server has not answered this question: others are asked it first for a while. */
  public void failed(ServerAddress server, ZoneQuestion question, long nowNs) {
    failedUntilNs.put(
        new ServerQuestion(server, question.name(), question.type()), nowNs + FAILED_NS);
  }

  /** There is no way to the server; where that is so of several, all of its family are avoided. */
  public void unreachable(ServerAddress server, long nowNs) {
    history(server, nowNs).unreachable(nowNs);
    family(server).unreachable(nowNs);
  }

  /** The server does not serve the zone. */
  public void lame(ServerAddress server, Name zone, long nowNs) {
    lameUntilNs.put(new ServerZone(server, zone), nowNs + LAME_NS);
  }

  public boolean withoutEdns(ServerAddress server, long nowNs) {
    ServerHistory history = servers.get(server);
    return history != null && history.withoutEdns(nowNs);
  }

  public void noteWithoutEdns(ServerAddress server, long nowNs) {
    history(server, nowNs).noteWithoutEdns(nowNs);
  }

  public boolean withoutLetterCase(ServerAddress server, long nowNs) {
    ServerHistory history = servers.get(server);
    return history != null && history.withoutLetterCase(nowNs);
  }

  /**
   * A server has answered in small letters what it has not answered in random ones.
   *
   * @param proved whether it has said something else to the random ones; silence may be a loss
   */
  public void noteSmallLetters(ServerAddress server, boolean proved, long nowNs) {
    history(server, nowNs).noteSmallLetters(proved, nowNs);
  }

  public void noteLetterCase(ServerAddress server, long nowNs) {
    history(server, nowNs).noteLetterCase();
  }

  /** Everything that is known, sorted by the text of the addresses. */
  public List<ServerState> states(long nowNs) {
    Map<ServerAddress, Integer> lame = new HashMap<>();
    lameUntilNs.forEach((pair, untilNs) -> {
      if (nowNs - untilNs < 0) {
        lame.merge(pair.server(), 1, Integer::sum);
      }
    });
    List<ServerState> states = new ArrayList<>(servers.size());
    servers.forEach((server, history) ->
        states.add(
            new ServerState(
                server,
                NANOSECONDS.toMillis(history.roundTripNs()),
                NANOSECONDS.toMillis(history.timeoutNs()),
                history.timeouts(),
                lame.getOrDefault(server, 0),
                history.withoutEdns(nowNs),
                history.withoutLetterCase(nowNs))));
    states.sort(Comparator.comparing(state -> state.server().toString()));
    return states;
  }
}
