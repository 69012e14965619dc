package djbdns.client.nio;

import djbdns.client.Failure;
import djbdns.client.Step;
import djbdns.client.Transmit;
import java.io.IOException;
import java.net.SocketException;
import java.util.Optional;
import java.util.function.Consumer;

/** One query of a {@link QueryLoop}: a {@link Transmit} and the socket of its present packet. */
final class Flight {
  private final Transmit transmit;
  private final Sockets sockets;
  private final long endNs;
  private final long sequence;
  private final Consumer<Step.End> whenDone;

  private Optional<Exchange> exchange = Optional.empty();
  private long deadlineNs;

  /**
   * A query that has not begun.
   *
   * @param endNs when it fails, whatever its {@link Transmit} still has in mind
   * @param sequence another number for each flight of the loop
   */
  Flight(
      Transmit transmit, Sockets sockets, long endNs, long sequence, Consumer<Step.End> whenDone) {
    this.transmit = transmit;
    this.sockets = sockets;
    this.endNs = endNs;
    this.sequence = sequence;
    this.whenDone = whenDone;
    deadlineNs = endNs;
  }

  /** When {@link #onTime} is to be called, unless something else happens before. */
  long deadlineNs() {
    return deadlineNs;
  }

  static int compareDeadlines(Flight a, Flight b) {
    long difference = a.deadlineNs - b.deadlineNs;
    return difference == 0 ? Long.compare(a.sequence, b.sequence) : Long.signum(difference);
  }

  /** Sends the first packet; empty unless the query has ended. */
  Optional<Step.End> begin() {
    long nowNs = System.nanoTime();
    return endNs - nowNs <= 0 ? timeOut() : proceed(transmit.start(nowNs));
  }

  /** The socket is ready; empty unless the query has ended. */
  Optional<Step.End> onReady() {
    return exchange.isPresent() ? proceed(exchange.get().onReady()) : Optional.empty();
  }

  /** The deadline has come; empty unless the query has ended. */
  Optional<Step.End> onTime(long nowNs) {
    return endNs - nowNs <= 0 ? timeOut() : proceed(transmit.onTime(nowNs));
  }

  private Optional<Step.End> timeOut() {
    return end(new Step.Failed(Failure.Reason.TIMED_OUT));
  }

  /** Lets go of the socket. */
  void close() {
    exchange.ifPresent(Exchange::close);
    exchange = Optional.empty();
  }

  /** Tells who asked. */
  void finish(Step.End end) {
    whenDone.accept(end);
  }

  private Optional<Step.End> proceed(Step first) {
    Step step = first;
    while (step instanceof Step.Attempt attempt) {
      close();
      try {
        Exchange next = open(attempt);
        exchange = Optional.of(next);
        step = next.begin();
      } catch (IOException e) {
        return end(new Step.Failed(new Failure.Io(e)));
      } catch (UnsupportedOperationException e) {
        return end(new Step.Failed(new Failure.Io(noSuchFamily(e))));
      }
    }
    // Linking a switch over patterns would take a command longer than its query.
    if (step instanceof Step.Wait wait) {
      deadlineNs = wait.deadlineNs() - endNs < 0 ? wait.deadlineNs() : endNs;
      return Optional.empty();
    }
    return end((Step.End) step);
  }

  private Exchange open(Step.Attempt attempt) throws IOException {
    return switch (attempt.transport()) {
      case UDP -> UdpExchange.open(transmit, attempt, sockets, this);
      case TCP -> TcpExchange.open(transmit, attempt, sockets, this);
    };
  }

  private Optional<Step.End> end(Step.End end) {
    close();
    return Optional.of(end);
  }

  /** The kernel's message where the JDK finds out first: a host without IPv6. */
  private static IOException noSuchFamily(UnsupportedOperationException e) {
    return new SocketException("Address family not supported by protocol", e);
  }
}
