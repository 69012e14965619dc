package djbdns.client;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Rdata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One {@link Lookup} being done: which questions to ask, and what the answers come to. No I/O.
 * Belongs to one thread.
 */
public final class LookupRun<T> {
  /** Whoever asks questions for a lookup. */
  @FunctionalInterface
  public interface Asker {
    /**
     * Asks the caches of this host.
     *
     * @param whenDone to be told once, later; not from within this call
     */
    void ask(Query query, Consumer<Step.End> whenDone);
  }

  private final Lookup<T> lookup;
  private final List<String> candidates;
  private final RandomGenerator random;
  private final Asker asker;
  private final Consumer<Outcome<T>> whenDone;

  private final List<Optional<Outcome<Records<Rdata>>>> answers = new ArrayList<>();
  private int candidate;

  /**
   * A lookup that has not begun.
   *
   * @param qualifier makes full names, where the lookup wants that
   * @param random for orders that depend on chance
   * @param whenDone told once, possibly from within {@link #start}
   */
  public LookupRun(
      Lookup<T> lookup,
      Qualifier qualifier,
      RandomGenerator random,
      Asker asker,
      Consumer<Outcome<T>> whenDone) {
    this.lookup = lookup;
    this.random = random;
    this.asker = asker;
    this.whenDone = whenDone;
    candidates = lookup.candidates(qualifier);
  }

  /** Asks the first questions. */
  public void start() {
    String text = candidates.get(candidate);
    Optional<Outcome<T>> known = lookup.known(text);
    if (known.isPresent()) {
      conclude(known.get(), false);
      return;
    }
    try {
      ask(Name.parse(text));
    } catch (MalformedTextException e) {
      // A domain of the search list may have made it too long.
      conclude(new Outcome.NotFound<>(new LookupError.Malformed(e.getMessage())), true);
    }
  }

  private void ask(Name name) {
    answers.clear();
    for (RecordType _ : lookup.types()) {
      answers.add(Optional.empty());
    }
    for (int i = 0; i < answers.size(); i++) {
      pursue(new Pursuit(name, lookup.types().get(i)), i);
    }
  }

  private void pursue(Pursuit pursuit, int index) {
    asker.ask(
        new Query(pursuit.question(), true),
        end -> {
          Optional<Outcome<Records<Rdata>>> answer = pursuit.onEnd(end);
          if (answer.isEmpty()) {
            pursue(pursuit, index);
          } else {
            answers.set(index, answer);
            concludeIfComplete();
          }
        });
  }

  private void concludeIfComplete() {
    List<Outcome<Records<Rdata>>> complete = new ArrayList<>(answers.size());
    for (Optional<Outcome<Records<Rdata>>> answer : answers) {
      if (answer.isEmpty()) {
        return;
      }
      complete.add(answer.get());
    }
    Outcome<T> outcome = lookup.conclude(complete, random);
    conclude(outcome, outcome instanceof Outcome.NotFound<T>(var error) && error.isDenial());
  }

  /** Turns to the next candidate, if there is one and the present one is none. */
  private void conclude(Outcome<T> outcome, boolean isNone) {
    candidate++;
    if (isNone && candidate < candidates.size()) {
      start();
    } else {
      whenDone.accept(outcome);
    }
  }
}
