package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that servers make from our question, whose letters are random. */
final class QuestionLettersTest {
  private static final String SENT = "wWw.ShoP.eXamPLe";
  private static final String ASKED = "www.shop.example";

  private static Bytes restore(String sent, String asked, String name) {
    QuestionLetters letters = new QuestionLetters();
    byte[] question = TestReply.name(sent).toWire();
    letters.learn(question, question.length, TestReply.name(asked));
    byte[] wire = new byte[Limits.NAME_BYTES + 3];
    int length = TestReply.name(name).copyTo(wire, 3);
    assertEquals(3 + length, letters.restore(wire, 3));
    return Bytes.of(Arrays.copyOfRange(wire, 3, 3 + length));
  }

  private static Bytes wire(String name) {
    return Bytes.of(TestReply.name(name).toWire());
  }

  /** The letters that are the server's own stay. */
  @ParameterizedTest
  @CsvSource({
    "wWw.ShoP.eXamPLe, www.shop.example",
    "wWw.ShoP.eXamPLe.Edge.Net, www.shop.example.Edge.Net",
    "wWw.ShoP.Edge.Net, www.shop.Edge.Net",
    "wWw.Edge.Net, www.Edge.Net",
    "wWw.wWw.Net, www.www.Net",
    "A.wWw.ShoP.eXamPLe.Edge.Net, A.www.shop.example.Edge.Net",
    "A.B.wWw.ShoP.C.wWw.D, A.B.www.shop.C.www.D",
    "New.ShoP.eXamPLe, New.shop.example",
    "New.eXamPLe, New.example",
    "wWw.New.eXamPLe, www.New.example",
    "WWW.Shop.Edge.Net, WWW.Shop.Edge.Net",
    "wWw.SHOP.eXamPLe, www.SHOP.example",
    "xwWw.Edge.Net, xwWw.Edge.Net",
    "wWwx.Edge.Net, wWwx.Edge.Net",
    "Edge.Net, Edge.Net",
    "., ."
  })
  void shouldRestoreOnlyWhatWasCopied(String name, String restored) {
    assertEquals(wire(restored), restore(SENT, ASKED, name));
  }

  @ParameterizedTest
  @CsvSource({"wWw.ShoP.eXamPLe.Net, WwW.sHop.EXample.Net", "A.eXamPLe, A.EXample"})
  void shouldGiveTheAskersLettersWhateverTheyAre(String name, String restored) {
    assertEquals(wire(restored), restore(SENT, "WwW.sHop.EXample", name));
  }

  @Property(tries = 2000)
  void shouldChangeNothingButCase(@ForAll Random random, @ForAll @IntRange(max = 30) int labels) {
    Name sent = name(random, 1 + random.nextInt(30));
    Name name = name(random, labels);
    QuestionLetters letters = new QuestionLetters();
    letters.learn(sent.toWire(), sent.length(), sent.lowerCase());
    byte[] wire = name.toWire();
    assertEquals(name.length(), letters.restore(wire, 0));
    assertEquals(name, Name.ofWire(wire, 0));
    letters.forget();
    byte[] untouched = name.toWire();
    assertEquals(name.length(), letters.restore(untouched, 0));
    assertEquals(Bytes.of(name.toWire()), Bytes.of(untouched));
  }

  /** Of few different labels, so that they meet. */
  private static Name name(Random random, int labels) {
    byte[] wire = new byte[3 * labels + 1];
    int at = 0;
    for (int i = 0; i < labels; i++) {
      int length = 1 + random.nextInt(2);
      wire[at++] = (byte) length;
      for (int j = 0; j < length; j++) {
        wire[at++] =
            (byte) (random.nextBoolean() ? 'a' + random.nextInt(2) : 'A' + random.nextInt(2));
      }
    }
    return Name.ofWire(wire, 0);
  }

  /** A reply to the question as it was sent, with no name compressed: all letters are copies. */
  private static byte[] packet(String type, int section, List<ResourceRecord> records) {
    byte[] packet = new byte[2000];
    packet[2] = (byte) 0x84;
    packet[5] = 1;
    int at = Limits.HEADER_BYTES;
    at += TestReply.name(SENT).copyTo(packet, at);
    at = u16(packet, at, RecordType.parse(type).orElseThrow().code());
    at = u16(packet, at, 1);
    packet = Arrays.copyOf(packet, at);
    for (ResourceRecord one : records) {
      packet = TestReply.with(packet, section, uncompressed(one));
    }
    return packet;
  }

