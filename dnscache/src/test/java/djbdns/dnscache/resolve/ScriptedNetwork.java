package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** A network of servers that do as a test says, and a clock that stands until the test moves it. */
final class ScriptedNetwork implements Upstream, TimeSource {
  /** What a server does with a packet. */
  interface Server {
    void receive(Asked asked);
  }

  /** A packet on its way; {@link #reply} and {@link #fail} come back to whoever sent it. */
  final class Asked implements Exchange {
    final Transport transport;
    final ServerAddress server;
    final Message query;
    private final Receiver receiver;
    private boolean closed;

    private Asked(Transport transport, ServerAddress server, Message query, Receiver receiver) {
      this.transport = transport;
      this.server = server;
      this.query = query;
      this.receiver = receiver;
    }

    Name name() {
      return query.questions().getFirst().name();
    }

    RecordType type() {
      return query.questions().getFirst().type();
    }

    void reply(Message message) {
      PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
      message.write(writer);
      reply(Arrays.copyOf(writer.buffer(), writer.length()));
    }

    void reply(byte[] packet) {
      events.add(() -> {
        if (!closed && (transport == Transport.UDP || receiver.reserve(packet.length))) {
          receiver.onPacket(packet, packet.length);
        }
      });
    }

    void fail(SendFailure failure) {
      events.add(() -> {
        if (!closed) {
          receiver.onFailure(failure);
        }
      });
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void giveWay() {
      // There are sockets enough.
    }

    boolean isClosed() {
      return closed;
    }

    /** Such as {@code UDP 192.0.2.1 www.example.test A}. */
    @Override
    public String toString() {
      return transport + " " + server + " " + name() + " " + type();
    }
  }

  private final Map<ServerAddress, Server> servers = new HashMap<>();
  private final Queue<Runnable> events = new ArrayDeque<>();
  private final TreeMap<Long, List<Runnable>> later = new TreeMap<>();
  private final List<Asked> asked = new ArrayList<>();
  private long nowNs = 1;
  private long unixSeconds = 1_700_000_000;

  /** Puts a server at an address; nobody is at any other. */
  void put(String address, Server server) {
    servers.put(ServerAddress.parse(address).orElseThrow(), server);
  }

  /** A response to a query, with the question as it was asked. */
  static Message response(
      Asked asked,
      int flags,
      List<ResourceRecord> answers,
      List<ResourceRecord> authority,
      List<ResourceRecord> additional) {
    return new Message(
        asked.query.id(),
        flags,
        asked.query.questions(),
        answers,
        authority,
        additional,
        asked.query.edns());
  }

  @Override
  public Exchange send(
      Transport transport,
      ServerAddress server,
      byte[] query,
      int queryLength,
      Cause cause,
      Receiver receiver) {
    try {
      Asked sent = new Asked(transport, server, Message.read(query, queryLength), receiver);
      asked.add(sent);
      receiver.onSent();
      Server there = servers.get(server);
      if (there != null) {
        there.receive(sent);
      }
      return sent;
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Delivers what is on its way, and what comes of that. */
  void deliver() {
    while (!events.isEmpty()) {
      events.remove().run();
    }
  }

  /** Lets time pass, event after event, until nothing is due in it any more. */
  void pass(Resolver resolver, long ms) {
    long endNs = nowNs + ms * 1_000_000;
    deliver();
    while (Math.min(resolver.nextTimeNs(), nextLaterNs()) <= endNs) {
      tick(Math.min(resolver.nextTimeNs(), nextLaterNs()));
      if (nextLaterNs() <= nowNs) {
        later.pollFirstEntry().getValue().forEach(Runnable::run);
      }
      resolver.onTime();
      deliver();
    }
    tick(endNs);
  }

  /** Has a server do something after a while. */
  void later(long ms, Runnable action) {
    later.computeIfAbsent(nowNs + ms * 1_000_000, time -> new ArrayList<>()).add(action);
  }

  private long nextLaterNs() {
    return later.isEmpty() ? Long.MAX_VALUE : later.firstKey();
  }

  private void tick(long ns) {
    long before = nowNs / 1_000_000_000;
    nowNs = ns;
    unixSeconds += nowNs / 1_000_000_000 - before;
  }

  /** Every packet sent so far. */
  List<Asked> asked() {
    return asked;
  }

  /** Every packet sent so far, as {@link Asked#toString}. */
  List<String> log() {
    return asked.stream().map(Asked::toString).toList();
  }

  @Override
  public long nanoTime() {
    return nowNs;
  }

  @Override
  public long unixSeconds() {
    return unixSeconds;
  }
}
