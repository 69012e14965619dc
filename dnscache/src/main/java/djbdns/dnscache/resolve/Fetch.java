package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Reply;
import djbdns.dnscache.resolve.reply.ReplyMatcher;
import djbdns.dnscache.resolve.reply.ReplyReader;
import djbdns.dnscache.resolve.servers.ServerList;
import djbdns.dnscache.resolve.servers.ServerTable;
import djbdns.dnscache.resolve.servers.ZoneQuestion;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import djbdns.wire.Rcode;
import djbdns.wire.message.ExtendedError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One question put to the servers of one zone, one server after the other, until one of them gives
 * a reply that counts. Earlier packets stay open while later ones are sent, so that a slow server's
 * reply is not lost. All who ask the same of the same zone listen to the same fetch, so that no
 * question is asked twice because two want to know (CVE-2008-4392).
 */
final class Fetch {
  /** Gets to know the outcome. */
  interface Listener {
    /**
     * A packet is about to be sent.
     *
     * @return false if the listener cannot afford it: it is then no listener any more
     */
    boolean charge();

    /**
     * Bytes of a reply are about to be held until the fetch ends.
     *
     * @return false if the listener cannot afford them: it is then no listener any more
     */
    boolean reserve(int bytes);

    /** The fetch has ended, or goes on only for those with more {@link #patience}. */
    void fetched(Outcome outcome);

    /**
     * For {@link Patience#HASTY} ones: some servers have been tried in vain. They may still reply,
     * and others are tried meanwhile. The listener is {@link Patience#BUSY} from now on, or leaves.
     */
    void pending();

    /** On whose behalf: as {@link Waiter#client}. */
    Bytes client();

    Patience patience();
  }

  /** The time for which a listener waits. */
  enum Patience {
    /** Asks with a part of a name, and can ask with all of it: tries two servers. */
    PROBE,
    /** Has other ways to go on, if no reply comes soon. */
    HASTY,
    /** Tries the other ways now. */
    BUSY,
    /** Has no other way: waits for late replies, and takes one of last resort. */
    PATIENT
  }

  /** The end of a fetch. */
  sealed interface Outcome {
    /**
     * With a reply: {@link Reply.Content} or {@link Reply.Referral}.
     *
     * @param server whose reply it is
     */
    record Replied(Reply reply, ServerAddress server) implements Outcome {}

    /**
     * Without.
     *
     * @param servers who were to be asked, those of listeners who came later included
     * @param sent what they were sent
     * @param answered whether any server said anything at all
     * @param extendedError why (RFC 8914)
     */
    record Failed(List<ServerAddress> servers, List<Sent> sent, boolean answered, int extendedError)
        implements Outcome {}
  }

  /** Packets with one question to one server. */
  record Sent(ServerAddress server, int udp, int tcp) {}

  /**
   * The question, and the zone whose servers are asked.
   *
   * @param purpose what for
   */
  record Key(ZoneQuestion question, Purpose purpose) {
    Name zone() {
      return question.zone();
    }

    Name name() {
      return question.name();
    }

    int type() {
      return question.type();
    }

    /** True if the servers are caches (RD=1). */
    boolean forwarded() {
      return purpose == Purpose.FORWARDING;
    }
  }

  /** The purpose of a fetch. */
  enum Purpose {
    /** To get an answer or a referral from servers of the zone. */
    ITERATION,
    /** To get the answer from a cache. */
    FORWARDING,
    /** To learn the root servers (RFC 9609). */
    PRIMING
  }

  /** The time to wait for a reply over UDP: clients have given up by then. */
  private static final long UDP_LIFE_NS = 5_000_000_000L;

  /** The same over TCP: as long as any question has. */
  private static final long TCP_LIFE_NS = ResolverLimits.QUERY_DEADLINE_MS * 1_000_000;

  /** The time to wait for a connection where there is a reply of last resort: two lost SYNs. */
  private static final long CONNECTION_NS = 3_500_000_000L;

  /** The time that a server which has been silent for long may take until another one is asked. */
  private static final long SILENT_PATIENCE_NS = 750_000_000;

  /** A connection takes a round trip of its own. */
  private static final long TCP_EXTRA_NS = 500_000_000;

  /** Connections to a server that breaks them. */
  private static final int CONNECTIONS = 2;

