package djbdns.tools.hostile;

import djbdns.wire.Bytes;
import java.util.List;

/** What a scripted server does about a query. */
sealed interface Reaction {
  /** Nothing; a connection stays open. */
  Reaction SILENCE = new Silence();

  /** See {@link #SILENCE}. */
  record Silence() implements Reaction {}

  /** Messages after a delay: a datagram each, or one behind the other on the connection. */
  record Send(List<byte[]> messages, int delayMs) implements Reaction {}

  /** Over TCP a byte at a time, with a pause behind each; over UDP silence. */
  record Dribble(Bytes message, int pauseMs) implements Reaction {}

  /** Over TCP the end of the connection before an answer; over UDP silence. */
  record Reset() implements Reaction {}

  /** One message at once. */
  static Reaction of(ReplyPacket reply) {
    return new Send(List.of(reply.bytes()), 0);
  }
}
