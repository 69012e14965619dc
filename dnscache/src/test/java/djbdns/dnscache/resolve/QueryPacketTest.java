package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class QueryPacketTest {
  private static final int MX = RecordType.MX.code();
  private final QueryPacket packets = new QueryPacket(new SplittableRandom(1));

  private Message compose(String name, boolean recursive, boolean edns, boolean randomCase)
      throws Exception {
    byte[] packet = packets.compose(Name.parse(name), MX, recursive, edns, randomCase);
    return Message.read(packet, packet.length);
  }

  @Test
  void shouldAskOneQuestionWithoutRecursion() throws Exception {
    Message query = compose("www.example.test", false, false, false);
    assertEquals(0, query.flags());
    assertEquals(1, query.questions().size());
    assertEquals(Name.parse("www.example.test"), query.questions().getFirst().name());
    assertEquals(RecordType.MX, query.questions().getFirst().type());
    assertTrue(query.edns().isEmpty());
  }

  @Test
  void shouldAskCachesToRecurse() throws Exception {
    assertEquals(Header.RD, compose("www.example.test", true, false, false).flags());
  }

  @Test
  void shouldOffer1232Bytes() throws Exception {
    assertEquals(
        Optional.of(new Edns(Limits.EDNS_UDP_BYTES)), compose("a.test", false, true, true).edns());
  }

  @Test
  void shouldDrawIdAndLetterCaseAnewForEachPacket() throws Exception {
    Set<Integer> ids = new HashSet<>();
    Set<String> spellings = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Message query = compose("www.example.test", false, true, true);
      ids.add(query.id());
      byte[] wire = query.questions().getFirst().name().toWire();
      spellings.add(new String(wire, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    assertTrue(ids.size() > 95, ids.size() + " IDs");
    assertTrue(spellings.size() > 95, spellings.size() + " spellings");
  }

  @Test
  void shouldKeepLettersSmallWhereAServerDoesNotRepeatThem() throws Exception {
    Message query = compose("www.example.test", false, true, false);
    assertFalse(hasCapital(query.questions().getFirst().name().toWire()));
  }

  private static boolean hasCapital(byte[] wire) {
    for (byte value : wire) {
      if (value >= 'A' && value <= 'Z') {
        return true;
      }
    }
    return false;
  }
}
