package djbdns.walldns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.content.CompatResponder;
import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.server.Responder;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Ptr;
import djbdns.wire.rdata.Rdata;
import java.util.List;

/** Whatever a packet holds, both walls keep quiet or give a well-formed response to it. */
final class WallFuzzTest {
  private static final List<Client> CLIENTS =
      List.of(
          ClientAt.udp("127.1.2.3", 53),
          ClientAt.udp("2001:db8::1", 65535),
          ClientAt.tcp("127.2.2.2", 1));

  private final Responder standard = new ContentResponder(new Wall(false), log());
  private final Responder compat = new CompatResponder(new Wall(true), log());

  private static QueryLog log() {
    return new QueryLog(new LogLines().logger(), true);
  }

  @FuzzTest
  void shouldKeepQuietOrRespondWell(byte[] packet) throws MalformedPacketException {
    if (packet.length > Limits.MESSAGE_BYTES) {
      return;
    }
    for (Client client : CLIENTS) {
      if (standard.respond(packet, packet.length, client)) {
        check(packet, standard.response());
      }
      if (compat.respond(packet, packet.length, client)) {
        check(packet, compat.response());
      }
      standard.batchEnd();
      compat.batchEnd();
    }
  }

  /** Few records, each about the name asked for, in few bytes. */
  private static void check(byte[] packet, PacketWriter response) throws MalformedPacketException {
    Message message = Message.read(response.buffer(), response.length());
    assertEquals(((packet[0] & 0xff) << 8) | (packet[1] & 0xff), message.id());
    assertTrue((message.flags() & Header.QR) != 0);
    assertTrue(response.length() <= Limits.UDP_BYTES);
    assertTrue(message.answers().size() <= 2);
    for (ResourceRecord record : message.answers()) {
      assertEquals(message.questions().getFirst().name(), record.owner());
      Rdata data = record.rdata();
      if (data instanceof Ptr ptr) {
        assertEquals(record.owner(), ptr.target());
      }
    }
  }
}
