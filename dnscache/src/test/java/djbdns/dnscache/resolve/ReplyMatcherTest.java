package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import djbdns.dnscache.resolve.ReplyMatcher.Match;
import djbdns.wire.Edns;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Message;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
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
    return matcher.match(QUERY, QUERY.length, packet, packet.length);
  }

  private Match matchPlain(byte[] packet) {
    return matcher.match(PLAIN_QUERY, PLAIN_QUERY.length, packet, packet.length);
  }

  @Test
  void shouldTakeTheReply() {
    assertEquals(Match.REPLY, match(reply(Header.AA)));
    assertEquals(Match.REPLY, match(reply(Rcode.SERVFAIL.code())));
    byte[] full = TestReply.to("www.example", "A").answer("www.example 9 A 192.0.2.1").packet();
    byte[] query = bytes(new Message(0x1234, 0, question("www.example"), Optional.empty()));
    assertEquals(Match.REPLY, matcher.match(query, query.length, full, full.length));
  }

  @Test
  void shouldSeeThatAReplyIsTruncated() {
    assertEquals(Match.TRUNCATED, match(reply(Header.TC)));
    assertEquals(Match.UNRELATED, match(headerOnly(Header.TC)));
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
    for (int count : new int[] {0, 2, 256}) {
      packet[4] = (byte) (count >> 8);
      packet[5] = (byte) count;
      assertEquals(Match.UNRELATED, match(packet));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void shouldSeeThatEdnsIsUnknown(int rcode) {
    assertEquals(Match.NO_EDNS, match(headerOnly(rcode)));
    assertEquals(Match.NO_EDNS, match(reply(rcode)));
    assertEquals(Match.NO_EDNS, match(reply(rcode | Header.TC)));
    Optional<Edns> opt = Optional.of(new Edns(512));
    assertEquals(Match.REPLY, match(reply(rcode, QUESTION, opt)), "knows EDNS0");
    assertEquals(Match.REPLY, matchPlain(reply(rcode)), "was not asked with EDNS0");
    assertEquals(Match.UNRELATED, matchPlain(headerOnly(rcode)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 5})
  void shouldTakeNoOtherHeaderWithoutQuestion(int rcode) {
    assertEquals(Match.UNRELATED, match(headerOnly(rcode)));
  }

  @Test
  void shouldTakeBadversForUnknownEdns() {
    Edns badvers = new Edns(512, Rcode.BADVERS.code() >> 4, 0, 0, List.of());
    assertEquals(Match.NO_EDNS, match(reply(0, QUESTION, Optional.of(badvers))));
    assertEquals(Match.REPLY, matchPlain(reply(0, QUESTION, Optional.of(badvers))));
  }

  @Test
  void shouldTakeNothingThatIsCutOff() {
    byte[] packet = reply(0);
    for (int length = 0; length < packet.length; length++) {
      assertEquals(Match.UNRELATED, matcher.match(QUERY, QUERY.length, packet, length));
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
