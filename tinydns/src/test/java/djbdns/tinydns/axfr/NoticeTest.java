package djbdns.tinydns.axfr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.tsig.TsigRequest;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Opcode;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NoticeTest {
  private static final int NOTIFY = 4 << 11;
  private static final long NOW = 1_790_000_000;

  private static Name zone() throws Exception {
    return Name.parse("example.org");
  }

  private static TsigKey key(String secret) throws Exception {
    return TsigKey.parse("hmac-sha256:k.example:" + secret);
  }

  private static Notice notice(TsigKey... key) throws Exception {
    return new Notice(0x1234, zone(), Arrays.stream(key).findFirst(), NOW);
  }

  private static PacketWriter reply(int id, int flags, String name) throws Exception {
    PacketWriter out = new PacketWriter(Limits.UDP_BYTES);
    out.begin(id, flags, Limits.UDP_BYTES);
    out.question(new Question(Name.parse(name), RecordType.SOA));
    return out;
  }

  private static Optional<Rcode> answer(Notice notice, PacketWriter reply) {
    return notice.answer(reply.buffer(), reply.length(), NOW);
  }

  @Test
  void shouldAskForTheSoaRecordWithAuthority() throws Exception {
    byte[] bytes = notice().toBytes();
    Message message = Message.read(bytes, bytes.length);
    assertEquals(0x1234, message.id());
    assertEquals(Opcode.NOTIFY, message.opcode());
    assertEquals(NOTIFY | Header.AA, message.flags());
    assertEquals(List.of(new Question(zone(), RecordType.SOA)), message.questions());
  }

  @Test
  void shouldTakeTheCodeOfItsAnswer() throws Exception {
    int flags = Header.QR | Header.AA | NOTIFY;
    assertEquals(Optional.of(Rcode.NOERROR), answer(notice(), reply(0x1234, flags, "example.org")));
    assertEquals(
        Optional.of(Rcode.REFUSED), answer(notice(), reply(0x1234, flags | 5, "EXAMPLE.org")));
    PacketWriter bare = new PacketWriter(Limits.UDP_BYTES);
    bare.begin(0x1234, flags | 4, Limits.UDP_BYTES);
    assertEquals(Optional.of(Rcode.NOTIMP), answer(notice(), bare), "without the question");
  }

  @Test
  void shouldNotTakeOtherPackets() throws Exception {
    int flags = Header.QR | NOTIFY;
    assertEquals(Optional.empty(), answer(notice(), reply(0x1235, flags, "example.org")));
    assertEquals(Optional.empty(), answer(notice(), reply(0x1234, NOTIFY, "example.org")));
    assertEquals(Optional.empty(), answer(notice(), reply(0x1234, Header.QR, "example.org")));
    assertEquals(Optional.empty(), answer(notice(), reply(0x1234, flags, "example.com")));
    byte[] itself = notice().toBytes();
    assertEquals(Optional.empty(), notice().answer(itself, itself.length, NOW));
    assertEquals(Optional.empty(), notice().answer(new byte[5], 5, NOW));
  }

  @Test
  void shouldSignAndTakeOnlyASignedAnswer() throws Exception {
    TsigKey key = key("c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=");
    Notice notice = notice(key);
    byte[] bytes = notice.toBytes();
    TsigRequest request = TsigRequest.read(bytes, bytes.length, new TsigKeys(List.of(key)), NOW);
    assertEquals(Optional.of(key), request.key());
    int flags = Header.QR | NOTIFY;
    PacketWriter unsigned = reply(0x1234, flags, "example.org");
    assertEquals(Optional.empty(), answer(notice, unsigned));
    PacketWriter forged = reply(0x1234, flags, "example.org");
    forged.limit(Limits.UDP_BYTES);
    TsigKey wrong = key("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    byte[] other = notice(wrong).toBytes();
    TsigRequest.read(other, other.length, new TsigKeys(List.of(wrong)), NOW).sign(forged, NOW);
    assertEquals(Optional.empty(), answer(notice, forged));
    PacketWriter signed = reply(0x1234, flags, "example.org");
    request.sign(signed, NOW);
    assertEquals(Optional.of(Rcode.NOERROR), answer(notice, signed));
  }
}
