package djbdns.wire.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.WireArbitraries;
import djbdns.wire.text.MasterText;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written reads back equal, as bytes and as text. */
class RoundTripTest {
  private static final Name ORIGIN = WireArbitraries.nameOf(List.of(Bytes.ofText("o")));

  @Provide
  Arbitrary<Name> names() {
    return WireArbitraries.names();
  }

  @Provide
  Arbitrary<Rdata> rdata() {
    return WireArbitraries.rdata();
  }

  @Provide
  Arbitrary<ResourceRecord> records() {
    return WireArbitraries.records();
  }

  @Provide
  Arbitrary<Message> messages() {
    return WireArbitraries.messages();
  }

  @Property(tries = 500)
  void shouldParseMasterTextOfNames(@ForAll("names") Name name) throws Exception {
    Name parsed = MasterText.parseName(MasterText.ofName(name), ORIGIN);
    assertEquals(Bytes.of(name.toWire()), Bytes.of(parsed.toWire()), "letter case is kept");
  }

  @Property(tries = 500)
  void shouldParseDjbTextOfNames(@ForAll("names") Name name) throws Exception {
    assertEquals(name, Name.parse(name.toString()));
  }

  @Property(tries = 1000)
  void shouldReadRdataFromItsWireForm(@ForAll("rdata") Rdata rdata) throws Exception {
    Bytes wire = rdata.toWire();
    PacketReader reader = wire.toReader();
    assertEquals(rdata, Rdata.read(rdata.type(), reader, wire.length()));
    assertEquals(0, reader.remaining());
  }

  @Property(tries = 1000)
  void shouldParseRdataFromItsText(@ForAll("rdata") Rdata rdata) throws Exception {
    assertEquals(rdata, Rdata.parse(rdata.type(), rdata.toString(), ORIGIN));
  }

  @Property(tries = 500)
  void shouldParseRdataFromItsGenericText(@ForAll("rdata") Rdata rdata) throws Exception {
    assertEquals(rdata, Rdata.parse(rdata.type(), rdata.toGenericText(), ORIGIN));
  }

  @Property(tries = 500)
  void shouldParseRecordsFromTheirText(@ForAll("records") ResourceRecord record) throws Exception {
    assertEquals(record, ResourceRecord.parse(record.toString(), ORIGIN));
  }

  @Property(tries = 500)
  void shouldReadMessagesBackEqual(@ForAll("messages") Message message) throws Exception {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    assertTrue(message.write(writer));
    writer.checkInvariants();
    assertEquals(message, Message.read(writer.buffer(), writer.length()));
  }
}
