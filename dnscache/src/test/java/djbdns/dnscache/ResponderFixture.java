package djbdns.dnscache;

import djbdns.dnscache.cache.CacheEntry;
import djbdns.dnscache.cache.Kind;
import djbdns.dnscache.cache.Rank;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.log.CacheLog;
import djbdns.dnscache.log.Counters;
import djbdns.dnscache.log.LogText;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.server.ReplyPath;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;

/** A responder with a cache to fill, and a resolver that only remembers what it was asked. */
final class ResponderFixture implements AutoCloseable {
  static final long NOW = 1_000_000;

  final ShardedCache cache = new ShardedCache(1_000_000, new SplittableRandom(1));
  final LogText log = new LogText();
  final List<ClientQuery> asked = new ArrayList<>();
  final List<Message> sentLater = new ArrayList<>();
  int abandoned;
  boolean clientIsThere = true;
  boolean hasRoom = true;
  Client client = ClientAt.udp("192.0.2.7", 5000);
  final List<String> warnings = new ArrayList<>();
  final Strangers strangers = new Strangers(warnings::add, System::nanoTime);
  private Optional<Outbox> outbox = Optional.empty();
  private final CacheResponder responder;

  ResponderFixture(boolean hideTtl) {
    this(hideTtl, Optional.empty());
  }

  ResponderFixture(boolean hideTtl, Optional<Logger> logger) {
    Counters counters = new Counters(cache::motionBytes);
    responder =
        new CacheResponder(
            new CacheResponder.Parts(
                Runnable::run,
                cache,
                new Asked(),
                (address, _) -> address[0] != 10,
                strangers,
                new SpecialNames(ConfiguredZones.NONE),
                new CacheLog(logger.orElse(log.logger()), true, counters),
                counters,
                () -> NOW,
                new SplittableRandom(2),
                hideTtl,
                new AnswerBudget()));
  }

  private final class Asked implements Misses {
    @Override
    public boolean admit(ClientQuery query) {
      return hasRoom;
    }

    @Override
    public void ask(List<ClientQuery> queries, Outbox box) {
      asked.addAll(queries);
      outbox = Optional.of(box);
    }
  }

  CacheResponder responder() {
    return responder;
  }

  static byte[] list(String... records) {
    StringBuilder list = new StringBuilder();
    for (String record : records) {
      String hex = record.replace(" ", "");
      list.append(HexFormat.of().toHexDigits((short) (hex.length() / 2))).append(hex);
    }
    return HexFormat.of().parseHex(list);
  }

  static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  void put(String name, int type, Kind kind, int ttlSeconds, byte[] data) {
    CacheEntry entry = new CacheEntry();
    Rank rank = kind == Kind.FAILURE ? Rank.FAILURE : Rank.AUTHORITATIVE;
    entry.set(kind, rank, type, NOW + ttlSeconds, data, 0, data.length);
    byte[] wire = name(name).lowerCase().toWire();
    if (!cache.put(wire, wire.length, entry, NOW)) {
      throw new AssertionError(name + " was not cached");
    }
  }

  void putRecords(String name, int type, int ttlSeconds, String... records) {
    put(name, type, Kind.RECORDS, ttlSeconds, list(records));
  }

  void putAlias(String name, String target, int ttlSeconds) {
    putRecords(name, 5, ttlSeconds, HexFormat.of().formatHex(name(target).toWire()));
  }

  /** The data of a denial: the owner and the SOA record's data. */
  static byte[] soa(String owner) {
    String hex = HexFormat.of().formatHex(name(owner).toWire());
    return HexFormat.of().parseHex(hex + "016d00017200" + "00000001".repeat(5));
  }

  static Rrset set(String owner, int type, int ttlSeconds, byte[] list) {
    return new Rrset(name(owner), type, NOW + ttlSeconds, list);
  }

  static byte[] packet(Message query) {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    query.write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  static Message query(String name, int type) {
    return query(name, type, Header.RD);
  }

  static Message query(String name, int type, int flags) {
    Question question = new Question(name(name), new RecordType(type));
    return new Message(0x1234, flags, question, Optional.empty());
  }

  /** The response that comes at once, if one does. */
  Optional<Message> ask(Message query) {
    return ask(packet(query));
  }

  Optional<Message> ask(byte[] packet) {
    ClientAt.route(client, new Path());
    boolean now = responder.respond(packet, packet.length, client);
    Optional<Message> response = now ? Optional.of(read(responder.response())) : Optional.empty();
    responder.batchEnd();
    return response;
  }

  static Message read(PacketWriter response) {
    try {
      return Message.read(response.buffer(), response.length());
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private final class Path implements ReplyPath {
    @Override
    public void send(PacketWriter response) {
      sentLater.add(read(response));
    }

    @Override
    public void abandon() {
      abandoned++;
    }

    @Override
    public boolean isOpen() {
      return clientIsThere;
    }
  }

  /** The resolver answers everything that it was asked. */
  void answer(Answer answer) {
    asked.forEach(query -> query.answered(answer));
    outbox.orElseThrow().flush();
    asked.clear();
  }

  void dropAll() {
    asked.forEach(ClientQuery::dropped);
    outbox.orElseThrow().flush();
    asked.clear();
  }

  @Override
  public void close() {
    cache.close();
  }
}
