package djbdns.tsig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exchanges that dig, kdig, named and knotd had with each other. */
final class TsigExchangesTest {
  /** When they had them; each within five minutes of it. */
  private static final long THEN = 1_795_544_564;

  /** One of them. */
  record Exchange(String title, TsigKey key, List<byte[]> messages, String outcome) {
    byte[] query() {
      return messages.getFirst();
    }

    List<byte[]> answers() {
      return messages.subList(1, messages.size());
    }

    @Override
    public String toString() {
      return title + ", " + key;
    }
  }

  static List<Exchange> exchanges() throws IOException, MalformedTextException {
    List<Exchange> exchanges = new ArrayList<>();
    String title = "";
    List<byte[]> messages = new ArrayList<>();
    TsigKey key = SignedMessages.KEY;
    for (String line : lines()) {
      if (line.startsWith("#")) {
        title = line.substring(2);
      } else if (line.startsWith("key ")) {
        key = TsigKey.parse(line.substring(4));
        messages = new ArrayList<>();
      } else if (line.startsWith("> ") || line.startsWith("< ")) {
        messages.add(HexFormat.of().parseHex(line.substring(2)));
      } else {
        exchanges.add(new Exchange(title, key, messages, line));
      }
    }
    return exchanges;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = TsigExchangesTest.class.getResourceAsStream("exchanges")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  @Test
  void shouldHaveAllExchanges() throws IOException, MalformedTextException {
    assertEquals(16, exchanges().size());
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void shouldAcceptWhatOthersSign(Exchange exchange) {
    TsigRequest request =
        SignedMessages.read(exchange.query(), new TsigKeys(List.of(exchange.key())), THEN);
    assertEquals(exchange.key(), request.key().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void shouldSignAsOthersDo(Exchange exchange) throws MalformedPacketException {
    PacketWriter query = unsigned(exchange);
    TsigClient client = new TsigClient(exchange.key());
    assertTrue(client.sign(query, timeSigned(exchange)));
    assertArrayEquals(exchange.query(), SignedMessages.bytes(query));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void shouldTakeAnswersOfOthers(Exchange exchange) throws MalformedPacketException {
    TsigClient client = new TsigClient(exchange.key());
    client.sign(unsigned(exchange), timeSigned(exchange));
    String outcome = "ok";
    try {
      for (byte[] answer : exchange.answers()) {
        client.verify(answer, answer.length, THEN);
      }
    } catch (TsigException e) {
      outcome = e.getMessage();
    }
    assertEquals(exchange.outcome(), outcome);
    assertEquals(outcome.equals("ok"), client.isVerified());
  }

  /** The query before it was signed. */
  private static PacketWriter unsigned(Exchange exchange) throws MalformedPacketException {
    Message signed = Message.read(exchange.query(), exchange.query().length);
    PacketWriter writer = new PacketWriter(1000);
    Message query =
        new Message(signed.id(), signed.flags(), signed.questions().getFirst(), signed.edns());
    assertTrue(query.write(writer));
    return writer;
  }

  private static long timeSigned(Exchange exchange) throws MalformedPacketException {
    return TsigRecord.find(exchange.query(), exchange.query().length)
        .orElseThrow()
        .tsig()
        .timeSigned();
  }
}
