package djbdns.client;

import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Cname;
import djbdns.wire.rdata.Rdata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes after the records of one name and type: reads replies, and follows CNAME records (RFC 1034,
 * 3.6.2) within a reply and, where that does not lead to the end, by another question. Of a reply's
 * answer section only what belongs to the chain from the name asked for counts. Belongs to one
 * thread.
 *
 * <pre>
 * do { end = ask(pursuit.question()); outcome = pursuit.onEnd(end); } while (outcome.isEmpty());
 * </pre>
 */
final class Pursuit {
  /** Aliases followed in all; a longer chain is taken for a loop. */
  static final int MAX_ALIASES = 16;

  private final Name name;
  private final RecordType type;
  private final Set<Name> passed = new HashSet<>();
  private Name current;
  private long ttlSeconds = Integer.MAX_VALUE;

  Pursuit(Name name, RecordType type) {
    this.name = name;
    this.type = type;
    current = name;
  }

  /** The next question, or the end. */
  Question question() {
    return new Question(current, type);
  }

  /** The question has been asked. Empty if there is another one. */
  Optional<Outcome<Records<Rdata>>> onEnd(Step.End end) {
    return switch (end) {
      case Step.Failed(Failure failure) -> notFound(LookupError.of(failure));
      case Step.Done done -> {
        try {
          yield onReply(Message.read(done.packet(), done.packet().length));
        } catch (MalformedPacketException e) {
          yield notFound(new LookupError.Malformed("reply about " + current + " cannot be read"));
        }
      }
    };
  }

  private Optional<Outcome<Records<Rdata>>> onReply(Message reply) {
    Name asked = current;
    while (true) {
      List<Rdata> data = take(reply, type);
      if (!data.isEmpty()) {
        return Optional.of(new Outcome.Found<>(new Records<>(name, current, ttlSeconds, data)));
      }
      List<Rdata> aliases = take(reply, RecordType.CNAME);
      if (aliases.isEmpty()) {
        return atEnd(reply, asked);
      }
      if (aliases.size() > 1) {
        return notFound(new LookupError.Malformed(current + " is an alias of several names"));
      }
      Name target = ((Cname) aliases.getFirst()).target();
      passed.add(current);
      if (passed.contains(target) || passed.size() > MAX_ALIASES) {
        return notFound(new LookupError.Malformed("aliases of " + name + " have no end"));
      }
      current = target;
    }
  }

  /** The reply says nothing more about the present name. */
  private Optional<Outcome<Records<Rdata>>> atEnd(Message reply, Name asked) {
    if (reply.rcode().equals(Rcode.NXDOMAIN)) {
      return notFound(new LookupError.NoSuchName(current));
    }
    boolean hasLed = !current.equals(asked);
    return hasLed && !isDenied(reply)
        ? Optional.empty()
        : notFound(new LookupError.NoData(current, type));
  }

  /** True if a SOA record says that there is no data at the end of the chain (RFC 2308, 2.2). */
  private boolean isDenied(Message reply) {
    for (ResourceRecord candidate : reply.authority()) {
      if (candidate.type().equals(RecordType.SOA) && current.isWithin(candidate.owner())) {
        return true;
      }
    }
    return false;
  }

  /** The data of the present name's records of a type; each lowers the time to live. */
  private List<Rdata> take(Message reply, RecordType wanted) {
    List<Rdata> data = new ArrayList<>();
    for (ResourceRecord candidate : reply.answers()) {
      boolean fits = wanted.equals(RecordType.ANY) || candidate.type().equals(wanted);
      if (fits
          && candidate.recordClass().equals(RecordClass.IN)
          && candidate.owner().equals(current)) {
        data.add(candidate.rdata());
        ttlSeconds = Math.min(ttlSeconds, candidate.ttlSeconds());
      }
    }
    return data;
  }

  private static Optional<Outcome<Records<Rdata>>> notFound(LookupError error) {
    return Optional.of(new Outcome.NotFound<>(error));
  }
}
