package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Reply;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.message.ExtendedError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A question in progress, and all who wait for its answer. Its lookup and those of server addresses
 * that it needs lie on a stack; the topmost is being worked on. All of them together have one time
 * limit and one budget of packets and of lookups, which nothing resets (CAMP, NXNSAttack). What
 * they hold is charged to the first who waits, and then to the next.
 */
final class Query {
  /**
   * The question, and the client for whom it is asked first.
   *
   * @param type 0 to 65535
   */
  record Key(Name name, int type) {}

  /** A lookup on the stack. */
  private static final class Level {
    private final Lookup lookup;
    private final long limitNs;

    /** Ends it when its time is over; the client's own has the deadline for that. */
    private final Optional<Timers.Timer> timer;

    /** Questions to servers that have all been tried, but may reply late. */
    private final List<Asking> late = new ArrayList<>(0);

    private Level(Lookup lookup, long limitNs, Optional<Timers.Timer> timer) {
      this.lookup = lookup;
      this.limitNs = limitNs;
      this.timer = timer;
    }
  }

  private final Resolver resolver;
  private final Core core;
  private final Fetches fetches;
  private final Key key;
  private final List<Waiting> waiting = new ArrayList<>(1);
  private final Deque<Level> stack = new ArrayDeque<>(4);
  private final Timers.Timer deadline;

  /** The questions asked so far; as many as the budget of packets at most. */
  private final List<Asked> asked = new ArrayList<>(4);

  /** Zones whose servers are told whole names: few, since there are few packets. */
  private final Set<Name> toldWhole = new HashSet<>(0);

  /** Parts of names at which no zone is cut off. */
  private final Set<Name> knownParts = new HashSet<>(0);

  /** Server addresses that could not be found. */
  private final Set<Key> failedLookups = new HashSet<>(0);

  private long heldBytes;

  /** Outcomes that lookups have been told. */
  private int outcomes;

  private boolean running;
  private int packetsLeft;
  private int serverLookupsLeft;

  /** The question to servers whose outcome the topmost lookup waits for. */
  private Optional<Asking> current = Optional.empty();

  private boolean ended;

  Query(Resolver resolver, Core core, Fetches fetches, Key key) {
    this.resolver = resolver;
    this.core = core;
    this.fetches = fetches;
    this.key = key;
    heldBytes = Held.query(key.name());
    packetsLeft = core.bounds().packetsPerQuery();
    serverLookupsLeft = core.bounds().serverLookupsPerQuery();
    long deadlineNs = core.time().nanoTime() + (ResolverLimits.QUERY_DEADLINE_MS * 1_000_000);
    deadline = core.timers().at(deadlineNs, () -> end(failure(ExtendedError.NETWORK_ERROR)));
    Lookup lookup = new Lookup(resolver, core, this, key.name(), key.type(), 0);
    stack.push(new Level(lookup, deadlineNs, Optional.empty()));
  }

  Key key() {
    return key;
  }

  /**
   * Somebody waits.
   *
   * @return bytes to be charged for it
   */
  long join(Waiting waiter) {
    waiting.add(waiter);
    return Held.waiting(key.name()) + (waiting.size() == 1 ? heldBytes : 0);
  }

  /** Somebody does not wait any more; the last one out ends the query. */
  void leave(Waiting waiter) {
    boolean paid = waiting.getFirst() == waiter;
    waiting.remove(waiter);
    if (waiting.isEmpty()) {
      stop();
    } else if (paid) {
      resolver.charge(waiting.getFirst(), heldBytes);
    }
  }

  /**
   * Charges for bytes that are about to be held, or that are held no more.
   *
   * @return false if the query had to give way: it has ended then
   */
  boolean hold(long change) {
    if (!ended) {
      heldBytes += change;
      resolver.charge(waiting.getFirst(), change);
      if (change > 0) {
        resolver.enforce(waiting.getFirst());
      }
    }
    return !ended;
  }

  private Lookup top() {
    return stack.getFirst().lookup;
  }

  /** Goes on until something has to be waited for. */
  void run() {
    if (running) {
      return;
    }
    running = true;
    boolean goOn = true;
    while (goOn && !ended) {
      goOn = doNext();
    }
    running = false;
  }

  /** True if there is more to be done at once. */
  private boolean doNext() {
    Lookup.Need need = top().next();
    if (ended) {
      return false;
    }
    return switch (need) {
      case Lookup.Need.Ask ask -> ask(ask);
      case Lookup.Need.Addresses addresses -> {
        lookUpServer(addresses);
        yield true;
      }
      case Lookup.Need.LateReply _ -> awaitLate();
      case Lookup.Need.Nothing(Answer answer) -> {
        pop(answer);
        yield true;
      }
    };
  }

