package djbdns.dnscache;

import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.Waiter;
import djbdns.server.ReplyPath;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import java.util.Optional;

/**
 * A query that the cache could not answer, while it waits for the resolver.
 *
 * @param number the query's number in the log
 * @param name in the client's letter case
 * @param form what the response repeats of the query
 * @param client whose share of the resolver it is
 * @param path where the response goes
 * @param outbox takes what the resolver says
 */
record ClientQuery(long number, Name name, Form form, Bytes client, ReplyPath path, Outbox outbox)
    implements Waiter {
  /**
   * The parts of a query that its response repeats, and the most bytes of the response.
   *
   * @param flags the header's second 16 bits
   * @param hasEdns whether there is an OPT record, and so room for an extended error
   * @param dnssecOk the DO bit
   * @param explanationWanted whether to say how the answer was found
   * @param limitBytes most bytes of the response
   * @param tcp whether it came over TCP
   */
  record Form(
      int id,
      int flags,
      int type,
      int recordClass,
      boolean hasEdns,
      boolean dnssecOk,
      boolean explanationWanted,
      int limitBytes,
      boolean tcp) {}

  /** Everything but the name's bytes: this, form, client, and over UDP the address and its path. */
  private static final int OBJECT_BYTES = 400;

  /** The most bytes that it holds on the heap. */
  int heldBytes() {
    return OBJECT_BYTES + name.length();
  }

  @Override
  public void answered(Answer answer) {
    outbox.add(this, Optional.of(answer));
  }

  @Override
  public void dropped() {
    outbox.add(this, Optional.empty());
  }
}
