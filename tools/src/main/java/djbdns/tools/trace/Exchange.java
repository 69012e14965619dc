package djbdns.tools.trace;

import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.wire.Header;
import djbdns.wire.Rcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An {@link Ask} and what came of it. Immutable.
 *
 * @param elapsedNs from the first packet to the reply, or to giving up
 * @param reply absent if there was none
 */
public record Exchange(Ask ask, long elapsedNs, Optional<Reply> reply, List<Event> events) {
  private static final long SLOW_NS = TimeUnit.SECONDS.toNanos(1);

  /**
   * The head of a reply.
   *
   * @param transport how it came
   */
  public record Reply(Transport transport, boolean authoritative, Rcode rcode) {}

  public Exchange {
    events = List.copyOf(events);
  }

  /**
   * Reads the end of a query.
   *
   * @param ipv6 whether IPv6 addresses of servers count
   */
  public static Exchange of(Ask ask, Step.End end, long elapsedNs, boolean ipv6) {
    List<Event> events = new ArrayList<>();
    Optional<Reply> reply = Optional.empty();
    switch (end) {
      case Step.Failed failed -> events.add(new Event.Failed(failed.failure()));
      case Step.Done done -> {
        if (elapsedNs > SLOW_NS) {
          events.add(new Event.Slow());
        }
        byte[] packet = done.packet();
        boolean authoritative = (packet[Header.FLAGS_OFFSET] & (Header.AA >> 8)) != 0;
        Rcode rcode = new Rcode(packet[Header.FLAGS_OFFSET + 1] & Header.RCODE);
        reply = Optional.of(new Reply(done.transport(), authoritative, rcode));
        events.addAll(new ReplyEvents(ask, packet, ipv6).read());
      }
    }
    events.addAll(SpecialNames.events(ask.question().name()));
    return new Exchange(ask, elapsedNs, reply, events);
  }

  /** The events of a kind. */
  <E extends Event> Stream<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  boolean has(Class<? extends Event> kind) {
    return all(kind).findAny().isPresent();
  }

  boolean isAuthoritative() {
    return reply.isPresent() && reply.get().authoritative();
  }
}
