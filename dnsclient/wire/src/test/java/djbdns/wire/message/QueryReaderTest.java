package djbdns.wire.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.NameBytes;
import djbdns.wire.message.QueryReader.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryReaderTest {
  private static final String QUERY = "1234 0100 0001 0000 0000 0001 0141 00 001c 0003";
  private static final String OPT = "00 0029 04d0 00 05 8000 0000";

  private final QueryReader query = new QueryReader();

  private static Bytes packet(String hex) {
    return Bytes.ofHex(hex.replace(" ", ""));
  }

  private Kind read(String hex) {
    Bytes packet = packet(hex);
    return query.read(packet.toArray(), packet.length());
  }

  @Test
  void shouldReadAQuery() {
    assertEquals(Kind.QUERY, read(QUERY + OPT));
    assertEquals(0x1234, query.id());
    assertEquals(Header.RD, query.flags());
    assertEquals("0141" + "00", Bytes.of(query.name()).toString().substring(0, 6));
    assertEquals(3, query.nameLength());
    assertEquals(28, query.type());
    assertEquals(3, query.recordClass());
    assertTrue(query.hasEdns());
    assertEquals(5, query.ednsVersion());
    assertEquals(1232, query.ednsPayloadBytes());
    assertTrue(query.dnssecOk());
  }

  @Test
  void shouldRememberNothingOfTheQueryBefore() {
    read(QUERY + OPT);
    assertEquals(Kind.MALFORMED, read("9999 0000 0000 0000 0000 0000"));
    assertEquals(0x9999, query.id());
    assertEquals(0, query.nameLength());
    assertEquals(0, query.type());
    assertEquals(0, query.recordClass());
    assertFalse(query.hasEdns());
    assertFalse(query.dnssecOk());
    assertEquals(0, query.ednsVersion());
    assertEquals(0, query.ednsPayloadBytes());
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "IGNORED, '', nothing",
    "IGNORED, 0000 0000 0001 0000 0000 00, half a header",
    "IGNORED, 0000 8000 0001 0000 0000 0000 00 0001 0001, a response",
    "MALFORMED, 0000 0000 0000 0000 0000 0000, no question",
    "MALFORMED, 0000 0000 0002 0000 0000 0000 00 0001 0001 00 0001 0001, two questions",
    "MALFORMED, 0000 0000 0001 0000 0000 0000 c00c 0001 0001, a pointer to itself",
    "MALFORMED, 0000 0000 0001 ffff ffff ffff 00 0001 0001, counts that lie",
    "QUERY, 0000 0000 0001 0000 0000 0000 00 0001 0001 ff, bytes behind the question",
    "QUERY, 0000 0000 0001 0001 0000 0001 00 0001 0001 c000 0001 0001 00000000 0000 00 0029 0200 00000000 0000, EDNS0 behind an answer"
  })
  void shouldTellWhatAPacketIs(Kind kind, String hex, String what) {
    assertEquals(kind, read(hex), what);
  }

  @Test
  void shouldRefuseMalformedEdns() {
    String two = QUERY.replace("0000 0001 0141", "0000 0002 0141");
    assertEquals(Kind.QUERY, read(two + OPT + "00 0001 0001 00000000 0000"));
    assertEquals(Kind.MALFORMED, read(two + OPT + OPT));
    assertEquals(Kind.MALFORMED, read(QUERY + "0161" + OPT));
    assertEquals(Kind.MALFORMED, read(QUERY + "00 0029 04d0 00 00 0000 0001"));
  }

  @Test
  void shouldSeeMalformedQueriesAtEveryLength() {
    Bytes packet = packet(QUERY + OPT);
    for (int length = 0; length < packet.length(); length++) {
      assertNotEquals(Kind.QUERY, query.read(packet.toArray(), length), "length " + length);
    }
    int question = packet(QUERY).length();
    assertEquals(Kind.QUERY, query.readQuestionOnly(packet.toArray(), question));
    assertFalse(query.hasEdns());
  }

  @Property(tries = 1000)
  void shouldTakeAnyBytes(@ForAll @Size(max = 80) byte[] tail) {
    byte[] packet = new byte[12 + tail.length];
    packet[5] = 1;
    packet[11] = 2;
    System.arraycopy(tail, 0, packet, 12, tail.length);
    if (query.read(packet, packet.length) == Kind.QUERY) {
      assertEquals(NameBytes.length(query.name(), 0), query.nameLength());
    }
    query.read(tail, tail.length);
  }
}
