package djbdns.dnscache.log;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The numbers of the line {@code stats}, shared by all loops; any thread may use them. */
public final class Counters {
  private final AtomicLong queries = new AtomicLong();
  private final AtomicInteger udpActive = new AtomicInteger();
  private final AtomicInteger tcpActive = new AtomicInteger();
  private final LongSupplier motionBytes;

  /**
   * All numbers 0.
   *
   * @param motionBytes bytes that the cache has written
   */
  public Counters(LongSupplier motionBytes) {
    this.motionBytes = motionBytes;
  }

  /** Counts a query and returns its number, 1 for the first. */
  public long nextQuery() {
    return queries.incrementAndGet();
  }

  /** A UDP query has begun to wait for the resolver (1), or has ended (-1). */
  public void addUdpActive(int change) {
    udpActive.addAndGet(change);
  }

  /** A TCP connection was opened (1) or has ended (-1). */
  public void addTcpActive(int change) {
    tcpActive.addAndGet(change);
  }

  /** Queries so far. */
  public long queries() {
    return queries.get();
  }

  public long motionBytes() {
    return motionBytes.getAsLong();
  }

  /** UDP queries that wait for the resolver. */
  public int udpActive() {
    return udpActive.get();
  }

  /** Open TCP connections. */
  public int tcpActive() {
    return tcpActive.get();
  }
}
