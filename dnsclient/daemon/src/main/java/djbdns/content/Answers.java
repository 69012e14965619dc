package djbdns.content;

import djbdns.server.Client;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.QueryReader;

/**
 * The answers of one content server, as respond() in each of the original's servers. The questions
 * are of class IN or ANY and ask for nothing unusual. Belongs to one thread.
 */
public interface Answers {
  /**
   * Answers one question.
   *
   * @param query the question, valid during the call
   * @param client who asks, valid during the call
   * @param response holds the header, with AA set unless the class is ANY and 1.05 is imitated, and
   *     the question
   */
  Outcome answer(QueryReader query, Client client, PacketWriter response);

  /** The next question may be a long time away. */
  default void batchEnd() {}
}
