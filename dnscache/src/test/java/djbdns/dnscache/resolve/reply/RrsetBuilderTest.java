package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.cache.RecordData;
import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Record sets of all sizes: whole, or not at all. */
final class RrsetBuilderTest {
  private static final int TYPE = 65_280;

  /** Header and question of {@code w.example}. */
  private static final int QUESTION_END = 12 + 11 + 4;

  /** A record's bytes in front of its data, its owner a pointer. */
  private static final int RECORD_BYTES = 12;

  private static Bytes rdata(int number, int bytes) {
    byte[] data = new byte[bytes];
    for (int i = 0; i < Math.min(bytes, 3); i++) {
      data[i] = (byte) (number >> (8 * i));
    }
    return Bytes.of(data);
  }

  private static TestReply reply(Iterable<Bytes> data) {
    TestReply reply = TestReply.to("w.example", "TYPE" + TYPE);
    for (Bytes one : data) {
      Unknown rdata = new Unknown(new RecordType(TYPE), one);
      reply.answer(new ResourceRecord(TestReply.name("w.example"), 300, rdata));
    }
    return reply;
  }

  private static List<Bytes> data(Rrset set) {
    List<Bytes> data = new ArrayList<>();
    for (int at = 0; at < set.data().length; at = RecordData.next(set.data(), at)) {
      int start = RecordData.start(at);
      int end = start + RecordData.length(set.data(), at);
      data.add(Bytes.of(Arrays.copyOfRange(set.data(), start, end)));
    }
    return data;
  }

  private static void assertWhole(List<Bytes> sent) {
    Reply.Content content = reply(sent).content();
    assertEquals(1, content.records().size());
    assertEquals(List.copyOf(new LinkedHashSet<>(sent)), data(content.records().getFirst()));
  }

  /** Up to what a message holds: 4,094 addresses, 2,339 of IPv6. */
  @ParameterizedTest
  @CsvSource({
    "1, 4",
    "2, 4",
    "255, 4",
    "499, 4",
    "500, 4",
    "501, 4",
    "1000, 4",
    "1001, 4",
    "4093, 4",
    "4094, 4",
    "2339, 16",
    "4679, 2",
    "255, 1",
    "1, 0",
    "1, 65496",
    "2, 32740",
    "20, 3200"
  })
  void shouldTakeASetWhole(int count, int bytes) {
    List<Bytes> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(rdata(i, bytes));
    }
    int total = QUESTION_END + count * (RECORD_BYTES + bytes);
    assertTrue(total <= Limits.MESSAGE_BYTES, "bytes " + total);
    assertWhole(sent);
  }

  @Property(tries = 300)
  void shouldTakeEachRecordOnce(
      @ForAll Random random,
      @ForAll @IntRange(max = 9) int longest,
      @ForAll @IntRange(min = 1, max = 3000) int count) {
    List<Bytes> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(rdata(random.nextInt(1 << 12), random.nextInt(longest + 1)));
    }
    assertWhole(sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4})
  void shouldTakeAMessageFullOfOneRecord(int bytes) {
    int most = (Limits.MESSAGE_BYTES - QUESTION_END) / (RECORD_BYTES + bytes);
    assertWhole(Collections.nCopies(most, rdata(7, bytes)));
  }

  /** As many different records as there can be in a message: those of the root. */
  @Test
  void shouldTakeTheMostRecords() {
    TestReply reply = TestReply.to(".", "TYPE" + TYPE).fromServerOf(".");
    Set<Bytes> sent = new HashSet<>();
    for (int i = 0; i < 5039; i++) {
      sent.add(rdata(i, 2));
      Unknown data = new Unknown(new RecordType(TYPE), rdata(i, 2));
      reply.answer(new ResourceRecord(TestReply.name("."), 300, data));
    }
    assertTrue(Limits.MESSAGE_BYTES - reply.packet().length < 13, "room for more");
    assertEquals(sent, Set.copyOf(data(reply.content().records().getFirst())));
  }

  private static TestReply exchanges(int count, String suffix) {
    TestReply reply = TestReply.to("w.example", "MX");
    for (int i = 0; i < count; i++) {
      reply.answer("w.example 300 MX 1 x" + (1000 + i) + suffix);
    }
    return reply;
  }

  /** Names in the data are compressed in the message and not in the cache. */
  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 50})
  void shouldTakeNoPartOfWhatIsTooLongWithoutCompression(int label) {
    String suffix = "." + "a".repeat(label) + "." + "b".repeat(label) + ".w.example";
    int bytes = 2 + 2 + TestReply.name("x1000" + suffix).length();
    int most = Limits.RDATA_BYTES / bytes;
    Rrset set = exchanges(most, suffix).content().records().getFirst();
    assertEquals(most, set.count());
    assertEquals(most * bytes, set.data().length);
    assertEquals(new Reply.Malformed(), exchanges(most + 1, suffix).read());
    TestReply again = exchanges(most, suffix).answer("w.example 300 MX 1 x1001" + suffix);
    assertEquals(most, again.content().records().getFirst().count(), "with a duplicate");
  }

  /** The list has two bytes for each length: the last byte of it is filled, and then one more. */
  @ParameterizedTest
  @CsvSource({"65535, true", "65536, false", "65534, true", "65600, false"})
  void shouldFillAListToItsLastByte(int bytes, boolean fits) {
    String suffix = "." + "a".repeat(60) + "." + "b".repeat(60) + ".w.example";
    int each = 2 + 2 + TestReply.name("x1000" + suffix).length();
    int most = (bytes - 80) / each;
    int left = bytes - most * each;
    TestReply reply = exchanges(most, suffix);
    for (int i = 2; left > 0; i++) {
      int more = left > 60 ? 40 : left;
      reply.answer("w.example 300 MX " + i + " " + "l".repeat(more - 6));
      left -= more;
    }
    if (fits) {
      assertEquals(bytes, reply.content().records().getFirst().data().length);
    } else {
      assertEquals(new Reply.Malformed(), reply.read());
    }
  }

  @Test
  void shouldTakeTheSmallestTtlOfManyRecords() {
    TestReply reply = TestReply.to("w.example", "A");
    for (int i = 0; i < 3000; i++) {
      int ttl = i == 2999 ? 7 : 300;
      reply.answer("w.example " + ttl + " A 192.0." + i / 256 + "." + i % 256);
    }
    assertEquals(7, reply.content().records().getFirst().ttlAt(TestReply.NOW));
  }

  /** Nobody can choose records that share a slot without its key. */
  @Test
  void shouldTakeTheKeyOfItsHashFromTheGenerator() {
    Random random = new Random(5);
    new RrsetBuilder(new RecordIndex(), random);
    assertNotEquals(new Random(5).nextLong(), random.nextLong());
  }

  /** A set says nothing of the one before it. */
  @Test
  void shouldForgetTheSetBefore() {
    TestReply reply = reply(List.of(rdata(1, 4), rdata(2, 4), rdata(3, 4)));
    TestReply other = reply(List.of(rdata(3, 4), rdata(2, 4)));
    ReplyReader reader = reply.reader();
    for (int i = 0; i < 3; i++) {
      for (TestReply one : List.of(reply, other)) {
        byte[] packet = one.packet();
        Reply.Content content = (Reply.Content) reader.read(packet, packet.length, one.context());
        assertEquals(one == reply ? 3 : 2, content.records().getFirst().count());
      }
    }
  }
}
