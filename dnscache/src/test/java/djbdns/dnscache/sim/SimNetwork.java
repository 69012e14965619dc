package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.Upstream;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Question;
import djbdns.wire.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Sockets, links and hosts, and everything that is under way between them. Each packet leaves from
 * a port of its own, drawn from the generator of ports as the real network does it.
 */
public final class SimNetwork implements Upstream {
  private static final int FIRST_PORT = 1024;
  private static final int PORTS = 65_536 - FIRST_PORT;

  /** Steps at one instant after which something must be running in a circle. */
  private static final int STEPS_AT_ONE_TIME = 100_000;

  /** Who sees packets leave and arrive. */
  public interface Spy {
    void onSent(Socket socket);

    /** A packet has reached its socket. */
    default void onReceived(Socket socket, byte[] packet) {}
  }

  private record Event(long atNs, long order, Runnable action) {}

  private record Host(SimServer server, Link link) {}

  private final SimClock clock;
  private final RandomGenerator random;
  private final RandomGenerator ports;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::order));
  private final Map<ServerAddress, Host> hosts = new HashMap<>();
  private final Set<Socket> open = new LinkedHashSet<>();
  private final List<Spy> spies = new ArrayList<>();
  private boolean ipv4 = true;
  private boolean ipv6 = true;
  private long order;
  private long sent;

  /**
   * A network without hosts.
   *
   * @param random decides what happens on links and in servers
   * @param ports gives source ports
   */
  public SimNetwork(SimClock clock, RandomGenerator random, RandomGenerator ports) {
    this.clock = clock;
    this.random = random;
    this.ports = ports;
  }

  /** Puts a server at all of its addresses. */
  public void attach(SimServer server, Link link) {
    for (ServerAddress address : server.addresses()) {
      hosts.put(address, new Host(server, link));
    }
  }

  /** Which families this host has a route for. */
  public void families(boolean hasIpv4, boolean hasIpv6) {
    ipv4 = hasIpv4;
    ipv6 = hasIpv6;
  }

  public void addSpy(Spy spy) {
    spies.add(spy);
  }

  /** Packets sent since the start. */
  public long sent() {
    return sent;
  }

  /** Sockets that are open. */
  public Set<Socket> open() {
    return Set.copyOf(open);
  }

  /** As {@link #open}, for who only looks. */
  Collection<Socket> sockets() {
    return Collections.unmodifiableCollection(open);
  }

  int openCount() {
    return open.size();
  }

  /** An open socket, connected to one server. */
  public final class Socket implements Exchange {
    private final Transport transport;
    private final ServerAddress server;
    private final int port;
    private final byte[] query;
    private final Cause cause;
    private final Receiver receiver;
    private Optional<Message> message = Optional.empty();

    private Socket(
        Transport transport, ServerAddress server, byte[] query, Cause cause, Receiver receiver) {
      this.transport = transport;
      this.server = server;
      this.port = FIRST_PORT + ports.nextInt(PORTS);
      this.query = query;
      this.cause = cause;
      this.receiver = receiver;
    }

    public Transport transport() {
      return transport;
    }

    public ServerAddress server() {
      return server;
    }

    /** The port that the packet came from; whoever wants to reach the socket has to know it. */
    public int port() {
      return port;
    }

    /** The packet sent, as it was on the wire. */
    public byte[] query() {
      return query.clone();
    }

    /** The packet sent. */
    public Message message() {
      if (message.isEmpty()) {
        message = Optional.of(read());
      }
      return message.get();
    }

    private Message read() {
      try {
        return Message.read(query, query.length);
      } catch (MalformedPacketException e) {
        throw new AssertionError("the resolver has sent a malformed packet", e);
      }
    }

    Question question() {
      return message().questions().getFirst();
    }

    /** On whose behalf it was sent. */
    Cause cause() {
      return cause;
    }

    public boolean isOpen() {
      return open.contains(this);
    }

    @Override
    public void close() {
      open.remove(this);
    }

    @Override
    public void giveWay() {
      // There are sockets enough.
    }

    private void deliver(byte[] packet) {
      if (transport == Transport.TCP) {
        begin(packet);
      }
      end(packet);
    }

    /** The first bytes of a message over TCP, from which its length is known. */
    private void begin(byte[] packet) {
      if (isOpen() && !receiver.reserve(packet.length)) {
        fail(SendFailure.EXHAUSTED);
      }
    }

    private void end(byte[] packet) {
      if (isOpen()) {
        spies.forEach(spy -> spy.onReceived(this, packet));
        receiver.onPacket(packet, packet.length);
      }
    }

    private void fail(SendFailure failure) {
      if (open.remove(this)) {
        receiver.onFailure(failure);
      }
    }
  }

  @Override
  public Exchange send(
      Transport transport,
      ServerAddress server,
      byte[] query,
      int queryLength,
      Cause cause,
      Receiver receiver) {
    sent++;
    Socket socket =
        new Socket(transport, server, Arrays.copyOf(query, queryLength), cause, receiver);
    open.add(socket);
    spies.forEach(spy -> spy.onSent(socket));
    receiver.onSent();
    Host host = hosts.get(server);
    if (server.isIpv6() ? !ipv6 : !ipv4) {
      in(0, () -> socket.fail(SendFailure.UNREACHABLE));
    } else if (host != null && transport == Transport.TCP) {
      long oneWayNs = host.link.delayNs(random);
      in(3 * oneWayNs, () -> host.server.onQuery(socket.query, transport, way(socket, oneWayNs)));
    } else if (host != null && !host.link.loses(random)) {
      in(
          host.link.delayNs(random),
          () -> host.server.onQuery(socket.query, transport, way(socket, host.link)));
    }
    return socket;
  }

  /** The way back over TCP: nothing is lost. */
  private Reactions way(Socket socket, long oneWayNs) {
    return new Reactions() {
      @Override
      public void pieces(long firstNs, long lastNs, byte[] packet) {
        in(firstNs + oneWayNs, () -> socket.begin(packet));
        in(lastNs + oneWayNs, () -> socket.end(packet));
      }

      @Override
      public void later(long delayNs, Runnable action) {
        in(delayNs, action);
      }

      @Override
      public void packet(long delayNs, byte[] packet) {
        in(delayNs + oneWayNs, () -> socket.deliver(packet));
      }

      @Override
      public void failure(SendFailure failure) {
        in(oneWayNs, () -> socket.fail(failure));
      }
    };
  }

  /** The way back over UDP. */
  private Reactions way(Socket socket, Link link) {
    return new Reactions() {
      @Override
      public void pieces(long firstNs, long lastNs, byte[] packet) {
        throw new IllegalStateException("a datagram comes in one piece");
      }

      @Override
      public void later(long delayNs, Runnable action) {
        in(delayNs, action);
      }

      @Override
      public void packet(long delayNs, byte[] packet) {
        if (!link.loses(random)) {
          in(delayNs + link.delayNs(random), () -> socket.deliver(packet));
        }
        if (link.duplicates(random)) {
          in(delayNs + link.delayNs(random), () -> socket.deliver(packet));
        }
      }

      @Override
      public void failure(SendFailure failure) {
        in(link.delayNs(random), () -> socket.fail(failure));
      }
    };
  }

  /**
   * A packet from an attacker who is not on the way: it carries a server's address as its source,
   * and reaches whatever socket is connected to that server from the port that it guesses.
   */
  public void spoof(long delayNs, ServerAddress source, int port, byte[] packet) {
    in(
        delayNs,
        () -> {
          for (Socket socket : List.copyOf(open)) {
            if (socket.port == port
                && socket.server.equals(source)
                && socket.transport == Transport.UDP) {
              socket.deliver(packet);
            }
          }
        });
  }

  /** Does something after a while. */
  public void in(long delayNs, Runnable action) {
    events.add(new Event(clock.nanoTime() + delayNs, order++, action));
  }

  /** Lets everything happen until nothing is left to do, or a time has come. */
  public void run(Resolver resolver, long untilNs) {
    int steps = 0;
    while (true) {
      long eventNs = events.isEmpty() ? Long.MAX_VALUE : events.peek().atNs;
      long timerNs = resolver.nextTimeNs();
      long nextNs = Math.min(eventNs, timerNs);
      if (nextNs == Long.MAX_VALUE || nextNs > untilNs) {
        return;
      }
      steps = nextNs > clock.nanoTime() ? 0 : steps + 1;
      if (steps > STEPS_AT_ONE_TIME) {
        throw new AssertionError("the resolver does not let time pass");
      }
      clock.moveTo(Math.max(nextNs, clock.nanoTime()));
      if (eventNs <= timerNs) {
        events.remove().action.run();
      } else {
        resolver.onTime();
      }
    }
  }
}
