package djbdns.tsig;

import static djbdns.tsig.SignedMessages.KEY;
import static djbdns.tsig.SignedMessages.KEYS;
import static djbdns.tsig.SignedMessages.NOW;
import static djbdns.tsig.SignedMessages.flipped;
import static djbdns.tsig.SignedMessages.read;
import static djbdns.tsig.SignedMessages.signedAnswer;
import static djbdns.tsig.SignedMessages.signedQuery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.MalformedPacketException;
import org.junit.jupiter.api.Test;

/**
 * A packet with any bit turned over is refused, but for those that RFC 8945 leaves out: the ID, in
 * whose place the original one is signed, and letter case in the names of key and algorithm.
 */
final class TsigTamperTest {
  private final TsigClient client = new TsigClient(KEY);

  @Test
  void shouldRefuseQueryWithAnyBitFlipped() throws MalformedPacketException {
    byte[] query = signedQuery(client, NOW);
    for (int bit = 0; bit < 8 * query.length; bit++) {
      boolean signed = isSigned(query, bit);
      assertEquals(signed, read(flipped(query, bit), KEYS, NOW).key().isEmpty(), "bit " + bit);
    }
  }

  @Test
  void shouldRefuseAnswerWithAnyBitFlipped() throws MalformedPacketException, TsigException {
    byte[] query = signedQuery(client, NOW);
    byte[] answer = signedAnswer(read(query, KEYS, NOW), 1, NOW);
    for (int bit = 0; bit < 8 * answer.length; bit++) {
      byte[] changed = flipped(answer, bit);
      signedQuery(client, NOW);
      if (isSigned(answer, bit)) {
        assertThrows(
            TsigException.class, () -> client.verify(changed, changed.length, NOW), "bit " + bit);
      } else {
        client.verify(changed, changed.length, NOW);
      }
    }
  }

  @Test
  void shouldRefuseEveryPrefix() {
    byte[] query = signedQuery(client, NOW);
    byte[] answer = signedAnswer(read(query, KEYS, NOW), 1, NOW);
    for (int length = 0; length < query.length; length++) {
      assertEquals(true, TsigRequest.read(query, length, KEYS, NOW).key().isEmpty());
    }
    for (int length = 0; length < answer.length; length++) {
      int end = length;
      signedQuery(client, NOW);
      assertThrows(TsigException.class, () -> client.verify(answer, end, NOW));
    }
  }

  @Test
  void shouldRefuseAnswerToAnotherQuery() {
    byte[] answer = signedAnswer(read(signedQuery(client, NOW), KEYS, NOW), 1, NOW);
    signedQuery(client, NOW + 1);
    assertThrows(TsigException.class, () -> client.verify(answer, answer.length, NOW));
  }

  private static boolean isSigned(byte[] packet, int bit) throws MalformedPacketException {
    int at = bit / 8;
    int names = TsigRecord.find(packet, packet.length).orElseThrow().start();
    int key = names + KEY.name().length();
    int algorithm = key + 10;
    int end = algorithm + KEY.algorithm().wireName().length();
    boolean isLetter = Character.isLetter(packet[at]) && bit % 8 == 5;
    boolean isInNames = (at > names && at < key) || (at > algorithm && at < end);
    return at >= 2 && !(isLetter && isInNames);
  }
}
