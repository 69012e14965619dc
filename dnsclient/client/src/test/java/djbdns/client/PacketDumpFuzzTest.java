package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;

/** Any bytes are printed, a line for each record, or refused. */
final class PacketDumpFuzzTest {
  @FuzzTest
  void shouldPrintOrRefuseAnyPacket(byte[] packet) {
    check(packet);
  }

  static void check(byte[] packet) {
    try {
      String text = PacketDump.dump(packet, packet.length);
      Header header = new PacketReader().wrap(packet, packet.length).readHeader();
      int records =
          header.questionCount()
              + header.answerCount()
              + header.authorityCount()
              + header.additionalCount();
      assertEquals(1 + records, text.lines().count());
      assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), text);
    } catch (MalformedPacketException e) {
      assertEquals("protocol error", e.getMessage());
    }
  }
}