  /** Turns of servers until a {@link Patience#HASTY} listener starts to try other ways. */
  private static final int LEAST_HASTY_TURNS = 2;

  private static final int MOST_HASTY_TURNS = 4;

  /** Servers that a {@link Patience#PROBE} tries. */
  private static final int PROBED_SERVERS = 2;

  private final Core core;
  private final Fetches fetches;
  private final Key key;
  private final Delegation zone;
  private final Bytes begunFor;
  private ServerList servers;

  /** The state of each server that has had a packet, by its index; null for the others. */
  private Candidate[] candidates;

  /**
   * The number of turns that each server has had; {@link ServerTable#MAX_TRIES} for no more of
   * them.
   */
  private int[] turns;

  private final List<Listener> listeners = new ArrayList<>();

  /** Packets that wait for a reply, the oldest first. */
  private final List<Try> open = new ArrayList<>(2);

  /** The one of them whose reply is due: while there is none, a server's turn has come. */
  private Optional<Try> current = Optional.empty();

  /** The reply that counts if no better one comes. */
  private Optional<Outcome.Replied> lastResort = Optional.empty();

  /** Bytes that each listener has been charged for it. */
  private int lastResortBytes;

  /** Ends the wait for something better. */
  private Optional<Timers.Timer> resort = Optional.empty();

  private int packets;
  private int allTurns;
  private int smallLetterPackets;
  private int nearMisses;
  private boolean tcpOnly;
  private boolean answered;

  /** This host had no socket to spare for some of it: that says nothing of the servers. */
  private boolean starved;

  private boolean ended;

  /**
   * A fetch that has not begun.
   *
   * @param sent packets that the servers have had with the same question, minimised
   * @param begunFor whose question it is at first: as {@link Waiter#client}
   */
  Fetch(
      Core core,
      Fetches fetches,
      Key key,
      Delegation zone,
      ServerList servers,
      List<Sent> sent,
      Bytes begunFor) {
    this.core = core;
    this.begunFor = begunFor;
    this.fetches = fetches;
    this.key = key;
    this.zone = zone;
    this.servers = servers;
    turns = new int[servers.size()];
    candidates = new Candidate[servers.size()];
    for (Sent before : sent) {
      int index = servers.addresses().indexOf(before.server());
      if (index >= 0) {
        candidate(index).sentBefore(before.udp(), before.tcp());
        turns[index] = before.udp();
      }
    }
  }

  private Candidate candidate(int index) {
    if (candidates[index] == null) {
      ServerAddress server = servers.addresses().get(index);
      long nowNs = core.time().nanoTime();
      candidates[index] =
          new Candidate(
              !core.servers().withoutEdns(server, nowNs),
              !core.servers().withoutLetterCase(server, nowNs));
    }
    return candidates[index];
  }

  Key key() {
    return key;
  }