  /** Asks servers; whether the outcome is there already. */
  private boolean ask(Lookup.Need.Ask ask) {
    if (packetsLeft == 0) {
      end(failure(ExtendedError.OTHER));
      return true;
    }
    Asking asking = new Asking(stack.getFirst(), ask);
    if (!hold(asking.bytes)) {
      return false;
    }
    current = Optional.of(asking);
    Optional<Fetch> started =
        fetches.ask(
            ask.key(), ask.zone(), ask.servers(), ask.sent(), top().depth(), ask.capped(), asking);
    if (started.isEmpty()) {
      // The zone has too many questions: that says nothing of this one.
      end(failure(ExtendedError.NOT_READY));
      return true;
    }
    return asking.started(started.get());
  }

  /** Waits for servers that may reply late; whether there is an outcome already. */
  private boolean awaitLate() {
    int before = outcomes;
    List.copyOf(stack.getFirst().late).forEach(Asking::await);
    return outcomes != before;
  }

  /** A question to servers on behalf of a lookup. */
  private final class Asking implements Fetch.Listener {
    private final Level level;
    private final Fetch.Key question;
    private final List<ServerAddress> servers;
    private final long startedNs = core.time().nanoTime();
    private Fetch.Patience patience;
    private long bytes;
    private Optional<Fetch> fetch = Optional.empty();

    /** The outcome that came while the fetch was being started. */
    private Optional<Fetch.Outcome> arrived = Optional.empty();

    private boolean closed;

    Asking(Level level, Lookup.Need.Ask ask) {
      this.level = level;
      question = ask.key();
      servers = ask.servers().addresses();
      patience = ask.patience();
      bytes = Held.FETCH + Held.name(question.name()) + Held.addresses(ask.servers().size());
    }

    /** True if the outcome is there already. */
    boolean started(Fetch with) {
      if (closed) {
        with.leave(this);
        return true;
      }
      if (arrived.isEmpty()) {
        fetch = Optional.of(with);
        // It may be pending already.
        return !isCurrent();
      }
      take(arrived.get());
      return true;
    }

    private void take(Fetch.Outcome outcome) {
      outcomes++;
      boolean late = level.late.contains(this);
      close();
      note(this, outcome);
      if (ended) {
        return;
      }
      if (late && outcome instanceof Fetch.Outcome.Failed failed) {
        level.lookup.onLateFailure(failed);
      } else {
        if (outcome instanceof Fetch.Outcome.Replied) {
          closeLate(level);
        }
        level.lookup.onOutcome(outcome);
      }
    }

    /** Does not wait any more. */
    void close() {
      if (closed) {
        return;
      }
      closed = true;
      level.late.remove(this);
      if (isCurrent()) {
        current = Optional.empty();
      }
      fetch.ifPresent(left -> left.leave(this));
      hold(-bytes);
    }

    private boolean isCurrent() {
      return current.isPresent() && current.get() == this;
    }

    @Override
    public void fetched(Fetch.Outcome outcome) {
      if (closed) {
        return;
      }
      if (fetch.isEmpty()) {
        arrived = Optional.of(outcome);
        return;
      }
      fetch = Optional.empty();
      boolean awaited = isCurrent();
      if (!awaited && outcome instanceof Fetch.Outcome.Replied) {
        // A late reply: what has been done meanwhile instead is not needed any more.
        unwindTo(level);
        awaited = true;
      }
      take(outcome);
      if (awaited || (stack.peekFirst() == level && current.isEmpty())) {
        run();
      }
    }

    /** There is no other way left than this one. */
    void await() {
      patience = Fetch.Patience.PATIENT;
      fetch.ifPresent(Fetch::awaited);
    }

    @Override
    public void pending() {
      patience = Fetch.Patience.BUSY;
      level.late.add(this);
      if (isCurrent()) {
        current = Optional.empty();
        level.lookup.onPending(servers);
        run();
      }
    }

    @Override
    public Bytes client() {
      return waiting.getFirst().client();
    }

    @Override
    public Fetch.Patience patience() {
      return patience;
    }

    @Override
    public boolean charge() {
      if (isPaidByAnother(this)) {
        // The same fetch: the packet is charged once.
        return true;
      }
      if (packetsLeft == 0) {
        return false;
      }
      packetsLeft--;
      return true;
    }

    @Override
    public boolean reserve(int more) {
      bytes += more;
      return hold(more);
    }
  }

  /** True if something else that this query asks comes first to pay for the same packets. */
  private boolean isPaidByAnother(Asking asking) {
    if (current.isPresent() && current.get().question.equals(asking.question)) {
      return current.get() != asking;
    }
    for (Level level : stack) {
      for (Asking late : level.late) {
        if (late.question.equals(asking.question)) {
          return late != asking;
        }
      }
    }
    return false;
  }

  private void lookUpServer(Lookup.Need.Addresses addresses) {
    if (!hold(Held.LOOKUP + Held.name(addresses.server()))) {
      return;
    }
    serverLookupsLeft--;
    Lookup lookup =
        new Lookup(resolver, core, this, addresses.server(), addresses.type(), top().depth() + 1);
    long nowNs = core.time().nanoTime();
    long leftNs = stack.getFirst().limitNs - nowNs;
    // Where there are others to try, one server's address must not take up all of the time.
    long limitNs = nowNs + (addresses.last() ? leftNs : leftNs / 2);
    List<Level> pushed = new ArrayList<>(1);
    Timers.Timer timer = core.timers().at(limitNs, () -> expire(pushed.getFirst()));
    pushed.add(new Level(lookup, limitNs, Optional.of(timer)));
    stack.push(pushed.getFirst());
  }

