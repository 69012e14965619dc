package djbdns.client.nio;

import djbdns.client.Failure;
import djbdns.client.Query;
import djbdns.client.ResolvConf;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.Step;
import djbdns.client.Transmit;
import djbdns.client.Transport;
import djbdns.wire.Limits;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.message.Edns;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Asks servers and waits for the reply: a {@link QueryLoop} for each query. Immutable; for use by
 * any thread, which blocks until the query has ended.
 */
public final class StubResolver {
  /** More than the rounds of {@link Transmit} take together. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Settings settings;
  private final RandomGenerator random;
  private final Transport first;
  private final OptionalLong endNs;

  /**
   * A resolver.
   *
   * @param random must be unpredictable and safe for every thread that asks: {@link KernelRandom},
   *     {@link java.security.SecureRandom}
   * @param first {@link Transport#UDP}, or TCP to ask so at once
   */
  public StubResolver(Settings settings, RandomGenerator random, Transport first) {
    this(settings, random, first, OptionalLong.empty());
  }

  /**
   * A resolver that gives everything up at a time.
   *
   * @param endNs as {@link System#nanoTime} counts; empty for a query's own time, about a minute
   */
  public StubResolver(
      Settings settings, RandomGenerator random, Transport first, OptionalLong endNs) {
    this.settings = settings;
    this.random = random;
    this.first = first;
    this.endNs = endNs;
  }

  /** Asks the caches of this host, as {@link ResolvConf} finds them. */
  public Step.End ask(Query query) {
    try {
      return ask(query, ResolvConf.servers(settings));
    } catch (IOException e) {
      return new Step.Failed(new Failure.Io(e));
    }
  }

  /**
   * Asks the caches of this host so that they can say why they fail (RFC 8914): with EDNS0, and
   * once more without where they do not take that.
   */
  public Step.End askForReasons(Question question) {
    Step.End end = ask(new Query(question, true, new Edns(Limits.UDP_BYTES)));
    return refusesEdns(end) ? ask(new Query(question, true)) : end;
  }

  private static boolean refusesEdns(Step.End end) {
    return end instanceof Step.Failed failed
        && failed.failure() instanceof Failure.ServerFailed server
        && (server.rcode().equals(Rcode.FORMERR) || server.rcode().equals(Rcode.NOTIMP));
  }

  /** Asks these servers. */
  public Step.End ask(Query query, List<ServerAddress> servers) {
    List<Step.End> ends = new ArrayList<>();
    try (QueryLoop loop = new QueryLoop(random, 1)) {
      long end = endNs.orElseGet(() -> System.nanoTime() + LONGEST.toNanos());
      loop.start(query, servers, first, end, ends::add);
      while (!loop.isIdle()) {
        loop.turn(end);
      }
    } catch (IOException e) {
      return new Step.Failed(new Failure.Io(e));
    }
    return ends.getFirst();
  }
}
