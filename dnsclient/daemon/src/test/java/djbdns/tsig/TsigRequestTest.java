package djbdns.tsig;

import static djbdns.tsig.SignedMessages.KEY;
import static djbdns.tsig.SignedMessages.KEYS;
import static djbdns.tsig.SignedMessages.NOW;
import static djbdns.tsig.SignedMessages.bytes;
import static djbdns.tsig.SignedMessages.read;
import static djbdns.tsig.SignedMessages.signedAnswer;
import static djbdns.tsig.SignedMessages.signedQuery;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TsigRequestTest {
  private final TsigClient client = new TsigClient(KEY);

  @Test
  void shouldDoNothingForUnsignedQuery() {
    byte[] query = bytes(SignedMessages.query());
    TsigRequest request = read(query, KEYS, NOW);
    assertSame(TsigRequest.UNSIGNED, request);
    assertEquals(0, request.signatureBytes());
    assertArrayEquals(bytes(SignedMessages.answer(1)), signedAnswer(request, 1, NOW));
  }

  @ParameterizedTest
  @EnumSource
  void shouldVerifyAndSignWithEveryAlgorithm(TsigAlgorithm algorithm) throws TsigException {
    for (int macBytes : new int[] {algorithm.leastMacBytes(), algorithm.macBytes()}) {
      TsigKey key = SignedMessages.key(algorithm, macBytes);
      TsigClient own = new TsigClient(key);
      byte[] query = signedQuery(own, NOW);
      assertEquals(bytes(SignedMessages.query()).length + own.signatureBytes(), query.length);
      TsigRequest request = read(query, new TsigKeys(List.of(key)), NOW);
      assertEquals(Rcode.NOERROR, request.rcode());
      assertEquals(key, request.key().orElseThrow());
      byte[] answer = signedAnswer(request, 1, NOW);
      assertEquals(
          bytes(SignedMessages.answer(1)).length + request.signatureBytes(), answer.length);
      own.verify(answer, answer.length, NOW);
      assertTrue(own.isVerified());
    }
  }

  @Test
  void shouldNotKnowKeyOfAnotherNameOrAlgorithm() {
    byte[] query = signedQuery(client, NOW);
    TsigKey other = SignedMessages.key(TsigAlgorithm.HMAC_SHA512, 64);
    for (TsigKeys keys : List.of(TsigKeys.NONE, new TsigKeys(List.of(other)))) {
      TsigRequest request = read(query, keys, NOW);
      assertRefused(TsigError.BADKEY, request);
      assertEquals(KEY.name(), request.claimedKey().orElseThrow());
      assertEquals(
          "server does not accept key transfer.key.example: BADKEY", outcome(request, NOW));
    }
  }

  @Test
  void shouldRefuseWrongSecretWithoutSigning() throws MalformedPacketException {
    TsigKey other = new TsigKey(KEY.name(), KEY.algorithm(), Bytes.ofText("another"));
    TsigRequest request = read(signedQuery(client, NOW), new TsigKeys(List.of(other)), NOW);
    assertRefused(TsigError.BADSIG, request);
    byte[] answer = signedAnswer(request, 0, NOW);
    assertTrue(TsigRecord.find(answer, answer.length).orElseThrow().tsig().mac().isEmpty());
    assertEquals("server does not accept key transfer.key.example: BADSIG", outcome(request, NOW));
  }

  @Test
  void shouldTellItsTimeToClientWithAnother() throws MalformedPacketException {
    for (long server : new long[] {NOW - 301, NOW + 301, 0, 1L << 40}) {
      TsigRequest request = read(signedQuery(client, NOW), KEYS, server);
      assertRefused(TsigError.BADTIME, request);
      byte[] answer = signedAnswer(request, 0, server);
      assertEquals(
          bytes(SignedMessages.answer(0)).length + request.signatureBytes(), answer.length);
      assertEquals(NOW, TsigRecord.find(answer, answer.length).orElseThrow().tsig().timeSigned());
      assertEquals(
          "clocks differ by " + Math.abs(server - NOW) + " seconds",
          outcome(read(signedQuery(client, NOW), KEYS, server), server));
    }
  }

  @Test
  void shouldAcceptClocksThatDifferByFudge() {
    for (long server : new long[] {NOW - 300, NOW + 300}) {
      assertEquals(KEY, read(signedQuery(client, NOW), KEYS, server).key().orElseThrow());
    }
  }

  @Test
  void shouldRefuseMacThatIsTooShortForItsKey() {
    TsigClient shortClient = new TsigClient(SignedMessages.key(TsigAlgorithm.HMAC_SHA256, 16));
    TsigRequest request = read(signedQuery(shortClient, NOW), KEYS, NOW);
    assertRefused(TsigError.BADTRUNC, request);
    byte[] answer = signedAnswer(request, 0, NOW);
    TsigException e =
        assertThrows(TsigException.class, () -> shortClient.verify(answer, answer.length, NOW));
    assertEquals("server does not accept signature: BADTRUNC", e.getMessage());
  }

  @Test
  void shouldAnswerWholeMacWithWholeMac() throws TsigException {
    TsigKey shortKey = SignedMessages.key(TsigAlgorithm.HMAC_SHA256, 16);
    TsigRequest request = read(signedQuery(client, NOW), new TsigKeys(List.of(shortKey)), NOW);
    byte[] answer = signedAnswer(request, 1, NOW);
    client.verify(answer, answer.length, NOW);
  }

  @Test
  void shouldCallMisplacedSignatureMalformed() {
    PacketWriter behind = SignedMessages.query();
    client.sign(behind, NOW);
    addText(behind, Section.ADDITIONAL);
    PacketWriter twice = SignedMessages.query();
    client.sign(twice, NOW);
    client.sign(twice, NOW);
    PacketWriter asAnswer = SignedMessages.query();
    client.sign(asAnswer, NOW);
    asAnswer.setCount(Section.ADDITIONAL, 0);
    asAnswer.setCount(Section.ANSWER, 1);
    PacketWriter withTail = SignedMessages.query();
    client.sign(withTail, NOW);
    addText(withTail, Section.ADDITIONAL);
    withTail.setCount(Section.ADDITIONAL, 1);
    for (PacketWriter query : List.of(behind, twice, asAnswer, withTail)) {
      TsigRequest request = read(bytes(query), KEYS, NOW);
      assertEquals(Rcode.FORMERR, request.rcode());
      assertTrue(request.key().isEmpty());
      assertEquals(0, request.signatureBytes());
    }
  }

  private static void addText(PacketWriter writer, Section section) {
    writer.beginRecord(new byte[1], 0, RecordType.TXT.code(), RecordClass.IN.code(), 0);
    writer.endRecord(section);
  }

  @Test
  void shouldSignBehindOtherRecords() {
    PacketWriter query = SignedMessages.query();
    addText(query, Section.ADDITIONAL);
    client.sign(query, NOW);
    assertEquals(KEY, read(bytes(query), KEYS, NOW).key().orElseThrow());
  }

  @Test
  void shouldLeaveMessageAsItIsWhereSignatureDoesNotFit() {
    PacketWriter query = SignedMessages.query();
    byte[] before = bytes(query);
    query.limit(query.length() + client.signatureBytes() - 1);
    assertFalse(client.sign(query, NOW));
    assertArrayEquals(before, bytes(query));
    query.limit(query.length() + client.signatureBytes());
    assertTrue(client.sign(query, NOW));
  }

  @Test
  void shouldKnowKeyInAnyLetterCase() {
    byte[] query = signedQuery(client, NOW);
    String text = new String(query, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.indexOf("transfer");
    query[at] = 'T';
    assertEquals(KEY, read(query, KEYS, NOW).key().orElseThrow());
  }

  private static void assertRefused(TsigError error, TsigRequest request) {
    assertEquals(Rcode.NOTAUTH, request.rcode());
    assertEquals(error, request.error());
    assertTrue(request.key().isEmpty());
  }

  /** What the client says to the answer. */
  private String outcome(TsigRequest request, long serverNow) {
    byte[] answer = signedAnswer(request, 0, serverNow);
    return assertThrows(TsigException.class, () -> client.verify(answer, answer.length, NOW))
        .getMessage();
  }
}