  Bytes begunFor() {
    return begunFor;
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Somebody else asks the same, and may know more servers than those who asked first. */
  void join(Listener listener, ServerList more) {
    if (lastResortBytes > 0 && !listener.reserve(lastResortBytes)) {
      return;
    }
    listeners.add(listener);
    current.ifPresent(sent -> sent.alsoFor(listener.client()));
    add(more);
    goOn();
  }

  private void add(ServerList more) {
    List<ServerAddress> all = new ArrayList<>(servers.addresses());
    for (ServerAddress server : more.addresses()) {
      if (!all.contains(server)) {
        all.add(server);
      }
    }
    if (all.size() > servers.size()) {
      servers = new ServerList(all, servers.preferred());
      turns = Arrays.copyOf(turns, all.size());
      candidates = Arrays.copyOf(candidates, all.size());
    }
  }

  /** Somebody does not want to know any more. */
  void leave(Listener listener) {
    listeners.remove(listener);
    if (listeners.isEmpty()) {
      abandon();
    }
  }

  private void abandon() {
    if (!ended) {
      stop();
    }
  }

  private void stop() {
    ended = true;
    current = Optional.empty();
    resort.ifPresent(Timers.Timer::cancel);
    while (!open.isEmpty()) {
      open.removeLast().close();
    }
    fetches.remove(this);
  }

  /** Sends the first packet. */
  void start() {
    nextServer();
  }

  /** True if only a part of a name is asked about, so that no answer counts for itself. */
  boolean isProbe() {
    return listeners.stream().allMatch(listener -> listener.patience() == Patience.PROBE);
  }

  private void nextServer() {
    current = Optional.empty();
    if (allTurns >= Math.min(PROBED_SERVERS, servers.size())) {
      tellProbes(this::failure);
    }
    if (allTurns >= Math.clamp(servers.size(), LEAST_HASTY_TURNS, MOST_HASTY_TURNS)) {
      tellHasty();
    }
    if (ended || current.isPresent()) {
      return;
    }
    int next = core.servers().choose(servers, turns, key.question(), core.time().nanoTime());
    if (next < 0) {
      next = takeRefuserOfRandomCase();
    }
    if (next >= 0) {
      allTurns++;
      turns[next]++;
      send(next);
    } else {
      runOut();
    }
  }

  /**
   * A server that is to be asked once more in small letters, since it may be the random ones that
   * it does not answer to; -1 if there is none.
   */
  private int takeRefuserOfRandomCase() {
    if (smallLetterPackets == ResolverLimits.SMALL_LETTER_PACKETS_PER_FETCH || !hasLetters()) {
      return -1;
    }
    for (int i = 0; i < candidates.length; i++) {
      if (candidates[i] != null && candidates[i].mayDislikeRandomCase()) {
        candidates[i].startAgainInSmallLetters();
        smallLetterPackets++;
        return i;
      }
    }
    return -1;
  }

  private int mostTries(int index) {
    return core.servers().mostTries(servers.addresses().get(index), core.time().nanoTime());
  }

  private boolean hasLetters() {
    for (int i = 0; i < key.name().length(); i++) {
      byte small = NameBytes.lowerCase(key.name().byteAt(i));
      if (small >= 'a' && small <= 'z') {
        return true;
      }
    }
    return false;
  }

  /** Sends a packet to a server, as what it has shown so far asks for. */
  private void send(int index) {
    Candidate candidate = candidate(index);
    if (tcpOnly) {
      candidate.useTcp();
    }
    if (!candidate.maySend()) {
      giveUp(index);
      return;
    }
    if (packets == core.bounds().packetsPerFetch()) {
      runOut();
      return;
    }
    packets++;
    charge();
    if (ended) {
      return;
    }
    if (open.size() == ResolverLimits.OPEN_PACKETS_PER_FETCH) {
      removeLeastPromising().close();
    }
    if (isLastOfSilent(index, candidate)) {
      candidate.useSmallLetters();
    }
    candidate.sent(candidate.transport());
    Try sent = new Try(index, candidate);
    open.add(sent);
    current = Optional.of(sent);
    sent.send();
  }

  /**
   * The oldest open packet that its server has had another one before, if there is one: some
   * servers answer a question once, and a slow one answers the first packet first.
   */
  private Try removeLeastPromising() {
    for (int i = 1; i < open.size(); i++) {
      for (int earlier = 0; earlier < i; earlier++) {
        if (open.get(earlier).index == open.get(i).index) {
          return open.remove(i);
        }
      }
    }
    return open.removeFirst();
  }

  /** True if a server's last packet is to find out whether it is silent to random letters only. */
  private boolean isLastOfSilent(int index, Candidate candidate) {
    return candidate.transport() == Transport.UDP
        && candidate.packets() >= mostTries(index) - 1
        && !candidate.hasReplied();
  }

  /** Listeners that cannot pay are told that this is the end of it. */
  private void charge() {
    tell(listener -> !listener.charge(), this::exhaustion);
  }

  /** Those who asked with a part of the name need not wait any longer. */
  private void tellProbes(Supplier<Outcome> outcome) {
    tell(listener -> listener.patience() == Patience.PROBE, outcome);
  }

  /** Tells some listeners the end; without any left the fetch ends. */
  private void tell(Predicate<Listener> told, Supplier<Outcome> outcome) {
    for (Listener listener : told()) {
      if (listeners.contains(listener) && told.test(listener)) {
        listeners.remove(listener);
        listener.fetched(outcome.get());
      }
    }
    if (listeners.isEmpty()) {
      abandon();
    }
  }

  /** There is nobody to send anything to any more. */
  private void runOut() {
    current = Optional.empty();
    if (lastResort.isEmpty() && open.isEmpty()) {
      end(failure());
      return;
    }
    tellProbes(this::failure);
    tellHasty();
    if (!ended && current.isEmpty() && lastResort.isPresent() && !waitForBetter()) {
      takeLastResort(lastResort.get());
    }
  }

  /** For those who have no other way; others may still find one. */
  private void takeLastResort(Outcome.Replied resort) {
    if (listeners.stream().allMatch(listener -> listener.patience() == Patience.PATIENT)) {
      succeed(resort);
    } else if (listeners.stream().anyMatch(listener -> listener.patience() == Patience.PATIENT)) {
      fetches.store(this, resort.reply(), resort.server());
      tell(listener -> listener.patience() == Patience.PATIENT, () -> resort);
    }
  }

  /**
   * Waits where a server has more to say than fits into a packet, and may still get to say it;
   * false if there is none.
   */
  private boolean waitForBetter() {
    resort.ifPresent(Timers.Timer::cancel);
    resort = Optional.empty();
    long nowNs = core.time().nanoTime();
    for (Try connection : open) {
      long untilNs = connection.sentNs + CONNECTION_NS;
      if (connection.transport == Transport.TCP && untilNs - nowNs > 0) {
        resort = Optional.of(core.timers().at(untilNs, this::goOn));
        return true;
      }
    }
    return false;
  }

  /** The listeners now: a copy, since a listener that is told something may leave. */
  private List<Listener> told() {
    return listeners.size() == 1 ? List.of(listeners.getFirst()) : List.copyOf(listeners);
  }

  private void tellHasty() {
    for (Listener listener : told()) {
      if (listeners.contains(listener) && listener.patience() == Patience.HASTY) {
        listener.pending();
      }
    }
  }

  /** A listener that was {@link Patience#BUSY} has become {@link Patience#PATIENT}. */
  void awaited() {
    goOn();
  }

  /** No packet more for this server. */
  private void giveUp(int index) {
    turns[index] = ServerTable.MAX_TRIES;
    goOn();
  }

  /** The next server's turn, unless a reply is due. */
  private void goOn() {
    if (!ended && current.isEmpty()) {
      nextServer();
    }
  }

  private Outcome.Failed failure() {
    if (starved) {
      return failure(ExtendedError.NOT_READY);
    }
    return failure(answered ? ExtendedError.NO_REACHABLE_AUTHORITY : ExtendedError.NETWORK_ERROR);
  }

  /** The end of a listener that has no packets or bytes left. */
  private Outcome.Failed exhaustion() {
    return failure(ExtendedError.OTHER);
  }

  private Outcome.Failed failure(int extendedError) {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < candidates.length; i++) {
      if (candidates[i] != null) {
        sent.add(
            new Sent(
                servers.addresses().get(i),
                candidates[i].packets(Transport.UDP),
                candidates[i].packets(Transport.TCP)));
      }
    }
    return new Outcome.Failed(servers.addresses(), sent, answered, extendedError);
  }

