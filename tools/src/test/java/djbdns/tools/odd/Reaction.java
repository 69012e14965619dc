package djbdns.tools.odd;

import djbdns.wire.Bytes;
import java.util.List;

/**
 * What a server does about a query.
 *
 * @param sent messages, in the order of their times
 * @param hangsUp whether a TCP connection is closed after that; it is left open otherwise
 */
record Reaction(List<Sent> sent, boolean hangsUp) {
  /** A message that is sent so long after the query. */
  record Sent(int afterMs, Bytes message) {}

  static Reaction silence() {
    return new Reaction(List.of(), false);
  }

  static Reaction hangingUp() {
    return new Reaction(List.of(), true);
  }

  static Reaction of(byte[] message) {
    return new Reaction(List.of(new Sent(0, Bytes.of(message))), false);
  }

  /** The same, so much later. */
  Reaction late(int ms) {
    return new Reaction(
        sent.stream().map(one -> new Sent(one.afterMs() + ms, one.message())).toList(), hangsUp);
  }
}
