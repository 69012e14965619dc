package djbdns.tools;

import djbdns.client.AnswerReader;
import djbdns.client.Failure;
import djbdns.client.Query;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.client.nio.StubResolver;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.io.EOFException;

/** Asks the caches of this host for records of one type (dns_resolve.c). */
final class AnswerLookup {
  /** Reads the wanted part of the answer. */
  interface Reading<T> {
    T of(AnswerReader answer) throws MalformedPacketException, EOFException;
  }

  private final StubResolver resolver;
  private final RecordType type;
  private final String problem;
  private final boolean withReasons;

  /**
   * A lookup.
   *
   * @param problem the message for a failure, up to the argument
   * @param withReasons whether to ask by {@link StubResolver#askForReasons}
   */
  AnswerLookup(Host host, RecordType type, String problem, boolean withReasons) {
    resolver = new StubResolver(host.settings(), host.random(), Transport.UDP);
    this.type = type;
    this.problem = problem;
    this.withReasons = withReasons;
  }

  /** The name that an argument means. */
  Name name(String argument) throws LookupFailedException {
    try {
      return Name.parse(argument);
    } catch (MalformedTextException e) {
      throw new LookupFailedException(problem, Failure.Reason.MALFORMED);
    }
  }

  /** Asks for the records of a name. */
  <T> T ask(Name name, Reading<T> reading) throws LookupFailedException {
    Question question = new Question(name, type);
    Step.End end =
        withReasons ? resolver.askForReasons(question) : resolver.ask(new Query(question, true));
    if (end instanceof Step.Failed failed) {
      throw new LookupFailedException(problem, failed.failure());
    }
    try {
      return reading.of(new AnswerReader(((Step.Done) end).packet()));
    } catch (MalformedPacketException e) {
      throw new LookupFailedException(problem, Failure.Reason.MALFORMED);
    } catch (EOFException e) {
      throw new LookupFailedException(problem, Failure.Reason.NO_REPLY);
    }
  }
}
