package djbdns.client.nio;

import djbdns.client.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;

/** What the two transports share. */
final class Exchange {
  private static final long MS_NS = 1_000_000;

  private Exchange() {}

  static ProtocolFamily familyOf(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  /**
   * Milliseconds until the deadline, rounded up; never 0, which sockets take for ever.
   *
   * @throws SocketTimeoutException if it has passed, however busy the socket is
   */
  static int timeoutMs(long deadlineNs) throws SocketTimeoutException {
    long leftNs = deadlineNs - System.nanoTime();
    if (leftNs <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) ((leftNs + MS_NS - 1) / MS_NS);
  }

  static Failure failureOf(IOException e) {
    boolean refused =
        e instanceof PortUnreachableException
            || (e instanceof ConnectException
                && String.valueOf(e.getMessage()).contains("refused"));
    return refused ? Failure.Reason.REFUSED : new Failure.Io(e);
  }
}