  private void succeed(Outcome.Replied replied) {
    fetches.store(this, replied.reply(), replied.server());
    end(replied);
  }

  private void end(Outcome outcome) {
    stop();
    List<Listener> told = told();
    listeners.clear();
    for (Listener listener : told) {
      listener.fetched(outcome);
    }
  }

  private static boolean isFormatError(Rcode rcode) {
    return rcode.equals(Rcode.FORMERR) || rcode.equals(Rcode.NOTIMP) || rcode.equals(Rcode.BADVERS);
  }

  /** One packet to one server, and what comes of it. */
  private final class Try implements Upstream.Receiver {
    private final int index;
    private final ServerAddress server;
    private final Candidate candidate;
    private final Transport transport;
    private final boolean withEdns;
    private final boolean withRandomCase;
    private final byte[] query;
    private boolean otherCase;

    /** Its reply is not expected any more. */
    private boolean late;

    private long sentNs;
    private Optional<Upstream.Exchange> exchange = Optional.empty();
    private Optional<Timers.Timer> timer = Optional.empty();

    Try(int index, Candidate candidate) {
      this.index = index;
      this.candidate = candidate;
      server = servers.addresses().get(index);
      transport = candidate.transport();
      withEdns = candidate.withEdns();
      withRandomCase = candidate.withRandomCase();
      query =
          fetches
              .packets()
              .compose(key.name(), key.type(), key.forwarded(), withEdns, withRandomCase);
    }

