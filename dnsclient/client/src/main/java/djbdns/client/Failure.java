package djbdns.client;

import djbdns.wire.Bytes;
import djbdns.wire.Rcode;
import java.io.IOException;

/** Why a query got no answer: what went wrong last. */
public sealed interface Failure {
  /** The failures that are not the system's. */
  enum Reason implements Failure {
    /** No acceptable reply came before the deadline. */
    TIMED_OUT,
    /** Nobody listens at the server's port. */
    REFUSED,
    /** There is no server to ask, or it closed the connection, or its reply fits no query. */
    NO_REPLY,
    /** A reply, or the name of a server, breaks the format. */
    MALFORMED
  }

  /**
   * The server failed: a response code other than NOERROR and NXDOMAIN.
   *
   * @param reply its bytes; header and question are well-formed
   */
  record ServerFailed(Rcode rcode, Bytes reply) implements Failure {}

  /** The system refused to open, connect, send, receive or read. */
  record Io(IOException cause) implements Failure {}
}
