package djbdns.dnscache.upstream;

import djbdns.dnscache.resolve.Upstream.Exchange;
import djbdns.dnscache.resolve.Upstream.Receiver;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import java.util.Optional;
import java.util.concurrent.Executor;

/** An exchange from its wait for a socket to its end. For the loop's thread. */
abstract sealed class SocketExchange implements Exchange permits UdpExchange, TcpExchange {
  private final Executor loop;
  private final SocketGate gate;
  private final Receiver receiver;
  private boolean hasSocket;
  private boolean ended;

  SocketExchange(Executor loop, SocketGate gate, Receiver receiver) {
    this.loop = loop;
    this.gate = gate;
    this.receiver = receiver;
  }

  /** Opens a socket and sends; leaves none open where it cannot. */
  abstract Optional<SendFailure> open(byte[] query, int queryLength);

  /** Closes the socket. */
  abstract void free();

  /** Whether the exchange has a socket now; if not, the receiver will hear why. */
  final boolean start(byte[] query, int queryLength) {
    Optional<SendFailure> failure = open(query, queryLength);
    hasSocket = failure.isEmpty();
    if (hasSocket) {
      receiver.onSent();
    } else {
      failLater(failure.orElseThrow());
    }
    return hasSocket;
  }

  /** Ends the exchange after what runs now, so that the sender has returned by then. */
  final void failLater(SendFailure failure) {
    loop.execute(() -> fail(failure));
  }

  final void fail(SendFailure failure) {
    if (!ended) {
      close();
      receiver.onFailure(failure);
    }
  }

  /** A packet came; the exchange stays open. */
  final void receive(byte[] packet, int length) {
    if (!ended) {
      receiver.onPacket(packet, length);
    }
  }

  /** The one message came; the exchange is over. */
  final void finish(byte[] packet, int length) {
    if (!ended) {
      close();
      receiver.onPacket(packet, length);
    }
  }

  @Override
  public final void giveWay() {}

  @Override
  public final void close() {
    if (ended) {
      return;
    }
    ended = true;
    if (hasSocket) {
      free();
      gate.release();
    } else {
      gate.forget(this);
    }
  }
}