  private static byte[] uncompressed(ResourceRecord one) {
    byte[] data = one.rdata().toWire().toArray();
    byte[] record = new byte[one.owner().length() + 10 + data.length];
    int at = u16(record, one.owner().copyTo(record, 0), one.type().code());
    at = u16(record, u16(record, u16(record, at, 1), 0), 60);
    System.arraycopy(data, 0, record, u16(record, at, data.length), data.length);
    return record;
  }

  private static ReplyReader.Context context(String type) {
    return TestReply.to(ASKED, type).context();
  }

  private static Reply read(String type, int section, String... lines) {
    byte[] packet = packet(type, section, Arrays.stream(lines).map(TestReply::line).toList());
    return TestReply.to(ASKED, type).reader().read(packet, packet.length, context(type));
  }

  /** In text, the names' letters as they are. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void assertNoneOfOurs(Rrset set) {
    for (String text : List.of(text(set.owner().toWire()), text(set.data()))) {
      for (String label : SENT.split("\\.", -1)) {
        assertFalse(text.contains(label), set.owner() + ": " + text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CNAME wWw.ShoP.eXamPLe.Edge",
        "PTR wWw.ShoP.Edge",
        "NS Ns.wWw.ShoP.eXamPLe",
        "MX 5 wWw.ShoP.eXamPLe.Edge",
        "SRV 1 2 3 wWw.ShoP.eXamPLe",
        "NAPTR 1 2 \"u\" \"E2U\" \"!a!b!\" wWw.ShoP.eXamPLe",
        "DNAME wWw.ShoP.eXamPLe.Edge",
        "SOA wWw.ShoP.eXamPLe Host.Edge 1 2 3 4 5"
      })
  void shouldTellNoLettersOfOursInData(String rdata) {
    String type = rdata.substring(0, rdata.indexOf(' '));
    Reply.Content content = (Reply.Content) read(type, 0, SENT + " 60 " + rdata);
    Rrset set = content.records().getFirst();
    assertEquals(content.ending(), Reply.Ending.RECORDS);
    assertNoneOfOurs(set);
    assertTrue(text(set.data()).contains(rdata.contains("Edge") ? "Edge" : "www"));
  }

  @Test
  void shouldTellNoLettersOfOursInAChain() {
    Reply.Content content =
        (Reply.Content)
            read(
                "A",
                0,
                SENT + " 60 CNAME wWw.ShoP.Cdn.eXamPLe",
                "wWw.ShoP.Cdn.eXamPLe 60 CNAME wWw.Edge.eXamPLe",
                "wWw.Edge.eXamPLe 60 A 192.0.2.1");
    assertEquals(3, content.records().size());
    content.records().forEach(QuestionLettersTest::assertNoneOfOurs);
  }

  @Test
  void shouldTellNoLettersOfOursInAnOwnerAboveTheQuestion() {
    Reply.Content content = (Reply.Content) read("A", 0, "ShoP.eXamPLe 60 DNAME Edge.eXamPLe");
    assertEquals(2, content.records().size());
    content.records().forEach(QuestionLettersTest::assertNoneOfOurs);
    content = (Reply.Content) read("A", 1, "eXamPLe 60 SOA wWw.Edge Host.Net 1 2 3 4 5");
    assertNoneOfOurs(content.soa().orElseThrow());
  }

  @Test
  void shouldTellNoLettersOfOursInADelegation() {
    Delegation delegation =
        ((Reply.Referral) read("A", 1, "ShoP.eXamPLe 60 NS Ns.ShoP.eXamPLe")).delegation();
    assertEquals(wire("shop.example"), Bytes.of(delegation.zone().toWire()));
    Name server = delegation.servers().getFirst().name();
    assertEquals(wire("Ns.shop.example"), Bytes.of(server.toWire()));
  }

  private static int u16(byte[] packet, int at, int value) {
    packet[at] = (byte) (value >> 8);
    packet[at + 1] = (byte) value;
    return at + 2;
  }
}
