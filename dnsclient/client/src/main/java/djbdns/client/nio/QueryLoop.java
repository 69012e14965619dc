package djbdns.client.nio;

import djbdns.client.Query;
import djbdns.client.RetrySchedule;
import djbdns.client.ServerAddress;
import djbdns.client.Step;
import djbdns.client.Transmit;
import djbdns.client.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Many queries at once on one thread: {@link Transmit}s on sockets. Only {@link #wakeUp} may be
 * called by other threads. The loop runs while its owner calls {@link #turn}; it has no thread of
 * its own.
 */
public final class QueryLoop implements AutoCloseable {
  private static final long MS_NS = 1_000_000;

  private final RandomGenerator random;
  private final int maxConcurrent;
  private final Selector selector;
  private final Sockets sockets;

  /** All that have not ended, those that wait for their turn among them. */
  private final TreeSet<Flight> flights = new TreeSet<>(Flight::compareDeadlines);

  private final SequencedSet<Flight> waiting = new LinkedHashSet<>();
  private long started;
  private long ended;

  /**
   * A loop without queries.
   *
   * @param random must be unpredictable
   * @param maxConcurrent queries that have a socket at the same time; others wait for their turn
   * @throws IOException if the system has no more descriptors
   */
  public QueryLoop(RandomGenerator random, int maxConcurrent) throws IOException {
    this.random = random;
    this.maxConcurrent = maxConcurrent;
    selector = Selector.open();
    sockets = new Sockets(selector, random, ByteBuffer.allocateDirect(UdpExchange.BUFFER_BYTES));
  }

  /** A query that has been started. */
  public final class Started {
    private final Flight flight;

    private Started(Flight flight) {
      this.flight = flight;
    }

    /** Forgets the query, unless it has ended: nobody will be told. */
    public void cancel() {
      waiting.remove(flight);
      if (flights.remove(flight)) {
        flight.close();
      }
    }
  }

  /**
   * Starts a query with {@link RetrySchedule#ORIGINAL}. Nothing is sent before the next {@link
   * #turn}.
   *
   * @param servers in the order of asking, see {@link Transmit}
   * @param first the transport to begin with
   * @param endNs when the query fails, on the clock of {@link System#nanoTime}; time spent waiting
   *     for a turn counts
   * @param whenDone told once, from {@link #turn}; it may start other queries
   */
  public Started start(
      Query query,
      List<ServerAddress> servers,
      Transport first,
      long endNs,
      Consumer<Step.End> whenDone) {
    return start(new Transmit(query, servers, first, random), endNs, whenDone);
  }

  /** The same with a query that has not begun. */
  public Started start(Transmit transmit, long endNs, Consumer<Step.End> whenDone) {
    Flight flight = new Flight(transmit, sockets, endNs, started++, whenDone);
    waiting.add(flight);
    flights.add(flight);
    return new Started(flight);
  }

  /** True if no query is under way. */
  public boolean isIdle() {
    return flights.isEmpty();
  }

  /** Makes the present {@link #turn}, or the next one, return soon. For any thread. */
  public void wakeUp() {
    selector.wakeup();
  }

  /**
   * Sends what is to be sent, waits until a socket is ready, a deadline or {@code untilNs} has come
   * or somebody has called {@link #wakeUp}, and deals with it. Returns early if a query ends.
   *
   * @param untilNs on the clock of {@link System#nanoTime}; may have passed
   * @throws IOException if waiting is impossible
   */
  public void turn(long untilNs) throws IOException {
    long told = ended;
    beginWaiting();
    // Whoever was told may want something else now.
    long nextNs = ended > told ? System.nanoTime() : nextNs(untilNs);
    for (Flight flight : readyAt(nextNs)) {
      // One before it in the list may have cancelled it.
      if (flights.remove(flight)) {
        settle(flight, flight.onReady());
      }
    }
    expire(System.nanoTime());
  }

  private void beginWaiting() {
    while (!waiting.isEmpty() && flights.size() - waiting.size() < maxConcurrent) {
      Flight flight = waiting.removeFirst();
      flights.remove(flight);
      settle(flight, flight.begin());
    }
  }

  private long nextNs(long untilNs) {
    return flights.isEmpty() || flights.first().deadlineNs() - untilNs > 0
        ? untilNs
        : flights.first().deadlineNs();
  }

  private List<Flight> readyAt(long nextNs) throws IOException {
    List<Flight> ready = new ArrayList<>();
    long leftNs = nextNs - System.nanoTime();
    if (leftNs <= 0) {
      selector.selectNow(key -> ready.add((Flight) key.attachment()));
    } else {
      selector.select(key -> ready.add((Flight) key.attachment()), (leftNs + MS_NS - 1) / MS_NS);
    }
    return ready;
  }

  private void expire(long nowNs) {
    while (!flights.isEmpty() && flights.first().deadlineNs() - nowNs <= 0) {
      Flight flight = flights.pollFirst();
      waiting.remove(flight);
      settle(flight, flight.onTime(nowNs));
    }
  }

  /** Keeps a flight that goes on; tells of one that has ended. */
  private void settle(Flight flight, Optional<Step.End> end) {
    if (end.isPresent()) {
      ended++;
      flight.finish(end.get());
    } else {
      flights.add(flight);
    }
  }

  /** Forgets every query; nobody will be told. */
  @Override
  public void close() {
    flights.forEach(Flight::close);
    flights.clear();
    waiting.clear();
    Sockets.close(selector);
  }
}
