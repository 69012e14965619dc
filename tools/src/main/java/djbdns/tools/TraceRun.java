package djbdns.tools;

import djbdns.client.Query;
import djbdns.client.RetrySchedule;
import djbdns.client.Step;
import djbdns.client.Transmit;
import djbdns.client.Transport;
import djbdns.client.nio.QueryLoop;
import djbdns.tools.trace.Ask;
import djbdns.tools.trace.Exchange;
import djbdns.tools.trace.Pace;
import djbdns.tools.trace.Plan;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Carries out a {@link Plan}: many queries at a time, at a bounded rate. For one run. */
final class TraceRun {
  /** The interval at which the watcher hears that time passes. */
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * The way to ask.
   *
   * @param concurrent queries in flight at most
   * @param perSecond queries started a second at most, once the first {@code concurrent} are out
   * @param timeoutNs when a query is given up, if its own rounds do not end before
   * @param schedule how long it is waited for a reply before the next packet
   * @param ipv6 whether IPv6 addresses of servers count
   * @param inOrder whether the plan and the watcher learn of exchanges in the order of the asks; an
   *     answer that comes early waits
   */
  record Manner(
      int concurrent,
      int perSecond,
      long timeoutNs,
      RetrySchedule schedule,
      boolean ipv6,
      boolean inOrder) {}

  /** Sees what happens. */
  interface Watcher {
    /** In order only: this exchange is the next one to wait for. */
    void waitsFor(Ask ask) throws IOException;

    void told(Exchange exchange) throws IOException;

    /** A moment has passed. */
    void tick(int inFlight) throws IOException;
  }

  /** An ask that has been sent. */
  private static final class Pending {
    private final Ask ask;
    private Optional<Exchange> exchange = Optional.empty();

    Pending(Ask ask) {
      this.ask = ask;
    }
  }

  private final Manner manner;
  private final RandomGenerator random;
  private final Plan plan;
  private final Watcher watcher;
  private final QueryLoop loop;
  private final Pace pace;

  /** In the order of the asks; in order, those that have ended wait here for their turn. */
  private final Deque<Pending> pending = new ArrayDeque<>();

  private Optional<Ask> upcoming;
  private int inFlight;

  private TraceRun(
      Manner manner, RandomGenerator random, Plan plan, Watcher watcher, QueryLoop loop) {
    this.manner = manner;
    this.random = random;
    this.plan = plan;
    this.watcher = watcher;
    this.loop = loop;
    pace = new Pace(manner.perSecond(), manner.concurrent(), System.nanoTime());
    upcoming = plan.next();
  }

  /** Asks until the plan has nothing more to ask and everything has ended. */
  static void run(Manner manner, RandomGenerator random, Plan plan, Watcher watcher)
      throws IOException {
    try (QueryLoop loop = new QueryLoop(random, manner.concurrent())) {
      new TraceRun(manner, random, plan, watcher, loop).run();
    }
  }

  private void run() throws IOException {
    send();
    while (upcoming.isPresent() || !pending.isEmpty()) {
      loop.turn(nextNs());
      learn();
      send();
      watcher.tick(inFlight);
    }
  }

  private long nextNs() {
    long tickNs = System.nanoTime() + TICK_NS;
    boolean waitsForPace = upcoming.isPresent() && inFlight < manner.concurrent();
    return waitsForPace && pace.nextNs() - tickNs < 0 ? pace.nextNs() : tickNs;
  }

  private void send() throws IOException {
    while (upcoming.isPresent() && inFlight < manner.concurrent()) {
      long nowNs = System.nanoTime();
      if (pace.nextNs() - nowNs > 0) {
        return;
      }
      pace.spend(nowNs);
      send(upcoming.get(), nowNs);
      upcoming = plan.next();
    }
  }

  private void send(Ask ask, long nowNs) throws IOException {
    Pending sent = new Pending(ask);
    pending.add(sent);
    if (manner.inOrder() && pending.size() == 1) {
      watcher.waitsFor(ask);
    }
    inFlight++;
    Transmit transmit =
        new Transmit(
            new Query(ask.question(), false),
            List.of(ask.server()),
            Transport.UDP,
            manner.schedule(),
            random);
    loop.start(
        transmit, nowNs + manner.timeoutNs(), end -> finish(sent, end, System.nanoTime() - nowNs));
  }

  private void finish(Pending sent, Step.End end, long elapsedNs) {
    inFlight--;
    sent.exchange = Optional.of(Exchange.of(sent.ask, end, elapsedNs, manner.ipv6()));
  }

  private void learn() throws IOException {
    if (manner.inOrder()) {
      learnInOrder();
      return;
    }
    List<Pending> ended = new ArrayList<>(pending);
    ended.removeIf(one -> one.exchange.isEmpty());
    pending.removeAll(ended);
    for (Pending one : ended) {
      learn(one);
    }
  }

  private void learnInOrder() throws IOException {
    while (!pending.isEmpty() && pending.getFirst().exchange.isPresent()) {
      learn(pending.removeFirst());
      if (!pending.isEmpty()) {
        watcher.waitsFor(pending.getFirst().ask);
      }
    }
  }

  private void learn(Pending one) throws IOException {
    Exchange exchange = one.exchange.orElseThrow();
    plan.take(exchange);
    watcher.told(exchange);
    if (upcoming.isEmpty()) {
      upcoming = plan.next();
    }
  }
}
