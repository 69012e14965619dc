package djbdns.dnscache;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.log.CacheLog;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.Upstream;
import djbdns.server.ServiceLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The resolver on its event loop. Whatever happens there, questions, packets or time, is followed
 * by one task behind all events that wait already: it sets the timer, writes the log, and hands the
 * answers over to the service loops.
 */
final class ResolverLoop implements Misses {
  private final ServiceLoop loop;
  private final CacheLog log;
  private final Resolver resolver;
  private final Admission admission = new Admission();
  private final Set<Outbox> outboxes = new LinkedHashSet<>();
  private final Runnable settle = this::settle;
  private final Runnable onTime = this::onTime;
  private boolean settleScheduled;

  /** The time of the next timer; {@link Long#MAX_VALUE} if there is none. */
  private long timerNs = Long.MAX_VALUE;

  private Runnable cancelTimer = () -> {};

  /**
   * A loop at rest.
   *
   * @param log the resolver's; belongs to the loop
   * @param network on this loop
   * @param resolver makes the resolver, which has the network as it is given to it
   */
  ResolverLoop(
      ServiceLoop loop, CacheLog log, Upstream network, Function<Upstream, Resolver> resolver) {
    this.loop = loop;
    this.log = log;
    this.resolver = resolver.apply(new Watched(network));
  }

  /** From any thread. */
  @Override
  public boolean admit(ClientQuery query) {
    return admission.admit(query);
  }

  /** From any thread. */
  @Override
  public void ask(List<ClientQuery> queries, Outbox outbox) {
    if (loop.isCurrent()) {
      askHere(queries, outbox);
    } else {
      loop.execute(() -> askHere(queries, outbox));
    }
  }

  private void askHere(List<ClientQuery> queries, Outbox outbox) {
    outboxes.add(outbox);
    admission.leave(queries);
    settleSoon();
    for (ClientQuery query : queries) {
      resolver.ask(query.name(), query.form().type(), query);
    }
  }

  /** For whoever is on the loop's thread. */
  Resolver resolver() {
    return resolver;
  }

  private void settleSoon() {
    if (!settleScheduled) {
      settleScheduled = true;
      loop.execute(settle);
    }
  }

  private void settle() {
    settleScheduled = false;
    setTimer();
    log.flush();
    for (Outbox outbox : outboxes) {
      outbox.flush();
    }
  }

  /** A timer that rings too early costs a look; so it is moved only to ring earlier. */
  private void setTimer() {
    long nextNs = resolver.nextTimeNs();
    if (nextNs == Long.MAX_VALUE || (timerNs != Long.MAX_VALUE && nextNs - timerNs >= 0)) {
      return;
    }
    cancelTimer.run();
    timerNs = nextNs;
    long delayNs = Math.max(0, nextNs - System.nanoTime());
    cancelTimer = loop.schedule(onTime, delayNs);
  }

  private void onTime() {
    timerNs = Long.MAX_VALUE;
    settleSoon();
    resolver.onTime();
  }

  /** The network, with an eye on what comes from it. */
  private final class Watched implements Upstream {
    private final Upstream network;

    Watched(Upstream network) {
      this.network = network;
    }

    @Override
    public Exchange send(
        Transport transport,
        ServerAddress server,
        byte[] query,
        int queryLength,
        Cause cause,
        Receiver receiver) {
      return network.send(
          transport, server, query, queryLength, cause, new WatchedReceiver(receiver));
    }
  }

  private final class WatchedReceiver implements Upstream.Receiver {
    private final Upstream.Receiver receiver;

    WatchedReceiver(Upstream.Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void onSent() {
      settleSoon();
      receiver.onSent();
    }

    @Override
    public void onPacket(byte[] packet, int length) {
      settleSoon();
      receiver.onPacket(packet, length);
    }

    @Override
    public void onFailure(Upstream.SendFailure failure) {
      settleSoon();
      receiver.onFailure(failure);
    }

    @Override
    public boolean reserve(int bytes) {
      settleSoon();
      return receiver.reserve(bytes);
    }
  }
}
