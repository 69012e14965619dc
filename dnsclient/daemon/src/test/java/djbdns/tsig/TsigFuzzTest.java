package djbdns.tsig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;

/** No bytes upset either side, and none are believed that the key did not sign. */
final class TsigFuzzTest {
  private static final long NOW = SignedMessages.NOW;

  @FuzzTest(maxDuration = "60s")
  void shouldAnswerAnyQuery(byte[] packet) {
    TsigRequest request = SignedMessages.read(packet, SignedMessages.KEYS, NOW);
    assertTrue(request.key().isEmpty());
    PacketWriter answer = SignedMessages.answer(1);
    int before = answer.length();
    boolean fits = request.sign(answer, NOW);
    assertEquals(fits ? before + request.signatureBytes() : before, answer.length());
    if (request.rcode().equals(Rcode.NOERROR)) {
      assertEquals(before, answer.length());
    }
  }

  @FuzzTest(maxDuration = "60s")
  void shouldBelieveNoAnswer(byte[] packet) {
    TsigClient client = new TsigClient(SignedMessages.KEY);
    SignedMessages.signedQuery(client, NOW);
    try {
      client.verify(packet, packet.length, NOW);
    } catch (TsigException e) {
      assertFalse(client.isVerified());
      return;
    }
    throw new AssertionError("believed");
  }

  /** What is found is where it is said to be, and nothing follows it. */
  @FuzzTest(maxDuration = "60s")
  void shouldFindRecordAtEnd(byte[] packet) {
    try {
      TsigRecord.find(packet, packet.length)
          .ifPresent(place -> assertTrue(place.start() < packet.length && place.start() >= 12));
    } catch (MalformedPacketException e) {
      assertEquals(MalformedPacketException.INSTANCE, e);
    }
  }
}
