package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.QueryReader;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever arrives, the answer is a value or {@link MalformedPacketException}. */
public class HostileBytesTest {
  @Provide
  Arbitrary<Message> messages() {
    return WireArbitraries.messages();
  }

  @Provide
  Arbitrary<RecordType> types() {
    return WireArbitraries.types();
  }

  @Property(tries = 1000)
  void shouldTakeAnyBytesAsAMessage(@ForAll byte[] bytes) {
    check(bytes, bytes.length);
  }

  @Property(tries = 1000)
  void shouldTakeAnyBytesBehindAHeader(
      @ForAll @Size(6) List<@IntRange(max = 3) Integer> counts, @ForAll byte[] body) {
    ByteSink out = new ByteSink();
    counts.forEach(out::u16);
    out.bytes(Bytes.of(body));
    check(out.toBytes().toArray(), out.toBytes().length());
  }

  @Property(tries = 1000)
  void shouldTakeAnyBytesAsData(@ForAll("types") RecordType type, @ForAll byte[] bytes)
      throws Exception {
    Rdata rdata;
    try {
      rdata = Rdata.read(type, new PacketReader().wrap(bytes, bytes.length), bytes.length);
    } catch (MalformedPacketException e) {
      return;
    }
    assertEquals(rdata, Rdata.parse(type, rdata.toString(), Name.ROOT));
  }

  @Property(tries = 1000)
  void shouldTakeAnyTextAsData(@ForAll("types") RecordType type, @ForAll String text)
      throws Exception {
    Rdata rdata;
    try {
      rdata = Rdata.parse(type, text, Name.ROOT);
    } catch (MalformedTextException e) {
      return;
    }
    assertEquals(rdata, Rdata.parse(type, rdata.toString(), Name.ROOT));
  }

  @Property(tries = 500)
  void shouldTakeDamagedMessages(
      @ForAll("messages") Message message,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 10_000) Integer> positions,
      @ForAll @Size(5) byte[] values,
      @ForAll @IntRange(max = 5) int cut) {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    message.write(writer);
    for (int i = 0; i < positions.size(); i++) {
      writer.buffer()[positions.get(i) % writer.length()] ^= values[i];
    }
    check(writer.buffer(), writer.length() - cut);
  }

  /** Reads a packet in every way there is; a message that it gives must be writable and equal. */
  public static void check(byte[] bytes, int length) {
    QueryReader query = new QueryReader();
    query.read(bytes, length);
    query.readQuestionOnly(bytes, length);
    Optional<Message> message = read(bytes, length);
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    if (message.isPresent() && message.get().write(writer)) {
      writer.checkInvariants();
      assertEquals(message, read(writer.buffer(), writer.length()));
    }
  }

  private static Optional<Message> read(byte[] bytes, int length) {
    try {
      return Optional.of(Message.read(bytes, length));
    } catch (MalformedPacketException e) {
      return Optional.empty();
    }
  }
}
