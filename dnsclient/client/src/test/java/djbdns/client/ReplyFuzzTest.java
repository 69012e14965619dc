package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.List;
import java.util.Random;

/** No bytes upset a waiting query, and only a reply to it ends it. */
final class ReplyFuzzTest {
  private static final Question QUESTION =
      new Question(Name.ofWire(new byte[] {3, 'w', 'w', 'w', 1, 'x', 0}, 0), RecordType.A);
  private static final List<ServerAddress> SERVERS = ServerAddress.parseList("10.0.0.1,10.0.0.2");

  @FuzzTest
  void shouldTakeOnlyRepliesForReplies(byte[] packet) throws MalformedPacketException {
    for (Transport transport : Transport.values()) {
      Transmit transmit =
          new Transmit(new Query(QUESTION, false), SERVERS, transport, new Random(1));
      Step.Attempt attempt = assertInstanceOf(Step.Attempt.class, transmit.start(0));
      // The ID is given away, or no input would ever get beyond it.
      byte[] reply = packet.clone();
      System.arraycopy(attempt.packet(), 0, reply, 0, Math.min(2, reply.length));
      Step step = transmit.onPacket(reply, reply.length, 1);
      assertFalse(step instanceof Step.Failed, "a second server is there to be asked");
      if (step instanceof Step.Done done) {
        assertReply(done.packet());
      }
    }
  }

  private static void assertReply(byte[] packet) throws MalformedPacketException {
    PacketReader reader = new PacketReader().wrap(packet, packet.length);
    Header header = reader.readHeader();
    assertEquals(Header.QR, header.flags() & (Header.QR | Header.OPCODE | Header.TC));
    assertEquals(1, header.questionCount());
    assertEquals(QUESTION, reader.readQuestion());
  }
}
