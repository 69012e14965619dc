package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.content.QueryLog;
import djbdns.server.Responder;
import djbdns.tinydns.axfr.TransferRights;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tsig.TsigClient;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketWriter;
import djbdns.wire.message.Message;
import djbdns.wire.message.QueryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Whatever a packet holds, signed or not, axfrdns answers in well-formed messages, or ends. */
final class TransferFuzzTest {
  private static final TsigKey KEY = key();
  private static final ZoneData DATA = load();
  private static final TransferRights ALL = new TransferRights(true, true, Set.of(), Set.of());
  private static final InstantSource CLOCK = InstantSource.system();
  private static final List<TransferBench> CLIENTS =
      List.of(new TransferBench("127.1.2.3"), new TransferBench("2001:db8::1"));

  private final QueryLog log = QueryLog.withoutMarks(new LogLines().logger(), true);
  private final Responder standard =
      TransferBench.standard(DATA, ALL, new TsigKeys(List.of(KEY)), log, CLOCK);
  private final Responder compat = TransferBench.compat(DATA, ALL, log, CLOCK);

  private static TsigKey key() {
    try {
      return TsigKey.parse("hmac-sha256:k:c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=");
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private static ZoneData load() {
    try {
      Path directory = Files.createTempDirectory("transfer-fuzz");
      return CompiledZones.of(directory, ZoneGenerator.ofToday(3).file(150));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest
  void shouldAnswerWellOrEnd(byte[] packet) throws MalformedPacketException {
    if (packet.length > Limits.UDP_BYTES) {
      return;
    }
    check(packet);
    byte[] signed = signed(packet);
    check(signed);
  }

  /** The packet's question with a right signature, or the packet if it has none. */
  private static byte[] signed(byte[] packet) {
    QueryReader query = new QueryReader();
    if (query.read(packet, packet.length) != QueryReader.Kind.QUERY) {
      return packet;
    }
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    writer.begin(query.id(), query.flags(), Limits.MESSAGE_BYTES);
    writer.question(query.name(), 0, query.type(), query.recordClass());
    new TsigClient(KEY).sign(writer, CLOCK.instant().getEpochSecond());
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private void check(byte[] packet) throws MalformedPacketException {
    for (TransferBench client : CLIENTS) {
      for (byte[] bytes : client.ask(standard, packet).messages()) {
        Message message = Message.read(bytes, bytes.length);
        assertEquals(((packet[0] & 0xff) << 8) | (packet[1] & 0xff), message.id());
        assertTrue((message.flags() & Header.QR) != 0);
      }
      for (byte[] bytes : client.ask(compat, packet).messages()) {
        assertEquals(packet[0], bytes[0]);
        assertEquals(packet[1], bytes[1]);
      }
    }
  }
}
