package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.wire.Bytes;
import djbdns.wire.ExtendedError;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A question in progress, and all who wait for its answer. Its lookup and those of server addresses
 * that it needs lie on a stack; the topmost is being worked on. All of them together have one time
 * limit and one budget of packets and of lookups, which nothing resets (CAMP, NXNSAttack).
 */
final class Query implements Fetch.Listener {
  /**
   * What is asked.
   *
   * @param type 0 to 65535
   */
  record Key(Name name, int type) {}

  /**
   * A lookup on the stack, when its time is over; the client's own has the deadline for a timer.
   */
  private record Level(Lookup lookup, long limitNs, Optional<Timers.Timer> timer) {}

  private final Resolver resolver;
  private final Core core;
  private final Fetches fetches;
  private final Key key;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Deque<Level> stack = new ArrayDeque<>();
  private final Timers.Timer deadline;
  private final long deadlineNs;

  /** What has been asked so far; as long as the budget of packets at most. */
  private final List<Asked> asked = new ArrayList<>();

  private int packetsLeft;
  private int serverLookupsLeft;

  /** The fetch that is waited for. */
  private Optional<Fetch> fetch = Optional.empty();

  private long fetchStartedNs;

  /** What came of a fetch while its being started was not over. */
  private Optional<Fetch.Outcome> arrived = Optional.empty();

  private boolean running;
  private boolean ended;

  Query(Resolver resolver, Core core, Fetches fetches, Key key) {
    this.resolver = resolver;
    this.core = core;
    this.fetches = fetches;
    this.key = key;
    packetsLeft = core.bounds().packetsPerQuery();
    serverLookupsLeft = core.bounds().serverLookupsPerQuery();
    deadlineNs = core.time().nanoTime() + (ResolverLimits.QUERY_DEADLINE_MS * 1_000_000);
    deadline = core.timers().at(deadlineNs, () -> end(failure(ExtendedError.NETWORK_ERROR)));
    push(new Lookup(resolver, core, key.name(), key.type(), 0), deadlineNs, Optional.empty());
  }

  Key key() {
    return key;
  }

  void join(Waiting waiter) {
    waiting.add(waiter);
  }

  /** Somebody does not wait any more; the last one out ends the query. */
  void leave(Waiting waiter) {
    waiting.remove(waiter);
    if (waiting.isEmpty()) {
      stop();
    }
  }

  private void push(Lookup lookup, long limitNs, Optional<Timers.Timer> timer) {
    stack.push(new Level(lookup, limitNs, timer));
  }

  private Lookup top() {
    return stack.getFirst().lookup();
  }

  /** Goes on until something has to be waited for. */
  void run() {
    running = true;
    boolean goOn = true;
    while (goOn && !ended) {
      goOn = doNext();
    }
    running = false;
  }

  /** Whether there is more to be done at once. */
  private boolean doNext() {
    return switch (top().next(this)) {
      case Lookup.Need.Ask ask -> isAnsweredAtOnce(ask);
      case Lookup.Need.Addresses addresses -> {
        lookUpServer(addresses);
        yield true;
      }
      case Lookup.Need.Nothing(Answer answer) -> {
        pop(answer);
        yield true;
      }
    };
  }

  private boolean isAnsweredAtOnce(Lookup.Need.Ask ask) {
    if (packetsLeft == 0) {
      end(failure(ExtendedError.OTHER));
      return true;
    }
    fetchStartedNs = core.time().nanoTime();
    fetch = fetches.ask(ask.key(), ask.zone(), ask.candidates(), top().depth(), ask.capped(), this);
    if (fetch.isEmpty()) {
      end(failure(ExtendedError.OTHER));
      return true;
    }
    if (arrived.isEmpty()) {
      return false;
    }
    Fetch.Outcome outcome = arrived.get();
    arrived = Optional.empty();
    note(ask.key(), outcome);
    fetch = Optional.empty();
    top().onOutcome(outcome);
    return true;
  }

  private void lookUpServer(Lookup.Need.Addresses addresses) {
    serverLookupsLeft--;
    Lookup lookup =
        new Lookup(resolver, core, addresses.server(), addresses.type(), top().depth() + 1);
    long nowNs = core.time().nanoTime();
    long leftNs = stack.getFirst().limitNs() - nowNs;
    // Where there are others to try, one server's address must not take up all of the time.
    long limitNs = nowNs + (addresses.last() ? leftNs : leftNs / 2);
    push(lookup, limitNs, Optional.of(core.timers().at(limitNs, () -> expire(lookup))));
  }

  private void expire(Lookup lookup) {
    leaveFetch();
    while (top() != lookup) {
      popLevel();
    }
    pop(failure(ExtendedError.OTHER));
    run();
  }

  private void popLevel() {
    stack.pop().timer().ifPresent(Timers.Timer::cancel);
  }

  private void pop(Answer answer) {
    if (stack.size() == 1) {
      end(answer);
    } else {
      popLevel();
      top().onAddresses(answer);
    }
  }

  @Override
  public Bytes client() {
    return waiting.getFirst().waiter().client();
  }

  @Override
  public boolean charge() {
    if (packetsLeft == 0) {
      return false;
    }
    packetsLeft--;
    return true;
  }

  @Override
  public void fetched(Fetch.Outcome outcome) {
    if (ended) {
      return;
    }
    if (running) {
      arrived = Optional.of(outcome);
      return;
    }
    note(fetch.orElseThrow().key(), outcome);
    fetch = Optional.empty();
    top().onOutcome(outcome);
    run();
  }

  private void note(Fetch.Key question, Fetch.Outcome outcome) {
    long milliseconds = (core.time().nanoTime() - fetchStartedNs) / 1_000_000;
    Name zone = question.zone();
    asked.add(
        switch (outcome) {
          case Fetch.Outcome.Replied(Reply _, ServerAddress server) ->
              new Asked(zone, question.name(), question.type(), server, milliseconds);
          case Fetch.Outcome.Failed(List<ServerAddress> servers, boolean heard, int _) ->
              new Asked(
                  zone,
                  question.name(),
                  question.type(),
                  Optional.empty(),
                  servers,
                  heard,
                  milliseconds);
        });
  }

  /** Whether this is on the way to finding out just that. */
  boolean isLookingFor(Name name, int type) {
    for (Level level : stack) {
      if (level.lookup().isFor(name, type)) {
        return true;
      }
    }
    return false;
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
      if (extendedError != ExtendedError.CACHED_ERROR) {
        core.memory().storeFailure(key.name(), key.type(), extendedError);
      }
    }
    resolver.answered(waiting, answer.after(asked));
  }

  private void stop() {
    ended = true;
    deadline.cancel();
    while (!stack.isEmpty()) {
      popLevel();
    }
    leaveFetch();
    resolver.forget(this);
  }

  private void leaveFetch() {
    Optional<Fetch> left = fetch;
    fetch = Optional.empty();
    left.ifPresent(listened -> listened.leave(this));
  }
}
