package djbdns.client;

/** The next step of {@link Transmit}. */
public sealed interface Step {
  /**
   * Close any earlier socket, open one, bind it to a random port and send this packet to this
   * server. Over TCP tell {@link Transmit#onSent} when all is sent. Until the deadline, hand over
   * each datagram, or the one TCP message, that comes from the server; at the deadline tell {@link
   * Transmit#onTime}.
   *
   * @param packet owned by the receiver; over TCP its length must go before it
   * @param deadlineNs on the clock that gives {@code nowNs}
   */
  // A step is handed over once and never compared, so an array is as good as a value.
  @SuppressWarnings("ArrayRecordComponent")
  record Attempt(Transport transport, ServerAddress server, byte[] packet, long deadlineNs)
      implements Step {}

  /** Go on with the present socket, until this deadline. */
  record Wait(long deadlineNs) implements Step {}

  /** The query has ended. */
  sealed interface End extends Step {}

  /**
   * An acceptable reply.
   *
   * @param transport how it came
   * @param packet its bytes, owned by the receiver; header and question are well-formed
   */
  // As above.
  @SuppressWarnings("ArrayRecordComponent")
  record Done(ServerAddress server, Transport transport, byte[] packet) implements End {}

  /** Every server has failed in every round. */
  record Failed(Failure failure) implements End {}
}