  private void expire(Level level) {
    for (Level given : stack) {
      if (given == level) {
        break;
      }
      // It has had its time, and its servers their packets.
      failedLookups.add(new Key(given.lookup.wanted(), given.lookup.type()));
    }
    unwindTo(level);
    pop(failure(ExtendedError.OTHER));
    run();
  }

  /** Gives up whatever is being done for a lookup. */
  private void unwindTo(Level level) {
    current.ifPresent(Asking::close);
    while (stack.getFirst() != level) {
      popLevel();
    }
  }

  private static void closeLate(Level level) {
    List.copyOf(level.late).forEach(Asking::close);
  }

  /** The topmost lookup has nothing to do any more with servers that may reply late. */
  void forgetLate() {
    closeLate(stack.getFirst());
  }

  private void popLevel() {
    Level level = stack.pop();
    level.timer.ifPresent(Timers.Timer::cancel);
    closeLate(level);
    level.lookup.release();
    hold(-Held.LOOKUP - Held.name(level.lookup.wanted()));
  }

  private void pop(Answer answer) {
    if (stack.size() == 1) {
      end(answer);
      return;
    }
    Lookup lookup = top();
    rememberFailure(lookup, answer);
    popLevel();
    top().onAddresses(lookup.wanted(), answer);
  }

  /** So that not each question needs all the packets again. What we gave up says nothing. */
  private void rememberFailure(Lookup lookup, Answer answer) {
    if (answer.rcode().equals(Rcode.SERVFAIL)) {
      failedLookups.add(new Key(lookup.wanted(), lookup.type()));
    }
    int error = answer.extendedError().orElse(ExtendedError.OTHER);
    if (error == ExtendedError.NETWORK_ERROR || error == ExtendedError.NO_REACHABLE_AUTHORITY) {
      core.memory().storeFailure(lookup.wanted(), lookup.type(), error);
    }
  }

  private void note(Asking asking, Fetch.Outcome outcome) {
    Fetch.Key question = asking.question;
    long milliseconds = (core.time().nanoTime() - asking.startedNs) / 1_000_000;
    Asked line =
        switch (outcome) {
          case Fetch.Outcome.Replied(Reply _, ServerAddress server) ->
              new Asked(question.zone(), question.name(), question.type(), server, milliseconds);
          case Fetch.Outcome.Failed failed ->
              new Asked(
                  question.zone(),
                  question.name(),
                  question.type(),
                  Optional.empty(),
                  failed.servers(),
                  failed.answered(),
                  milliseconds);
        };
    if (hold(Held.asked(line))) {
      asked.add(line);
    }
  }

  /** The servers of a zone have not answered for a part of a name: no more parts for this query. */
  void tellWhole(Name zone) {
    toldWhole.add(zone);
  }

  /** No zone is cut off at this name, the servers say; where that may not be cached as well. */
  void knowPart(Name part) {
    knownParts.add(part);
  }

  boolean isKnownPart(Name part) {
    return knownParts.contains(part);
  }

  boolean isToldWhole(Name zone) {
    return toldWhole.contains(zone);
  }

  /** True if this is on the way to finding out just that. */
  boolean isLookingFor(Name name, int type) {
    for (Level level : stack) {
      if (level.lookup.isFor(name, type)) {
        return true;
      }
    }
    return false;
  }

  boolean hasFailedToLookUp(Name server, int type) {
    return failedLookups.contains(new Key(server, type));
  }

  boolean mayLookUpServer() {
    return serverLookupsLeft > 0;
  }

  private static Answer failure(int extendedError) {
    return Lookup.failure(extendedError);
  }

  private void end(Answer answer) {
    stop();
    if (answer.rcode().equals(Rcode.SERVFAIL)) {
      int extendedError = answer.extendedError().orElse(ExtendedError.OTHER);
      String error =
          extendedError == ExtendedError.NETWORK_ERROR ? "timed out" : "input/output error";
      core.log().servfail(key.name(), error);
      if (isWorthRemembering(extendedError)) {
        core.memory().storeFailure(key.name(), key.type(), extendedError);
      }
    }
    resolver.answered(waiting, answer.after(asked));
  }

  /** Not what is remembered already, nor a shortage of ours. */
  private static boolean isWorthRemembering(int extendedError) {
    return extendedError != ExtendedError.CACHED_ERROR && extendedError != ExtendedError.NOT_READY;
  }

  private void stop() {
    ended = true;
    deadline.cancel();
    current.ifPresent(Asking::close);
    while (!stack.isEmpty()) {
      popLevel();
    }
    resolver.forget(this);
  }
}
