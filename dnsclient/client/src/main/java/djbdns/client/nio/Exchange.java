package djbdns.client.nio;

import djbdns.client.Failure;
import djbdns.client.Step;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/** One packet on its way: a socket of its own, and what comes back from that server. */
sealed interface Exchange permits UdpExchange, TcpExchange {
  /** Sends the packet, or begins to. */
  Step begin();

  /** The socket has become ready for what it waits for. */
  Step onReady();

  /** Closes the socket. */
  void close();

  static ProtocolFamily familyOf(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  static Failure failureOf(IOException e) {
    boolean refused =
        e instanceof PortUnreachableException
            || (e instanceof ConnectException
                && String.valueOf(e.getMessage()).contains("refused"));
    return refused ? Failure.Reason.REFUSED : new Failure.Io(e);
  }
}
