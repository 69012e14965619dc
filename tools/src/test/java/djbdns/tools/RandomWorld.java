package djbdns.tools;

import static djbdns.tools.Answers.bytes;
import static djbdns.tools.Answers.join;

import djbdns.client.ServerAddress;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * An internet of a few servers in which everybody says anything about a few names: referrals up,
 * down and sideways, answers, aliases, denials, and records that are not well-formed. The same
 * server always says the same about the same question. A tenth of the replies need TCP.
 */
final class RandomWorld {
  private static final List<String> ZONES = List.of("a", "b", "x.a", "y.a", "x.b", "p.x.a", ".");
  private static final List<String> HOSTS =
      List.of("ns.a", "ns.x.a", "ns.y.a", "ns.b", "Ns.A", "127.12.30.3");
  private static final List<String> NAMES =
      List.of("www.p.x.a", "x.a", "y.b", "www.x.b", "localhost", "z");
  private static final List<String> TYPES =
      List.of("a", "ns", "mx", "txt", "any", "cname", "soa", "aaaa", "ptr", "0", "99");

  /** Longer ones get empty replies, which fit into a datagram. */
  private static final int LONGEST_NAME = 40;

  private static final int NOERROR = 0;
  private static final int NXDOMAIN = 3;

  private final long seed;
  private final List<String> addresses;
  private final List<String> all = new ArrayList<>();

  /**
   * @param addresses where its servers are
   */
  RandomWorld(long seed, List<String> addresses) {
    this.seed = seed;
    this.addresses = addresses;
    all.addAll(ZONES);
    all.addAll(HOSTS);
    all.addAll(NAMES);
  }

  /** A type and a name to trace. */
  List<String> question() {
    Random random = new Random(seed);
    return List.of(pick(random, TYPES), pick(random, NAMES));
  }

  private static <T> T pick(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] wire(String name) {
    try {
      return Name.parse(name).toWire();
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  /** What the server at an address says. */
  Script at(String address) {
    return new Script() {
      @Override
      public List<byte[]> overUdp(byte[] query) {
        Random random = random(address, query);
        boolean truncated = random.nextInt(10) == 0;
        byte[] reply = reply(query, random);
        return List.of(truncated ? Answers.reply(query, Header.TC, 0, 0, 0) : reply);
      }

      @Override
      public List<byte[]> overTcp(byte[] query) {
        Random random = random(address, query);
        random.nextInt(10);
        byte[] reply = reply(query, random);
        return List.of(bytes(reply.length >> 8, reply.length), reply);
      }
    };
  }

  private static Question question(byte[] query) {
    try {
      PacketReader reader = new PacketReader().wrap(query, query.length);
      reader.readHeader();
      return reader.readQuestion();
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private Random random(String address, byte[] query) {
    return new Random(seed * 1_000_003 + Objects.hash(address, question(query)));
  }

  private byte[] reply(byte[] query, Random random) {
    String name = question(query).name().toString();
    int type = question(query).type().code();
    List<byte[]> answer = new ArrayList<>();
    List<byte[]> authority = new ArrayList<>();
    List<byte[]> additional = new ArrayList<>();
    int rcode = NOERROR;
    if (name.length() > LONGEST_NAME) {
      return Answers.reply(query, Header.AA, 0, 0, 0);
    }
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> refer(random, name, authority, additional);
      case 3 -> answer.add(record(name, 5, 1, wire(pick(random, NAMES))));
      case 4 -> {
        rcode = random.nextBoolean() ? NXDOMAIN : NOERROR;
        authority.add(soa(pick(random, ZONES)));
      }
      case 5, 6 -> {
        answer.add(data(random, name, type));
        answer.add(data(random, name, type));
        refer(random, name, authority, additional);
      }
      default -> {
        answer.add(anything(random));
        authority.add(anything(random));
        additional.add(anything(random));
        rcode = random.nextInt(3) == 0 ? NXDOMAIN : NOERROR;
      }
    }
    List<byte[]> records = new ArrayList<>(answer);
    records.addAll(authority);
    records.addAll(additional);
    // Where the name is one of ours, or there would be new names without end.
    if (random.nextInt(8) == 0 && all.contains(name)) {
      spoil(random, pick(random, records));
    }
    return Answers.reply(
        query,
        Header.AA | rcode,
        answer.size(),
        authority.size(),
        additional.size(),
        records.toArray(byte[][]::new));
  }

  /** Mostly to a zone that the name is in. */
  private void refer(Random random, String name, List<byte[]> authority, List<byte[]> additional) {
    String zone = pick(random, ZONES);
    for (int i = 0; i < 6 && !name.endsWith(zone); i++) {
      zone = pick(random, ZONES);
    }
    for (int i = 0; i <= random.nextInt(2); i++) {
      String host = pick(random, HOSTS);
      authority.add(record(zone, 2, 1, wire(host)));
      additional.add(record(host, 1, 1, wire4(pick(random, addresses))));
      additional.add(record(host, 28, 1, new byte[16]));
    }
  }

  private byte[] anything(Random random) {
    String owner = pick(random, all);
    return switch (random.nextInt(4)) {
      case 0 -> record(owner, 2, 1, wire(pick(random, HOSTS)));
      case 1 -> record(owner, 1, random.nextInt(4) == 0 ? 3 : 1, wire4(pick(random, addresses)));
      case 2 -> record(owner, 5, 1, wire(pick(random, NAMES)));
      default -> soa(owner);
    };
  }

  private byte[] data(Random random, String name, int type) {
    return switch (random.nextInt(6) == 0 ? 16 : type) {
      case 1 -> record(name, 1, 1, wire4(pick(random, addresses)));
      case 2, 5, 12 -> record(name, type, 1, wire(pick(random, HOSTS)));
      case 6 -> soa(name);
      case 15 -> record(name, 15, 1, join(bytes(0, 10), wire(pick(random, HOSTS))));
      case 28 -> record(name, 28, 1, new byte[16]);
      default -> record(name, 16, random.nextInt(3) == 0 ? 4 : 1, bytes(4, 'a', ':', '\\', ' '));
    };
  }

  private static byte[] soa(String zone) {
    return record(zone, 6, 1, join(wire("ns.a"), wire("host.a"), new byte[20]));
  }

  private static byte[] wire4(String address) {
    return ServerAddress.parse(address).orElseThrow().address();
  }

  private static byte[] record(String owner, int type, int recordClass, byte[] data) {
    return join(
        wire(owner),
        bytes(type >> 8, type, recordClass >> 8, recordClass, 0, 0, 1, 44),
        bytes(data.length >> 8, data.length),
        data);
  }

  /**
   * One byte becomes another; no compression pointer, since 1.05 takes those that lead nowhere, and
   * none of an address, since nobody might be there.
   */
  private static void spoil(Random random, byte[] record) {
    int length = record.length - (record[record.length - 5] == 4 ? 4 : 0);
    record[random.nextInt(length)] = (byte) random.nextInt(0xc0);
  }
}
