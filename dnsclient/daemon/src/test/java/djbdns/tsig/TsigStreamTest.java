package djbdns.tsig;

import static djbdns.tsig.SignedMessages.KEY;
import static djbdns.tsig.SignedMessages.KEYS;
import static djbdns.tsig.SignedMessages.NOW;
import static djbdns.tsig.SignedMessages.bytes;
import static djbdns.tsig.SignedMessages.read;
import static djbdns.tsig.SignedMessages.signedAnswer;
import static djbdns.tsig.SignedMessages.signedQuery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.PacketWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of many messages (RFC 8945, 5.3.1). */
final class TsigStreamTest {
  private final TsigClient client = new TsigClient(KEY);

  /** A server that leaves messages unsigned, as this one never does. */
  private static final class SparingServer {
    private final TsigDigest digest = new TsigDigest(KEY);
    private Bytes prior;
    private boolean isFirst = true;
    private boolean isOpen;

    SparingServer(Bytes requestMac) {
      prior = requestMac;
    }

    byte[] next(int number, boolean signed) {
      PacketWriter writer = SignedMessages.answer(number);
      if (!isOpen) {
        digest.prior(prior);
      }
      digest.packet(writer.buffer(), writer.length());
      isOpen = !signed;
      if (signed) {
        TsigRecord tsig =
            new TsigRecord(
                KEY.name(),
                KEY.algorithm().wireName(),
                NOW + number,
                5,
                Bytes.EMPTY,
                SignedMessages.ID,
                TsigError.NOERROR,
                Bytes.EMPTY);
        if (isFirst) {
          digest.variables(tsig);
        } else {
          digest.timers(tsig);
        }
        isFirst = false;
        prior = digest.finish(KEY.macBytes());
        tsig.withMac(prior).writeTo(writer);
      }
      return bytes(writer);
    }
  }

  private SparingServer sparingServer() throws Exception {
    byte[] query = signedQuery(client, NOW);
    return new SparingServer(TsigRecord.find(query, query.length).orElseThrow().tsig().mac());
  }

  private void verify(byte[] message, long now) throws TsigException {
    client.verify(message, message.length, now);
  }

  private List<byte[]> stream(int messages) {
    TsigRequest request = read(signedQuery(client, NOW), KEYS, NOW);
    List<byte[]> stream = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      stream.add(signedAnswer(request, i, NOW + i));
    }
    return stream;
  }

  @Test
  void shouldVerifyStreamInWhichEveryMessageIsSigned() throws TsigException {
    int i = 0;
    for (byte[] message : stream(300)) {
      verify(message, NOW + i++);
      assertTrue(client.isVerified());
    }
  }

  @Test
  void shouldRefuseMessagesOutOfOrderOrLeftOutOrRepeated() throws TsigException {
    for (int wrong : new int[] {2, 0, 3}) {
      List<byte[]> stream = stream(4);
      verify(stream.get(0), NOW);
      if (wrong == 3) {
        verify(stream.get(1), NOW);
      }
      assertThrows(TsigException.class, () -> verify(stream.get(wrong), NOW));
    }
  }

  @Test
  void shouldRefuseMessageThatIsLate() throws TsigException {
    List<byte[]> stream = stream(2);
    verify(stream.get(0), NOW);
    TsigException e = assertThrows(TsigException.class, () -> verify(stream.get(1), NOW + 400));
    assertEquals("clocks differ by 399 seconds", e.getMessage());
  }

  @Test
  void shouldAllow99UnsignedMessagesInBetween() throws Exception {
    SparingServer server = sparingServer();
    for (int i = 0; i <= 300; i++) {
      boolean signed = i % 100 == 0;
      verify(server.next(i, signed), NOW + i);
      assertEquals(signed, client.isVerified());
    }
  }

  @Test
  void shouldRefuse100UnsignedMessages() throws Exception {
    SparingServer server = sparingServer();
    verify(server.next(0, true), NOW);
    for (int i = 1; i < 100; i++) {
      verify(server.next(i, false), NOW);
    }
    TsigException e = assertThrows(TsigException.class, () -> verify(server.next(100, false), NOW));
    assertEquals("no signature", e.getMessage());
  }

  @Test
  void shouldRefuseUnsignedFirstMessage() throws Exception {
    SparingServer server = sparingServer();
    assertThrows(TsigException.class, () -> verify(server.next(0, false), NOW));
    assertFalse(client.isVerified());
  }

  @Test
  void shouldFindChangeOfUnsignedMessage() throws Exception {
    SparingServer server = sparingServer();
    verify(server.next(0, true), NOW);
    byte[] unsigned = server.next(1, false);
    byte[] signed = server.next(2, true);
    verify(SignedMessages.flipped(unsigned, 8 * unsigned.length - 1), NOW);
    assertFalse(client.isVerified());
    assertThrows(TsigException.class, () -> verify(signed, NOW));
  }

  @Test
  void shouldStartAfreshWithEveryQuery() throws Exception {
    SparingServer server = sparingServer();
    verify(server.next(0, true), NOW);
    verify(server.next(1, false), NOW);
    assertFalse(client.isVerified());
    for (byte[] message : stream(2)) {
      verify(message, NOW);
    }
    assertTrue(client.isVerified());
  }
}