    void send() {
      sentNs = core.time().nanoTime();
      Upstream.Cause cause = new Upstream.Cause(listeners.getFirst().client(), key.zone());
      exchange =
          Optional.of(core.upstream().send(transport, server, query, query.length, cause, this));
    }

    /** A wait for a socket is not the server's silence: the time runs from here. */
    @Override
    public void onSent() {
      sentNs = core.time().nanoTime();
      timer = Optional.of(core.timers().at(sentNs + patienceNs(), this::onLate));
    }

    private long patienceNs() {
      long patienceNs = core.servers().timeoutNs(server);
      if (mostTries(index) < ServerTable.MAX_TRIES) {
        // It is not slow but dead, most likely.
        patienceNs = Math.min(patienceNs, SILENT_PATIENCE_NS);
      }
      return transport == Transport.TCP ? (2 * patienceNs) + TCP_EXTRA_NS : patienceNs;
    }

    void alsoFor(Bytes client) {
      exchange.ifPresent(waiting -> waiting.alsoFor(client));
    }

    void close() {
      timer.ifPresent(Timers.Timer::cancel);
      exchange.ifPresent(Upstream.Exchange::close);
    }

    /** It is over; the server's turn with it, if it is at hand. */
    private void finish() {
      close();
      open.remove(this);
      if (isCurrent()) {
        current = Optional.empty();
      }
    }

    private boolean isCurrent() {
      return current.isPresent() && current.get() == this;
    }

    /** A reply is not expected any more, but would still be welcome. */
    private void onLate() {
      late = true;
      long lifeNs = transport == Transport.TCP ? TCP_LIFE_NS : UDP_LIFE_NS;
      timer = Optional.of(core.timers().at(sentNs + lifeNs, this::onEnd));
      exchange.ifPresent(Upstream.Exchange::giveWay);
      if (transport == Transport.UDP) {
        core.servers().timedOut(server, sentNs, core.time().nanoTime());
      } else {
        // Its one connection goes on: another would not be faster.
        turns[index] = ServerTable.MAX_TRIES;
      }
      if (isCurrent()) {
        current = Optional.empty();
        nextServer();
      }
    }

    private void onEnd() {
      finish();
      goOn();
    }

    @Override
    public boolean reserve(int bytes) {
      tell(listener -> !listener.reserve(bytes), Fetch.this::exhaustion);
      return !ended;
    }

    @Override
    public void onFailure(Upstream.SendFailure failure) {
      finish();
      long nowNs = core.time().nanoTime();
      switch (failure) {
        case REFUSED -> {
          if (transport == Transport.UDP && !late) {
            core.servers().timedOut(server, sentNs, nowNs);
          }
          giveUp(index);
        }
        case UNREACHABLE -> {
          core.servers().unreachable(server, nowNs);
          giveUp(index);
        }
        case CLOSED -> {
          if (candidate.packets() < CONNECTIONS) {
            turns[index] = Math.min(turns[index], ServerTable.MAX_TRIES - 1);
          }
          goOn();
        }
        case EXHAUSTED -> {
          starved |= !late;
          goOn();
        }
      }
    }

    @Override
    public void onPacket(byte[] packet, int length) {
      on(fetches.matcher().match(query, packet, length), packet, length);
    }

    private void on(ReplyMatcher.Match match, byte[] packet, int length) {
      switch (match) {
        case REPLY -> onReply(packet, length);
        case TRUNCATED -> onTruncated();
        case OTHER_CASE -> onOtherCase(packet, length);
        case NO_EDNS -> onFormatError();
        case NO_QUESTION -> onFormatError();
        case UNRELATED -> onUnrelated();
      }
    }

    private void onTruncated() {
      noteReply();
      finish();
      if (transport == Transport.TCP) {
        giveUp(index);
      } else {
        overTcp();
      }
    }

    private void overTcp() {
      turns[index] = ServerTable.MAX_TRIES;
      candidate.useTcp();
      sendAgain();
    }

    /** The same server once more, unless the reply of another is due. */
    private void sendAgain() {
      if (ended) {
        return;
      }
      if (current.isEmpty()) {
        Fetch.this.send(index);
      } else {
        turns[index] = Math.min(turns[index], ServerTable.MAX_TRIES - 1);
      }
    }

