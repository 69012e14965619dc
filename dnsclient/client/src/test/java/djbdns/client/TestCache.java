package djbdns.client;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Cname;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A cache that knows some records and nothing else: it answers, follows aliases, and denies with
 * the SOA record of {@code test.}
 */
public final class TestCache {
  private static final ResourceRecord SOA =
      parse("test. 60 SOA ns.test. hostmaster.test. 1 2 3 4 5");

  private final List<ResourceRecord> records;

  private TestCache(List<ResourceRecord> records) {
    this.records = records;
  }

  /** A cache with these lines of a master file. */
  public static TestCache of(String... lines) {
    return new TestCache(Arrays.stream(lines).map(TestCache::parse).toList());
  }

  static ResourceRecord parse(String line) {
    try {
      return ResourceRecord.parse(line, Name.ROOT);
    } catch (MalformedTextException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** The datagram for a query; truncated if the answer is too long. */
  public List<byte[]> overUdp(byte[] query) {
    return List.of(packet(query, Limits.UDP_BYTES));
  }

  /** The same over TCP, with its length. */
  public List<byte[]> overTcp(byte[] query) {
    return List.of(framed(packet(query, 0xffff)));
  }

  /** The message with its length before it. */
  public static byte[] framed(byte[] message) {
    byte[] framed = new byte[2 + message.length];
    framed[0] = (byte) (message.length >> 8);
    framed[1] = (byte) message.length;
    System.arraycopy(message, 0, framed, 2, message.length);
    return framed;
  }

  /** What a query asks. */
  public static Question questionOf(byte[] query) {
    return read(query).questions().getFirst();
  }

  private static Message read(byte[] query) {
    try {
      return Message.read(query, query.length);
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private byte[] packet(byte[] query, int limit) {
    Question question = questionOf(query);
    List<ResourceRecord> answers = new ArrayList<>();
    Name name = question.name();
    Optional<Name> alias = aliasOf(name);
    while (alias.isPresent() && !question.type().equals(RecordType.CNAME)) {
      answers.addAll(find(name, RecordType.CNAME));
      name = alias.get();
      alias = aliasOf(name);
    }
    List<ResourceRecord> found = find(name, question.type());
    answers.addAll(found);
    Rcode rcode = exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN;
    return reply(query, rcode, answers, found.isEmpty() ? List.of(SOA) : List.of(), limit);
  }

  private Optional<Name> aliasOf(Name name) {
    return find(name, RecordType.CNAME).stream()
        .map(found -> ((Cname) found.rdata()).target())
        .findFirst();
  }

  private List<ResourceRecord> find(Name name, RecordType type) {
    return records.stream()
        .filter(known -> known.owner().equals(name))
        .filter(known -> type.equals(RecordType.ANY) || known.type().equals(type))
        .toList();
  }

  private boolean exists(Name name) {
    return records.stream().anyMatch(known -> known.owner().isWithin(name));
  }

  /** A reply to the query. */
  static byte[] reply(
      byte[] query,
      Rcode rcode,
      List<ResourceRecord> answers,
      List<ResourceRecord> authority,
      int limit) {
    Message asked = read(query);
    int flags = asked.flags() | Header.QR | Header.RA | rcode.code();
    Message reply =
        new Message(
            asked.id(), flags, asked.questions(), answers, authority, List.of(), Optional.empty());
    PacketWriter writer = new PacketWriter(limit);
    reply.write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }
}
