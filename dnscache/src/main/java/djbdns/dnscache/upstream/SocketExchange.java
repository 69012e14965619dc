package djbdns.dnscache.upstream;

import djbdns.dnscache.resolve.Upstream.Cause;
import djbdns.dnscache.resolve.Upstream.Exchange;
import djbdns.dnscache.resolve.Upstream.Receiver;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.wire.Bytes;
import java.util.Optional;
import java.util.concurrent.Executor;

/** An exchange from its wait for a socket to its end. For the loop's thread. */
abstract sealed class SocketExchange implements Exchange, SocketGate.Guest
    permits UdpExchange, TcpExchange {
  private final Executor loop;
  private final Receiver receiver;
  private final SocketGate.Ticket ticket;
  private boolean hasSocket;

  /** Has been told to end; the receiver will hear of it. */
  private boolean exhausted;

  private boolean ended;

  SocketExchange(Executor loop, SocketGate gate, Cause cause, Receiver receiver) {
    this.loop = loop;
    this.receiver = receiver;
    ticket = gate.ticket(cause, this);
  }

  /** Opens a socket and sends; leaves none open where it cannot. */
  abstract Optional<SendFailure> open(byte[] query, int queryLength);

  /** Closes the socket. */
  abstract void free();

  /** Sends, now or when it is this exchange's turn. */
  final void enter(byte[] query, int queryLength) {
    ticket.enter(query, queryLength);
  }

  /** If it has no socket after this, the receiver will hear why. */
  @Override
  public final boolean start(byte[] query, int queryLength) {
    Optional<SendFailure> failure = open(query, queryLength);
    hasSocket = failure.isEmpty();
    if (hasSocket) {
      receiver.onSent();
    } else {
      failLater(failure.orElseThrow());
    }
    return hasSocket;
  }

  @Override
  public final void lose() {
    hasSocket = false;
    free();
    refuse();
  }

  @Override
  public final void refuse() {
    exhausted = true;
    failLater(SendFailure.EXHAUSTED);
  }

  /** Ends the exchange after what runs now, so that the sender has returned by then. */
  final void failLater(SendFailure failure) {
    loop.execute(() -> fail(failure));
  }

  final void fail(SendFailure failure) {
    if (!ended) {
      close();
      receiver.onFailure(exhausted ? SendFailure.EXHAUSTED : failure);
    }
  }

  /** A packet came; the exchange stays open. */
  final void receive(byte[] packet, int length) {
    if (!ended) {
      ticket.heard();
      receiver.onPacket(packet, length);
    }
  }

  /** The one message came; the exchange is over. */
  final void finish(byte[] packet, int length) {
    if (!ended) {
      ticket.heard();
      close();
      receiver.onPacket(packet, length);
    }
  }

  /** True if so many bytes more may be held. */
  final boolean reserve(int bytes) {
    return !ended && receiver.reserve(bytes);
  }

  @Override
  public final void giveWay() {
    ticket.giveWay();
  }

  @Override
  public final void alsoFor(Bytes client) {
    ticket.alsoFor(client);
  }

  @Override
  public final void close() {
    if (ended) {
      return;
    }
    ended = true;
    if (hasSocket) {
      hasSocket = false;
      free();
    }
    ticket.leave();
  }
}
