package djbdns.client;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Rcode;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One query to a list of servers, as 1.05 makes it (dns_transmit.c): a state machine without I/O,
 * clock or randomness of its own. Belongs to one thread. Its caller does what each {@link Step}
 * says and tells what came of it:
 *
 * <pre>
 * Step step = transmit.start(nowNs);
 * while (!(step instanceof Step.End)) {
 *   step = transmit.onPacket(...) or onSent, onTime, onSendFailed, onReceiveFailed
 * }
 * </pre>
 *
 * <p>UDP comes first, in rounds over all servers by a {@link RetrySchedule}. A server that fails or
 * refuses loses its turn at once, except in the patient round, which waits for a better reply. A
 * truncated reply, or a query of more than 512 bytes, starts a single round over TCP: 10 seconds to
 * connect and send, 10 to receive. Every packet has a new ID and leaves from a new port.
 */
public final class Transmit {
  /** Servers asked at most; those behind are left out. */
  public static final int MAX_SERVERS = 16;

  private static final long TCP_TIMEOUT_NS = 10_000_000_000L;

  private final Query query;
  private final List<ServerAddress> servers;
  private final RandomGenerator random;
  private final RetrySchedule schedule;

  private Transport transport;
  private int round;
  private int server;
  private int id;
  private long deadlineNs;
  private Failure last = Failure.Reason.NO_REPLY;

  /** A query with {@link RetrySchedule#ORIGINAL}. */
  public Transmit(
      Query query, List<ServerAddress> servers, Transport first, RandomGenerator random) {
    this(query, servers, first, RetrySchedule.ORIGINAL, random);
  }

  /**
   * A query that has not been sent yet.
   *
   * @param first the transport to begin with
   * @param servers in the order of asking; unspecified addresses are left out
   * @param random must be unpredictable, such as a {@link java.security.SecureRandom}
   */
  public Transmit(
      Query query,
      List<ServerAddress> servers,
      Transport first,
      RetrySchedule schedule,
      RandomGenerator random) {
    this.query = query;
    this.servers = ServerAddress.usable(servers, MAX_SERVERS);
    this.random = random;
    this.schedule = schedule;
    transport = query.length() > Limits.UDP_BYTES ? Transport.TCP : first;
    round = query.recursionDesired() ? schedule.firstRecursiveRound() : 0;
  }

  /**
   * The first step. Call it once.
   *
   * @param nowNs a monotonic clock, as {@link System#nanoTime}
   */
  public Step start(long nowNs) {
    return attempt(nowNs);
  }

  /** A datagram from the server, or its whole message over TCP, is in {@code packet}. */
  public Step onPacket(byte[] packet, int length, long nowNs) {
    return switch (transport) {
      case UDP -> onDatagram(packet, length, nowNs);
      case TCP -> onMessage(packet, length, nowNs);
    };
  }

  private Step onDatagram(byte[] packet, int length, long nowNs) {
    if (length == 0) {
      return next(Failure.Reason.NO_REPLY, nowNs);
    }
    if (length > Limits.UDP_BYTES) {
      return proceed();
    }
    return switch (new ReplyReader().read(query, id, packet, length)) {
      case ANSWER -> done(packet, length);
      case TRUNCATED -> startTcp(nowNs);
      case SERVER_FAILED ->
          round == schedule.patientRound() ? proceed() : next(serverFailed(packet, length), nowNs);
      case UNRELATED, MALFORMED -> proceed();
    };
  }

  private Step onMessage(byte[] packet, int length, long nowNs) {
    if (length == 0) {
      return next(Failure.Reason.NO_REPLY, nowNs);
    }
    return switch (new ReplyReader().read(query, id, packet, length)) {
      case ANSWER -> done(packet, length);
      case TRUNCATED, UNRELATED -> next(Failure.Reason.NO_REPLY, nowNs);
      case SERVER_FAILED -> next(serverFailed(packet, length), nowNs);
      case MALFORMED -> next(Failure.Reason.MALFORMED, nowNs);
    };
  }

  /** The connection is there and all of the packet is sent: the reply has its own time. */
  public Step onSent(long nowNs) {
    if (transport == Transport.TCP) {
      deadlineNs = nowNs + TCP_TIMEOUT_NS;
    }
    return proceed();
  }

  /** The deadline may have come. */
  public Step onTime(long nowNs) {
    return deadlineNs - nowNs > 0 ? proceed() : next(Failure.Reason.TIMED_OUT, nowNs);
  }

  /** The packet could not be sent. */
  public Step onSendFailed(Failure failure, long nowNs) {
    return next(failure, nowNs);
  }

  /** The socket failed after the packet was sent. */
  public Step onReceiveFailed(Failure failure, long nowNs) {
    return transport == Transport.UDP
            && round == schedule.patientRound()
            && failure == Failure.Reason.REFUSED
        ? proceed()
        : next(failure, nowNs);
  }

  private static Failure serverFailed(byte[] packet, int length) {
    return new Failure.ServerFailed(
        new Rcode(packet[3] & Header.RCODE), Bytes.of(Arrays.copyOf(packet, length)));
  }

  private Step proceed() {
    return new Step.Wait(deadlineNs);
  }

  private Step done(byte[] packet, int length) {
    return new Step.Done(servers.get(server), transport, Arrays.copyOf(packet, length));
  }

  private Step startTcp(long nowNs) {
    last = Failure.Reason.NO_REPLY;
    transport = Transport.TCP;
    server = 0;
    return attempt(nowNs);
  }

  private Step next(Failure failure, long nowNs) {
    last = failure;
    server++;
    if (server == servers.size() && transport == Transport.UDP) {
      round++;
      server = 0;
    }
    return attempt(nowNs);
  }

  private Step attempt(long nowNs) {
    if (server >= servers.size() || round == schedule.rounds()) {
      return new Step.Failed(last);
    }
    id = random.nextInt(0x10000);
    deadlineNs = nowNs + (transport == Transport.TCP ? TCP_TIMEOUT_NS : schedule.timeoutNs(round));
    return new Step.Attempt(transport, servers.get(server), query.packet(id), deadlineNs);
  }
}
