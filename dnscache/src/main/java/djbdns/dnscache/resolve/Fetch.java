package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.wire.Bytes;
import djbdns.wire.ExtendedError;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One question put to the servers of one zone, one server at a time, until one of them gives a
 * reply that counts. All who ask the same of the same zone listen to the same fetch, so that no
 * question is ever on its way twice (CVE-2008-4392).
 */
final class Fetch implements Upstream.Receiver {
  /** Who wants to know. */
  interface Listener {
    /**
     * A packet is about to be sent.
     *
     * @return false if the listener cannot afford it: it is then no listener any more
     */
    boolean charge();

    /** The fetch has ended. */
    void fetched(Outcome outcome);

    /** On whose behalf: as {@link Waiter#client}. */
    Bytes client();
  }

  /** How a fetch ends. */
  sealed interface Outcome {
    /**
     * With a reply, never {@link Reply.Failed}, {@link Reply.Lame} or {@link Reply.Malformed}.
     *
     * @param server whose reply it is
     */
    record Replied(Reply reply, ServerAddress server) implements Outcome {}

    /**
     * Without.
     *
     * @param servers who were to be asked: not those of a listener who came later and knew of
     *     others
     * @param answered whether any server said anything at all
     * @param extendedError why (RFC 8914)
     */
    record Failed(List<ServerAddress> servers, boolean answered, int extendedError)
        implements Outcome {}
  }

  /**
   * What is asked of whom.
   *
   * @param zone whose servers are asked
   * @param purpose what for
   */
  record Key(Name zone, Purpose purpose, Name name, int type) {
    /** Whether the servers are caches (RD=1). */
    boolean forwarded() {
      return purpose == Purpose.FORWARDING;
    }
  }

  /** What a fetch is for. */
  enum Purpose {
    /** To get an answer or a referral from servers of the zone. */
    ITERATION,
    /** To get the answer from a cache. */
    FORWARDING,
    /** To learn the root servers (RFC 9609). */
    PRIMING
  }

  /**
   * How often more than {@link ServerTable#MAX_TRIES} a server is asked if there is no other:
   * losing a few packets is no reason to fail.
   */
  private static final int MORE_TRIES_ALONE = 2;

  /** A connection takes a round trip of its own. */
  private static final long TCP_EXTRA_NS = 500_000_000;

  private final Core core;
  private final Fetches fetches;
  private final Key key;
  private final Delegation zone;
  private final List<ServerAddress> candidates;
  private final int[] tried;
  private final List<Listener> listeners = new ArrayList<>();

  private int packets;
  private boolean answered;

  private int server;
  private Transport transport = Transport.UDP;
  private boolean withEdns;
  private boolean withRandomCase;

  /** What the server at hand has shown in this fetch; only a reply without it proves the lack. */
  private boolean ednsRefused;

  /** The server has repeated the question in letters of its own, over UDP. */
  private boolean otherCaseSeen;

  private int nearMisses;
  private byte[] query = {};
  private long sentNs;
  private Optional<Upstream.Exchange> exchange = Optional.empty();
  private Optional<Timers.Timer> timeout = Optional.empty();

  Fetch(Core core, Fetches fetches, Key key, Delegation zone, List<ServerAddress> candidates) {
    this.core = core;
    this.fetches = fetches;
    this.key = key;
    this.zone = zone;
    this.candidates = candidates;
    tried = new int[candidates.size()];
    if (candidates.size() == 1) {
      tried[0] = -MORE_TRIES_ALONE;
    }
  }

