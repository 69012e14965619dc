package djbdns.dnscache.resolve.reply;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Rdata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A reply put together from lines of master files, and the reader that it is for. */
public final class TestReply {
  static final long NOW = 1_800_000_000;

  private final Name asked;
  private final RecordType type;
  private int flags = Header.QR | Header.AA;
  private Optional<Edns> edns = Optional.empty();
  private final List<ResourceRecord> answers = new ArrayList<>();
  private final List<ResourceRecord> authority = new ArrayList<>();
  private final List<ResourceRecord> additional = new ArrayList<>();

  private String zone = "example";
  private long zoneExpiresAt = Delegation.NEVER;
  private boolean forwarded;
  private ConfiguredZones configured = ConfiguredZones.NONE;
  private ResolverConfig config = ResolverConfig.standard();

  private TestReply(Name asked, RecordType type) {
    this.asked = asked;
    this.type = type;
  }

  /** An authoritative reply without records to a question for a server of {@code example}. */
  public static TestReply to(String asked, String type) {
    return new TestReply(name(asked), RecordType.parse(type).orElseThrow());
  }

  public static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  static ResourceRecord line(String text) {
    try {
      return ResourceRecord.parse(text, Name.ROOT);
    } catch (MalformedTextException e) {
      throw new AssertionError(text, e);
    }
  }

  public TestReply answer(String... lines) {
    Arrays.stream(lines).map(TestReply::line).forEach(answers::add);
    return this;
  }

  TestReply authority(String... lines) {
    Arrays.stream(lines).map(TestReply::line).forEach(authority::add);
    return this;
  }

  TestReply additional(String... lines) {
    Arrays.stream(lines).map(TestReply::line).forEach(additional::add);
    return this;
  }

  public TestReply answer(ResourceRecord added) {
    answers.add(added);
    return this;
  }

  TestReply authority(ResourceRecord added) {
    authority.add(added);
    return this;
  }

  TestReply additional(ResourceRecord added) {
    additional.add(added);
    return this;
  }

  /** Sets the flags besides QR; none is AA unless given. */
  TestReply flags(int newFlags) {
    flags = Header.QR | newFlags;
    return this;
  }

  TestReply rcode(Rcode rcode) {
    flags |= rcode.code() & Header.RCODE;
    if (rcode.code() > Header.RCODE) {
      edns = Optional.of(new Edns(1232, rcode.code() >> 4, 0, 0, List.of()));
    }
    return this;
  }

  TestReply fromServerOf(String newZone) {
    zone = newZone;
    return this;
  }

  TestReply zoneExpiresAt(long unixSeconds) {
    zoneExpiresAt = unixSeconds;
    return this;
  }

  TestReply fromCache() {
    forwarded = true;
    return this;
  }

  /** Names that files of {@code servers/} are about; the root as {@code .}. */
  TestReply configured(String... names) {
    configured =
        new ConfiguredZones(
            Arrays.stream(names)
                .map(text ->
                    new ConfiguredZone(
                        name(text),
                        ConfiguredZone.Mode.ITERATE,
                        ServerAddress.parseList("10.9.9.9")))
                .toList());
    return this;
  }

  TestReply config(ResolverConfig newConfig) {
    config = newConfig;
    return this;
  }

  public byte[] packet() {
    Question question = new Question(asked, type);
    Message message =
        new Message(0x1234, flags, List.of(question), answers, authority, additional, edns);
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    if (!message.write(writer)) {
      throw new AssertionError("too long for a packet");
    }
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  /**
   * A copy of a packet with one more record in a section behind which nothing else is.
   *
   * @param section 0 answer, 1 authority, 2 additional
   */
  public static byte[] with(byte[] packet, int section, byte[] record) {
    byte[] longer = Arrays.copyOf(packet, packet.length + record.length);
    System.arraycopy(record, 0, longer, packet.length, record.length);
    return claiming(longer, section, 1);
  }

  /** A copy of a packet that says it has so many more records in a section. */
  public static byte[] claiming(byte[] packet, int section, int more) {
    byte[] changed = packet.clone();
    int at = 6 + (2 * section);
    int count = ((changed[at] & 0xff) << 8 | (changed[at + 1] & 0xff)) + more;
    changed[at] = (byte) (count >> 8);
    changed[at + 1] = (byte) count;
    return changed;
  }

  /** An OPT record (RFC 6891, 6.1.2). */
  public static byte[] opt(int upperRcode) {
    return new byte[] {0, 0, 41, 4, (byte) 0xd0, (byte) upperRcode, 0, 0, 0, 0, 0};
  }

  ReplyReader.Context context() {
    Delegation delegation = new Delegation(name(zone), List.of(), Delegation.ALWAYS, zoneExpiresAt);
    return new ReplyReader.Context(asked, type.code(), delegation, forwarded, NOW);
  }

  ReplyReader reader() {
    return new ReplyReader(configured, config, new SplittableRandom(1));
  }

  Reply read() {
    return read(packet());
  }

  /** What a packet is, as a reply to the same question. */
  Reply read(byte[] packet) {
    return reader().read(packet, packet.length, context());
  }

  Reply.Content content() {
    return (Reply.Content) read();
  }

  Delegation referral() {
    return ((Reply.Referral) read()).delegation();
  }

  Optional<Delegation> priming() {
    byte[] packet = packet();
    return reader().readPriming(packet, packet.length, context());
  }

  /** Each record of the sets as a line, its TTL what is left now. */
  static List<String> lines(List<Rrset> sets) {
    List<String> lines = new ArrayList<>();
    for (Rrset set : sets) {
      byte[] data = set.data();
      for (int at = 0; at < data.length; at = RecordData.next(data, at)) {
        lines.add(line(set, at));
      }
    }
    return lines;
  }

  private static String line(Rrset set, int at) {
    RecordType type = new RecordType(set.type());
    int length = RecordData.length(set.data(), at);
    byte[] data =
        Arrays.copyOfRange(set.data(), RecordData.start(at), RecordData.start(at) + length);
    try {
      Rdata rdata = Rdata.read(type, new PacketReader().wrap(data, length), length);
      return set.owner() + " " + set.ttlAt(NOW) + " " + type + " " + rdata;
    } catch (MalformedPacketException e) {
      return set.owner() + " " + set.ttlAt(NOW) + " " + type + " \\# " + Bytes.of(data);
    }
  }

  static List<String> lines(Optional<Rrset> set) {
    return lines(set.stream().toList());
  }
}
