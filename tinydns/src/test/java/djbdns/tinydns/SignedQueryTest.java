package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.ContentResponder;
import djbdns.content.Outcome;
import djbdns.content.QueryLog;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.tsig.TsigClient;
import djbdns.tsig.TsigException;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a content server that has a key answers to signed queries over UDP (RFC 8945). */
final class SignedQueryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Client CLIENT = ClientAt.udp("192.0.2.1", 1234);
  private static final byte[] ROOT = {0};
  private static final int FEW = 1;
  private static final int TOO_MANY = 1000;
  private static final String LONG_NAME = ("k".repeat(60) + ".").repeat(4) + "test";

  private final LogLines log = new LogLines();
  private final TsigKey key = key("key.test", "c2VjcmV0");

  private static TsigKey key(String name, String secret) {
    try {
      return TsigKey.parse("hmac-sha256:" + name + ":" + secret);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Outcome answer(PacketWriter response, int records) {
    for (int i = 0; i < records; i++) {
      if (!response.beginRecord(ROOT, 0, RecordType.A.code(), 1, 60) || !response.addU32(i)) {
        response.truncate();
        return Outcome.ANSWERED;
      }
      response.endRecord(Section.ANSWER);
    }
    return Outcome.ANSWERED;
  }

  /** A server that knows the key, and has so many records for everybody. */
  private ContentResponder server(int records) {
    return new ContentResponder(
        (_, _, response) -> answer(response, records),
        new QueryLog(log.logger(), true),
        new TsigKeys(List.of(key)),
        InstantSource.fixed(NOW));
  }

  private static PacketWriter query(String name, Optional<Edns> edns) throws Exception {
    PacketWriter query = new PacketWriter(Limits.MESSAGE_BYTES);
    new Message(7, 0, new Question(Name.parse(name), RecordType.A), edns).write(query);
    return query;
  }

  private static Message respond(ContentResponder server, PacketWriter query) throws Exception {
    assertTrue(server.respond(query.buffer(), query.length(), CLIENT));
    server.batchEnd();
    return Message.read(server.response().buffer(), server.response().length());
  }

  private static void sign(TsigClient client, PacketWriter query) {
    assertTrue(client.sign(query, NOW.getEpochSecond()));
  }

  private static void verify(TsigClient client, ContentResponder server) throws TsigException {
    client.verify(server.response().buffer(), server.response().length(), NOW.getEpochSecond());
  }

  @Test
  void shouldSignTheAnswerToASignedQuery() throws Exception {
    ContentResponder server = server(FEW);
    for (Optional<Edns> edns : List.of(Optional.<Edns>empty(), Optional.of(new Edns(1232)))) {
      TsigClient client = new TsigClient(key);
      PacketWriter query = query("www.test", edns);
      sign(client, query);
      Message answer = respond(server, query);
      assertEquals(Rcode.NOERROR, answer.rcode());
      assertEquals(FEW, answer.answers().size());
      assertEquals(edns.isPresent(), answer.edns().isPresent());
      verify(client, server);
    }
  }

  @Test
  void shouldNotSignTheAnswerToAnUnsignedQuery() throws Exception {
    ContentResponder server = server(FEW);
    TsigClient client = new TsigClient(key);
    PacketWriter signed = query("www.test", Optional.empty());
    sign(client, signed);
    respond(server, signed);
    Message answer = respond(server, query("www.test", Optional.empty()));
    assertEquals(FEW, answer.answers().size());
    assertEquals(List.of(), answer.additional());
  }

  @Test
  void shouldTruncateWhereTheSignatureLeavesNoRoom() throws Exception {
    ContentResponder server = server(TOO_MANY);
    TsigClient client = new TsigClient(key);
    PacketWriter query = query("www.test", Optional.empty());
    sign(client, query);
    Message answer = respond(server, query);
    assertTrue((answer.flags() & Header.TC) != 0);
    assertTrue(server.response().length() <= Limits.UDP_BYTES);
    verify(client, server);
  }

  /** The question cannot be repeated, but who signed may know who answers (RFC 8945, 5.3). */
  @Test
  void shouldSignTheAnswerToASignedQueryThatItCannotRead() throws Exception {
    ContentResponder server = server(FEW);
    TsigClient client = new TsigClient(key);
    PacketWriter query = query("www.test", Optional.empty());
    assertTrue(query.question(new Question(Name.parse("www.test"), RecordType.MX)));
    sign(client, query);
    Message answer = respond(server, query);
    assertEquals(Rcode.FORMERR, answer.rcode());
    assertEquals(List.of(), answer.questions());
    verify(client, server);
    assertTrue(log.next().contains(" / 0000 "), "not readable");
  }

  @Test
  void shouldRefuseWrongSignatures() throws Exception {
    for (TsigKey wrong : List.of(key("other.test", "c2VjcmV0"), key("key.test", "b3RoZXI="))) {
      ContentResponder server = server(FEW);
      TsigClient client = new TsigClient(wrong);
      PacketWriter query = query("www.test", Optional.of(new Edns(1232)));
      sign(client, query);
      Message answer = respond(server, query);
      assertEquals(Rcode.NOTAUTH, answer.rcode());
      assertEquals(List.of(), answer.answers());
      assertEquals(RecordType.TSIG, answer.additional().getLast().type());
      assertThrows(TsigException.class, () -> verify(client, server));
      assertTrue(log.next().contains(" - 0001 "), "not answered");
    }
  }

  @Test
  void shouldAnswerWithoutMoreThanTheQuestionWhereNamesAreLong() throws Exception {
    ContentResponder server = server(FEW);
    PacketWriter query = query(LONG_NAME, Optional.of(new Edns(512)));
    sign(new TsigClient(key(LONG_NAME, "c2VjcmV0")), query);
    Message answer = respond(server, query);
    assertEquals(Rcode.NOTAUTH, answer.rcode());
    assertEquals(RecordType.TSIG, answer.additional().getLast().type());
    assertTrue(server.response().length() <= query.length());
  }
}
