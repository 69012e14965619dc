package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import djbdns.dnscache.resolve.reply.ReplyMatcher.Match;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which packets are replies. */
final class ReplyMatcherTest {
  private static final int ID = 0xbeef;
  private static final Question QUESTION = question("wWw.eXample");
  private static final byte[] QUERY = query(Optional.of(new Edns(Limits.EDNS_UDP_BYTES)));
  private static final byte[] PLAIN_QUERY = query(Optional.empty());

  private final ReplyMatcher matcher = new ReplyMatcher();

  private static Question question(String name) {
    return new Question(TestReply.name(name), RecordType.A);
  }

  private static byte[] query(Optional<Edns> edns) {
    return bytes(new Message(ID, 0, QUESTION, edns));
  }

  private static byte[] bytes(Message message) {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    message.write(writer);
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private static byte[] reply(int flags, Question question, Optional<Edns> edns) {
    return bytes(new Message(ID, Header.QR | flags, question, edns));
  }

  private static byte[] reply(int flags) {
    return reply(flags, QUESTION, Optional.empty());
  }

  private static byte[] headerOnly(int flags) {
    return bytes(
        new Message(
            ID, Header.QR | flags, List.of(), List.of(), List.of(), List.of(), Optional.empty()));
  }

  private Match match(byte[] packet) {
    return matcher.match(QUERY, packet, packet.length);
  }

  private Match matchPlain(byte[] packet) {
    return matcher.match(PLAIN_QUERY, packet, packet.length);
  }

  @Test
  void shouldTakeTheReply() {
    assertEquals(Match.REPLY, match(reply(Header.AA)));
    assertEquals(Match.REPLY, match(reply(Rcode.SERVFAIL.code())));
    byte[] full = TestReply.to("www.example", "A").answer("www.example 9 A 192.0.2.1").packet();
    byte[] query = bytes(new Message(0x1234, 0, question("www.example"), Optional.empty()));
    assertEquals(Match.REPLY, matcher.match(query, full, full.length));
  }

  @Test
  void shouldSeeThatAReplyIsTruncated() {
    assertEquals(Match.TRUNCATED, match(reply(Header.TC)));
    assertEquals(Match.NO_QUESTION, match(headerOnly(Header.TC)));
    byte[] cut = TestReply.claiming(reply(Header.TC), 0, 3);
    assertEquals(Match.TRUNCATED, match(cut));
    assertEquals(Match.TRUNCATED, match(TestReply.claiming(reply(Header.TC), 2, 1)));
  }

  @Test
  void shouldTellOtherLetterCase() {
    Question other = question("www.example");
    assertEquals(Match.OTHER_CASE, match(reply(0, other, Optional.empty())));
    assertEquals(Match.OTHER_CASE, match(reply(Header.TC, other, Optional.empty())));
    assertEquals(Match.OTHER_CASE, match(reply(Rcode.FORMERR.code(), other, Optional.empty())));
  }

  @Test
  void shouldTakeNoOtherId() {
    for (int bit = 0; bit < 16; bit++) {
      byte[] packet = reply(Rcode.FORMERR.code());
      packet[bit / 8] ^= (byte) (1 << (bit % 8));
      assertEquals(Match.UNRELATED, match(packet));
      byte[] header = headerOnly(Rcode.FORMERR.code());
      header[bit / 8] ^= (byte) (1 << (bit % 8));
      assertEquals(Match.UNRELATED, match(header));
    }
  }

  @Test
  void shouldTakeNoQueryAndNoOtherOpcode() {
    assertEquals(Match.UNRELATED, match(QUERY));
    for (int opcode = 1; opcode < 16; opcode++) {
      assertEquals(Match.UNRELATED, match(reply(opcode << 11)));
      assertEquals(Match.UNRELATED, match(headerOnly(opcode << 11 | Rcode.FORMERR.code())));
    }
  }

  @Test
  void shouldTakeNoOtherQuestion() {
    Name name = QUESTION.name();
    for (Question other :
        List.of(
            question("www.examplf"),
            question("ww.example"),
            question("a.www.example"),
            question("."),
            new Question(name, RecordType.AAAA),
            new Question(name, RecordType.A, RecordClass.CH))) {
      assertEquals(Match.UNRELATED, match(reply(0, other, Optional.empty())));
      assertEquals(Match.UNRELATED, match(reply(Header.TC, other, Optional.empty())));
      assertEquals(Match.UNRELATED, match(reply(Rcode.FORMERR.code(), other, Optional.empty())));
    }
  }

  @Test
  void shouldTakeExactlyOneQuestion() {
    byte[] packet = reply(0);
    for (int count : new int[] {2, 256, 65535}) {
      packet[4] = (byte) (count >> 8);
      packet[5] = (byte) count;
      assertEquals(Match.UNRELATED, match(packet));
    }
  }

  /** All forms in which servers refuse a query with EDNS0. */
  private static List<byte[]> refusals(int rcode) {
    Optional<Edns> opt = Optional.of(new Edns(512));
    List<byte[]> refusals = new ArrayList<>();
    for (byte[] packet :
        List.of(
            headerOnly(rcode),
            headerOnly(rcode | Header.AA),
            reply(rcode),
            reply(rcode | Header.TC),
            reply(rcode, QUESTION, opt))) {
      refusals.add(packet);
      for (int bytes : new int[] {1, 7, 19, 500}) {
        refusals.add(Arrays.copyOf(packet, packet.length + bytes));
      }
      for (int section = 0; section < 3; section++) {
        refusals.add(TestReply.claiming(packet, section, 1));
        refusals.add(TestReply.with(packet, section, TestReply.opt(0)));
      }
    }
    return refusals;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void shouldSeeThatEdnsIsUnknown(int rcode) {
    for (byte[] packet : refusals(rcode)) {
      boolean hasQuestion = packet[5] != 0;
      boolean truncated = (packet[2] & 2) != 0;
      assertEquals(Match.NO_EDNS, match(packet), Arrays.toString(packet));
      Match plain = truncated ? Match.TRUNCATED : Match.REPLY;
      assertEquals(hasQuestion ? plain : Match.NO_QUESTION, matchPlain(packet));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 5})
  void shouldTakeNoOtherHeaderWithoutQuestion(int rcode) {
    assertEquals(Match.NO_QUESTION, match(headerOnly(rcode)));
    assertEquals(Match.NO_QUESTION, match(Arrays.copyOf(headerOnly(rcode), 600)));
    assertEquals(Match.NO_QUESTION, matchPlain(headerOnly(rcode)));
    byte[] withData =
        TestReply.with(
            headerOnly(rcode), 0, new byte[] {0, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 9, 9, 9, 9});
    assertEquals(Match.NO_QUESTION, match(withData));
  }

  /** BADVERS, whatever else is in it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldTakeBadversForUnknownEdns(int section) {
    byte[] bare = TestReply.with(reply(0), section, TestReply.opt(1));
    byte[] full = TestReply.to("x.example", "A").answer("x.example 9 A 192.0.2.1").packet();
    byte[] query = bytes(new Message(0x1234, 0, question("x.example"), Optional.of(new Edns(512))));
    byte[] withData = TestReply.with(full, section, TestReply.opt(1));
    assertEquals(Match.NO_EDNS, match(bare));
    assertEquals(Match.NO_EDNS, match(TestReply.claiming(bare, 2, 7)));
    assertEquals(Match.NO_EDNS, match(TestReply.with(headerOnly(0), section, TestReply.opt(1))));
    assertEquals(Match.NO_EDNS, matcher.match(query, withData, withData.length));
    assertEquals(Match.REPLY, matchPlain(bare));
  }

  @Test
  void shouldAskWithoutEdnsWhereEdnsMakesNoSense() {
    byte[] once = TestReply.with(reply(0), 2, TestReply.opt(0));
    assertEquals(Match.REPLY, match(once));
    for (byte[] odd :
        List.of(
            TestReply.with(once, 2, TestReply.opt(0)),
            TestReply.with(reply(0), 0, TestReply.opt(0)),
            TestReply.with(reply(0), 1, TestReply.opt(0)),
            TestReply.with(reply(Rcode.SERVFAIL.code()), 1, TestReply.opt(0)),
            TestReply.claiming(reply(0), 2, 1),
            TestReply.claiming(once, 2, 1),
            TestReply.claiming(once, 2, 60_000),
            Arrays.copyOf(once, once.length - 1))) {
      assertEquals(Match.NO_EDNS, match(odd), Arrays.toString(odd));
      assertEquals(Match.REPLY, matchPlain(odd), Arrays.toString(odd));
    }
    assertEquals(Match.REPLY, match(Arrays.copyOf(once, once.length + 9)), "bytes behind it");
    assertEquals(Match.REPLY, match(TestReply.claiming(reply(0), 0, 1)), "not about EDNS0");
  }

  /** Letter case comes first: who does not know the letters may be anybody. */
  @Test
  void shouldMatchInAnyCaseOnRequest() {
    Question other = question("www.example");
    for (int flags : new int[] {0, Header.TC, Rcode.FORMERR.code(), Rcode.NOTIMP.code()}) {
      byte[] packet = reply(flags, other, Optional.empty());
      assertEquals(Match.OTHER_CASE, match(packet));
      assertEquals(match(reply(flags)), matcher.matchInAnyCase(QUERY, packet, packet.length));
    }
    byte[] packet = reply(0, question("wwx.example"), Optional.empty());
    assertEquals(Match.UNRELATED, matcher.matchInAnyCase(QUERY, packet, packet.length));
  }

  @Test
  void shouldTakeNothingThatIsCutOff() {
    byte[] packet = reply(0);
    for (int length = 0; length < packet.length; length++) {
      assertEquals(Match.UNRELATED, matcher.match(QUERY, packet, length));
    }
  }

  @Property(tries = 1000)
  void shouldTakeAnyBytes(@ForAll byte[] bytes, @ForAll @IntRange(max = 40) int kept) {
    byte[] packet = Arrays.copyOf(reply(0), kept + bytes.length);
    System.arraycopy(bytes, 0, packet, kept, bytes.length);
    Match match = match(packet);
    boolean sameId = packet.length > 1 && packet[0] == QUERY[0] && packet[1] == QUERY[1];
    if (!sameId) {
      assertEquals(Match.UNRELATED, match);
    }
  }

  @Property(tries = 2000)
  void shouldNoticeEveryBitOfTheQuestion(
      @ForAll @IntRange(max = 16) int offset, @ForAll @IntRange(max = 7) int bit) {
    byte[] packet = reply(0);
    packet[Limits.HEADER_BYTES + offset] ^= (byte) (1 << bit);
    assertNotEquals(Match.REPLY, match(packet));
  }
}