  Key key() {
    return key;
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Somebody does not want to know any more. */
  void leave(Listener listener) {
    listeners.remove(listener);
    if (listeners.isEmpty()) {
      abandon();
    }
  }

  private void abandon() {
    stopAttempt();
    fetches.remove(this);
  }

  /** Sends the first packet. */
  void start() {
    nextServer();
  }

  private void nextServer() {
    server = core.servers().choose(candidates, tried, key.zone(), core.time().nanoTime());
    if (server < 0) {
      fail();
      return;
    }
    transport = Transport.UDP;
    withEdns = !core.servers().withoutEdns(address(), core.time().nanoTime());
    withRandomCase = !core.servers().withoutLetterCase(address(), core.time().nanoTime());
    ednsRefused = false;
    otherCaseSeen = false;
    send();
  }

  private ServerAddress address() {
    return candidates.get(server);
  }

  private void send() {
    stopAttempt();
    if (packets == core.bounds().packetsPerFetch()) {
      fail();
      return;
    }
    packets++;
    charge();
    if (listeners.isEmpty()) {
      abandon();
      return;
    }
    nearMisses = 0;
    sentNs = core.time().nanoTime();
    query =
        fetches
            .packets()
            .compose(key.name(), key.type(), key.forwarded(), withEdns, withRandomCase);
    exchange = Optional.of(core.upstream().send(transport, address(), query, query.length, cause(), this));
    timeout = Optional.of(core.timers().at(sentNs + patienceNs(), this::onTimeout));
  }

  private Upstream.Cause cause() {
    return new Upstream.Cause(listeners.getFirst().client(), key.zone());
  }

  /** Listeners that cannot pay are told that this is the end of it. */
  private void charge() {
    List<Listener> broke = new ArrayList<>();
    for (Listener listener : listeners) {
      if (!listener.charge()) {
        broke.add(listener);
      }
    }
    listeners.removeAll(broke);
    for (Listener listener : broke) {
      listener.fetched(new Outcome.Failed(candidates, answered, ExtendedError.OTHER));
    }
  }

  private long patienceNs() {
    long patienceNs = core.servers().timeoutNs(address());
    return transport == Transport.TCP ? (2 * patienceNs) + TCP_EXTRA_NS : patienceNs;
  }

  private void stopAttempt() {
    exchange.ifPresent(Upstream.Exchange::close);
    exchange = Optional.empty();
    timeout.ifPresent(Timers.Timer::cancel);
    timeout = Optional.empty();
  }

  private void onTimeout() {
    timeout = Optional.empty();
    core.servers().timedOut(address(), core.time().nanoTime());
    tryAgainLater();
  }

  /** The next server's turn; this one may have another later. */
  private void tryAgainLater() {
    if (isRetriedInSmallLetters()) {
      return;
    }
    tried[server]++;
    if (transport == Transport.TCP) {
      tried[server] = ServerTable.MAX_TRIES;
    }
    nextServer();
  }

  /** The next server's turn, and none for this one any more. */
  private void giveUpServer() {
    if (isRetriedInSmallLetters()) {
      return;
    }
    tried[server] = ServerTable.MAX_TRIES;
    nextServer();
  }

  /** A server that does not keep the letters' case and has no TCP either. */
  private boolean isRetriedInSmallLetters() {
    if (!otherCaseSeen || !withRandomCase || transport == Transport.UDP) {
      return false;
    }
    withRandomCase = false;
    transport = Transport.UDP;
    send();
    return true;
  }

  @Override
  public void onFailure(Upstream.SendFailure failure) {
    switch (failure) {
      case REFUSED -> {
        core.servers().timedOut(address(), core.time().nanoTime());
        giveUpServer();
      }
      case UNREACHABLE -> {
        core.servers().unreachable(address(), core.time().nanoTime());
        giveUpServer();
      }
      case CLOSED, EXHAUSTED -> tryAgainLater();
    }
  }

  @Override
  public boolean reserve(int bytes) {
    return true;
  }

  @Override
  public void onPacket(byte[] packet, int length) {
    switch (fetches.matcher().match(query, query.length, packet, length)) {
      case REPLY -> onReply(packet, length);
      case TRUNCATED -> onTruncated();
      case OTHER_CASE -> onOtherCase(packet, length);
      case NO_EDNS -> onNoEdns();
      case NO_QUESTION, UNRELATED -> onUnrelated();
    }
  }

  private void onTruncated() {
    if (transport == Transport.TCP) {
      giveUpServer();
    } else {
      noteRoundTrip();
      overTcp();
    }
  }

  private void overTcp() {
    transport = Transport.TCP;
    send();
  }

  /**
   * Either a guess of somebody's who knows port and ID but not the letters, or a server that does
   * not keep them. Over TCP nobody can guess, so a reply there tells which.
   */
  private void onOtherCase(byte[] packet, int length) {
    if (!withRandomCase) {
      onReply(packet, length);
    } else if (transport == Transport.UDP) {
      otherCaseSeen = true;
      overTcp();
    } else {
      withRandomCase = false;
      onReply(packet, length);
    }
  }

  /** Only a server that then answers without EDNS0 is known not to understand it. */
  private void onNoEdns() {
    if (withEdns) {
      ednsRefused = true;
      withEdns = false;
      send();
    } else {
      giveUpServer();
    }
  }

  /** Many packets that almost fit are an attack on this question; TCP ends it (SAD DNS). */
  private void onUnrelated() {
    nearMisses++;
    if (transport == Transport.TCP) {
      giveUpServer();
    } else if (nearMisses >= core.bounds().nearMisses()) {
      overTcp();
    }
  }

  private void noteRoundTrip() {
    answered = true;
    long nowNs = core.time().nanoTime();
    if (transport == Transport.UDP) {
      core.servers().replied(address(), nowNs - sentNs, nowNs);
    }
    if (ednsRefused) {
      core.servers().noteWithoutEdns(address(), nowNs);
    }
    if (otherCaseSeen && !withRandomCase) {
      core.servers().noteWithoutLetterCase(address(), nowNs);
    }
  }

  private void onReply(byte[] packet, int length) {
    ReplyReader.Context context =
        new ReplyReader.Context(
            key.name(), key.type(), zone, key.forwarded(), core.time().unixSeconds());
    Reply reply = fetches.read(key, packet, length, context);
    noteRoundTrip();
    switch (reply) {
      case Reply.Content content -> succeed(content);
      case Reply.Referral referral -> succeed(referral);
      case Reply.Lame lame -> {
        core.servers().lame(address(), key.zone(), core.time().nanoTime());
        core.log().lame(address(), key.zone(), lame.referral());
        giveUpServer();
      }
      case Reply.Doubtful doubtful -> giveUpServer();
      case Reply.Failed failed -> giveUpServer();
      case Reply.Malformed malformed -> giveUpServer();
    }
  }

  private void succeed(Reply reply) {
    stopAttempt();
    fetches.store(this, reply, address());
    end(new Outcome.Replied(reply, address()));
  }

  private void fail() {
    stopAttempt();
    end(
        new Outcome.Failed(
            candidates,
            answered,
            answered ? ExtendedError.NO_REACHABLE_AUTHORITY : ExtendedError.NETWORK_ERROR));
  }

  private void end(Outcome outcome) {
    fetches.remove(this);
    List<Listener> told = List.copyOf(listeners);
    listeners.clear();
    for (Listener listener : told) {
      listener.fetched(outcome);
    }
  }
}
