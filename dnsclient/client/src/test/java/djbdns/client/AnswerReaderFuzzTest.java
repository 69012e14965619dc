package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import java.io.EOFException;

/** Any bytes are read, no more of them than the header counts, or refused. */
final class AnswerReaderFuzzTest {
  private interface Reading {
    int count(AnswerReader reader) throws MalformedPacketException, EOFException;
  }

  @FuzzTest
  void shouldReadOrRefuseAnyPacket(byte[] packet) throws EOFException {
    check(packet, reader -> reader.ipv4Addresses().size());
    check(packet, reader -> reader.ipv6Addresses().size());
    check(packet, reader -> reader.hostName().isPresent() ? 1 : 0);
    check(packet, reader -> reader.exchanges().size());
    try {
      check(packet, reader -> reader.texts().size());
    } catch (EOFException e) {
      assertTrue(e.getMessage().startsWith("TXT record"), e.getMessage());
    }
  }

  private static void check(byte[] packet, Reading reading) throws EOFException {
    try {
      int count = reading.count(new AnswerReader(packet));
      PacketReader header = new PacketReader().wrap(packet, packet.length);
      assertTrue(count <= header.readHeader().answerCount());
    } catch (MalformedPacketException e) {
      assertEquals("protocol error", e.getMessage());
    }
  }
}
