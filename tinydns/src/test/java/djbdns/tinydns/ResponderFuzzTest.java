package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.content.CompatResponder;
import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.runtime.Program;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.server.Responder;
import djbdns.tinydns.lookup.CompatLookup;
import djbdns.tinydns.lookup.StandardLookup;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** Whatever a packet holds, both responders keep quiet or give a well-formed response to it. */
final class ResponderFuzzTest {
  private static final ZoneData DATA = load();
  private static final List<Client> CLIENTS =
      List.of(
          ClientAt.udp("127.1.2.3", 53),
          ClientAt.udp("2001:db8::1", 65535),
          ClientAt.tcp("127.2.2.2", 1));

  private final Responder standard = standard();
  private final Responder compat = compat();

  private static ZoneData load() {
    try {
      Path directory = Files.createTempDirectory("responder-fuzz");
      // Data in octal are served as they are, whatever their type's form.
      String data = ZoneGenerator.ofToday(3).file(200).replaceAll("(?m)^:[^:\n]*:[0-9]+:.*\n", "");
      Files.writeString(directory.resolve("data"), data);
      new DataBuild(new Program("tinydns-data"), problem -> {}, directory, InstantSource.system())
          .run();
      return ZoneData.load(directory.resolve("data.cdb"), 3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static QueryLog log() {
    return new QueryLog(new LogLines().logger(), true);
  }

  private static Responder standard() {
    StandardLookup lookup = new StandardLookup(new SplittableRandom(1));
    lookup.use(DATA);
    return new ContentResponder(new Inquiry(lookup, InstantSource.system()), log());
  }

  private static Responder compat() {
    CompatLookup lookup = new CompatLookup(new SplittableRandom(1));
    lookup.use(DATA);
    return new CompatResponder(new Inquiry(lookup, InstantSource.system()), log());
  }

  @FuzzTest
  void shouldKeepQuietOrRespondWell(byte[] packet) throws MalformedPacketException {
    if (packet.length > Limits.MESSAGE_BYTES) {
      return;
    }
    for (Client client : CLIENTS) {
      if (standard.respond(packet, packet.length, client)) {
        PacketWriter response = standard.response();
        Message message = Message.read(response.buffer(), response.length());
        assertEquals(((packet[0] & 0xff) << 8) | (packet[1] & 0xff), message.id());
        assertTrue((message.flags() & Header.QR) != 0);
        assertTrue(client.isTcp() || response.length() <= Limits.EDNS_UDP_BYTES);
      }
      if (compat.respond(packet, packet.length, client)) {
        PacketWriter response = compat.response();
        assertTrue(client.isTcp() || response.length() <= Limits.UDP_BYTES);
      }
      standard.batchEnd();
      compat.batchEnd();
    }
  }
}