    /**
     * Either a guess of somebody's who knows port and ID but not the letters, or a server that does
     * not keep them. Over TCP nobody can guess, so a reply there tells which.
     */
    private void onOtherCase(byte[] packet, int length) {
      if (!withRandomCase) {
        onInAnyCase(packet, length);
      } else if (transport == Transport.UDP) {
        candidate.seeOtherCase();
        finish();
        overTcp();
      } else {
        otherCase = true;
        candidate.useSmallLetters();
        onInAnyCase(packet, length);
      }
    }

    private void onInAnyCase(byte[] packet, int length) {
      on(fetches.matcher().matchInAnyCase(query, packet, length), packet, length);
    }

    /** Many packets that almost fit are an attack on this question; TCP ends it (SAD DNS). */
    private void onUnrelated() {
      nearMisses++;
      if (transport == Transport.TCP) {
        finish();
        giveUp(index);
      } else if (nearMisses >= core.bounds().nearMisses()) {
        tcpOnly = true;
        for (Try guessed : List.copyOf(open)) {
          if (guessed.transport == Transport.UDP) {
            guessed.finish();
          }
        }
        overTcp();
      }
    }

    private void noteReply() {
      answered = true;
      candidate.reply();
      long nowNs = core.time().nanoTime();
      if (transport == Transport.UDP) {
        core.servers().replied(server, nowNs - sentNs, nowNs);
      }
    }

    private void onReply(byte[] packet, int length) {
      ReplyReader.Context context =
          new ReplyReader.Context(
              key.name(), key.type(), zone, key.forwarded(), core.time().unixSeconds());
      Reply reply = fetches.read(key, packet, length, context);
      noteReply();
      switch (reply) {
        case Reply.Content content -> succeed(content);
        case Reply.Referral referral -> succeed(referral);
        case Reply.Doubtful(Reply.Content content) -> keep(content);
        case Reply.Lame lame -> onLame(lame);
        case Reply.Failed(Rcode rcode) when isFormatError(rcode) -> onFormatError();
        case Reply.Failed failed -> onRefusal();
        case Reply.Malformed malformed -> onFormatError();
      }
    }

    private void succeed(Reply reply) {
      long nowNs = core.time().nanoTime();
      if (candidate.hasRefusedEdns() && !withEdns) {
        core.servers().noteWithoutEdns(server, nowNs);
      }
      boolean small = !withRandomCase || otherCase;
      if (small && candidate.hasTakenSmallLetters() && hasLetters()) {
        boolean proved = candidate.hasOtherCase() || candidate.hasRefusedRandomCase();
        core.servers().noteSmallLetters(server, proved, nowNs);
      } else if (!small && hasLetters()) {
        core.servers().noteLetterCase(server, nowNs);
      }
      Fetch.this.succeed(new Outcome.Replied(reply, server));
    }

    /** Somebody else may know better. */
    private void keep(Reply.Content content) {
      finish();
      if (lastResort.isEmpty() || !content.records().isEmpty()) {
        int bytes = (int) Held.records(content.records());
        lastResortBytes += bytes;
        if (!reserve(bytes)) {
          return;
        }
        lastResort = Optional.of(new Outcome.Replied(content, server));
      }
      tellProbes(() -> new Outcome.Replied(content, server));
      giveUp(index);
    }

    private void onLame(Reply.Lame lame) {
      // What a server says to a part of a name does not make it lame for the zone.
      if (!key.forwarded() && !isProbe()) {
        core.servers().lame(server, key.zone(), core.time().nanoTime());
        core.log().lame(server, key.zone(), lame.referral());
      }
      if (lame.content().isPresent()) {
        keep(lame.content().get());
      } else {
        finish();
        giveUp(index);
      }
    }

    /**
     * The server, or we, cannot read the other. If it is EDNS0 that it cannot deal with, a plain
     * question gets an answer (RFC 6891, 7).
     */
    private void onFormatError() {
      if (withEdns) {
        noteReply();
        finish();
        candidate.refuseEdns();
        sendAgain();
      } else {
        onRefusal();
      }
    }

    /** A reply of no use. */
    private void onRefusal() {
      noteReply();
      finish();
      if (withRandomCase) {
        candidate.refuseRandomCase();
      }
      core.servers().failed(server, key.question(), core.time().nanoTime());
      giveUp(index);
    }
  }
}
