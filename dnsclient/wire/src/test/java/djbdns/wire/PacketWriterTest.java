package djbdns.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import djbdns.wire.message.Message;
import djbdns.wire.rdata.CompressionModel;
import djbdns.wire.rdata.WireArbitraries;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PacketWriterTest {
  private static final int NS = RecordType.NS.code();
  private static final int IN = RecordClass.IN.code();

  private final PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);

  private static byte[] wire(String name) throws MalformedTextException {
    return Name.parse(name).toWire();
  }

  private static boolean addNs(PacketWriter writer, byte[] owner, byte[] server) {
    if (!writer.beginRecord(owner, 0, NS, IN, 300) || !writer.addName(server, 0)) {
      return false;
    }
    writer.endRecord(Section.ANSWER);
    return true;
  }

  private static boolean addBlock(PacketWriter writer, int count) {
    if (!writer.beginRecord(new byte[1], 0, 65280, IN, 0)
        || !writer.addBytes(new byte[count], 0, count)) {
      return false;
    }
    writer.endRecord(Section.ANSWER);
    return true;
  }

  private static Bytes written(PacketWriter writer) {
    return Bytes.of(Arrays.copyOf(writer.buffer(), writer.length()));
  }

  @Provide
  Arbitrary<Name> names() {
    return WireArbitraries.names();
  }

  @Provide
  Arbitrary<List<Name>> manyNames() {
    return Arbitraries.oneOf(
        WireArbitraries.names().list().ofMaxSize(20),
        WireArbitraries.names().list().ofMinSize(100).ofMaxSize(150));
  }

  @Property(tries = 300)
  void shouldChooseTheSamePointersAs105(
      @ForAll("manyNames") List<Name> names, @ForAll @IntRange(max = 18000) int block) {
    CompressionModel model = new CompressionModel();
    writer.begin(0, 0, Limits.MESSAGE_BYTES);
    if (block > 9000) {
      assertTrue(addBlock(writer, block));
    }
    for (Name name : names) {
      int start = writer.length();
      Bytes owner = model.compress(name, start);
      Bytes server = model.compress(name, start + owner.length() + 10);
      assertTrue(addNs(writer, name.toWire(), name.toWire()));
      Bytes record = Bytes.of(Arrays.copyOfRange(writer.buffer(), start, writer.length()));
      String expected =
          owner + "00020001" + "0000012c" + String.format("%04x", server.length()) + server;
      assertEquals(expected, record.toString());
    }
    writer.checkInvariants();
  }

  @Property(tries = 300)
  void shouldBeReadableWhateverFits(
      @ForAll("manyNames") List<Name> names, @ForAll @IntRange(min = 12, max = 4000) int limit)
      throws Exception {
    writer.begin(0, 0, limit);
    int fitted = 0;
    for (Name name : names) {
      Bytes before = written(writer);
      if (addNs(writer, name.toWire(), name.toWire())) {
        fitted++;
      } else {
        assertEquals(before, written(writer), "a record that does not fit leaves no trace");
      }
      writer.checkInvariants();
      assertTrue(writer.length() <= limit);
    }
    Message message = Message.read(writer.buffer(), writer.length());
    assertEquals(fitted, message.answers().size());
    assertEquals(fitted, writer.count(Section.ANSWER));
  }

  @Property(tries = 300)
  void shouldForgetNamesOfRecordsTakenBack(
      @ForAll("names") Name first, @ForAll("names") Name gone, @ForAll("names") Name last) {
    PacketWriter plain = new PacketWriter(2000);
    for (PacketWriter each : List.of(plain, writer)) {
      each.begin(0, 0, 2000);
      assertTrue(addNs(each, first.toWire(), first.toWire()));
    }
    assertTrue(writer.beginRecord(gone.toWire(), 0, NS, IN, 0));
    writer.cancelRecord();
    long mark = writer.mark();
    assertTrue(addNs(writer, gone.toWire(), gone.toWire()));
    writer.rollBack(mark, Section.ANSWER, 1);
    writer.limit(writer.length());
    assertFalse(addNs(writer, gone.toWire(), gone.toWire()));
    writer.limit(2000);
    writer.checkInvariants();
    for (PacketWriter each : List.of(plain, writer)) {
      assertTrue(addNs(each, last.toWire(), gone.toWire()));
    }
    assertEquals(written(plain), written(writer));
  }

  @Test
  void shouldKeepHeaderAndQuestionsWhenTruncated() throws Exception {
    writer.begin(1, Header.QR, 512);
    Question question = new Question(Name.parse("A.example"), RecordType.NS);
    assertTrue(writer.question(question));
    Bytes before = written(writer);
    assertTrue(addNs(writer, wire("a.example"), wire("b.example")));
    assertTrue(writer.beginRecord(wire("c.example"), 0, NS, IN, 0));
    writer.truncate();
    writer.checkInvariants();
    assertEquals(Header.QR | Header.TC, writer.flags());
    writer.flags(Header.QR);
    assertEquals(before, written(writer));
    assertTrue(addNs(writer, wire("x.example"), wire("b.example")));
    Message message = Message.read(writer.buffer(), writer.length());
    assertEquals(List.of(question), message.questions());
    assertEquals("x.example. 300 IN NS b.example.", message.answers().getFirst().toString());
  }

  @Test
  void shouldLeaveNoTraceOfAQuestionThatDoesNotFit() throws Exception {
    writer.begin(1, 0, 20);
    assertFalse(writer.question(new Question(Name.parse("example.com"), RecordType.A)));
    assertEquals(12, writer.length());
    writer.limit(512);
    assertTrue(writer.question(new Question(Name.parse("a"), RecordType.A)));
    assertTrue(writer.question(new Question(Name.parse("b.a"), RecordType.A)));
    writer.checkInvariants();
    assertEquals(
        "b.a", Message.read(writer.buffer(), writer.length()).questions().get(1).name().toString());
  }

  @Test
  void shouldPointBelow0x4000Only() throws Exception {
    for (int offset = Limits.POINTER_LIMIT - 2; offset < Limits.POINTER_LIMIT + 2; offset++) {
      writer.begin(0, 0, Limits.MESSAGE_BYTES);
      assertTrue(addBlock(writer, offset - Limits.HEADER_BYTES - 11));
      assertEquals(offset, writer.length());
      assertTrue(addNs(writer, wire("a"), wire("a")));
      int dataBytes = writer.buffer()[offset + 12] & 0xff;
      assertEquals(offset < Limits.POINTER_LIMIT ? 2 : 3, dataBytes);
      Message message = Message.read(writer.buffer(), writer.length());
      assertEquals("a. 300 IN NS a.", message.answers().getLast().toString());
    }
  }

  @Test
  void shouldFillTheBufferToTheLastByte() {
    writer.begin(0, 0, Limits.MESSAGE_BYTES);
    assertFalse(addBlock(writer, Limits.MESSAGE_BYTES - 12 - 11 + 1));
    assertTrue(addBlock(writer, Limits.MESSAGE_BYTES - 12 - 11));
    assertEquals(Limits.MESSAGE_BYTES, writer.length());
    assertFalse(addBlock(writer, 0));
  }

  @Test
  void shouldRefuseCallsOutOfOrder() throws Exception {
    writer.begin(0, 0, 512);
    assertIllegalState(() -> writer.addU8(1));
    assertIllegalState(() -> writer.addName(new byte[1], 0));
    assertIllegalState(() -> writer.endRecord(Section.ANSWER));
    assertTrue(writer.beginRecord(new byte[1], 0, NS, IN, 0));
    assertIllegalState(writer::mark);
    assertIllegalState(() -> writer.beginRecord(new byte[1], 0, NS, IN, 0));
    assertIllegalState(() -> writer.question(new byte[1], 0, NS, IN));
    writer.endRecord(Section.ANSWER);
    assertIllegalState(() -> writer.question(new byte[1], 0, NS, IN));
    writer.begin(0, 0, 12);
    assertFalse(writer.beginRecord(new byte[1], 0, NS, IN, 0));
    assertIllegalState(() -> writer.addU16(0));
    assertThrows(IllegalArgumentException.class, () -> new PacketWriter(11));
    assertThrows(IllegalArgumentException.class, () -> new PacketWriter(65536));
    assertThrows(IllegalArgumentException.class, () -> writer.begin(0, 0, 65536));
    assertThrows(IllegalArgumentException.class, () -> writer.limit(11));
  }

  private static void assertIllegalState(Executable executable) {
    assertThrows(IllegalStateException.class, executable);
  }

  @Test
  void shouldAllocateNothing() throws Exception {
    byte[] owner = wire("www.example.com");
    byte[] server = wire("ns.example.com");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int packets = 10_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < packets; i++) {
      writeOne(owner, server);
    }
    long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;
    // The JVM takes a few bytes for itself; the smallest object in each packet would be 16.
    assertTrue(allocatedBytes < packets, allocatedBytes + " bytes");
  }

  private void writeOne(byte[] owner, byte[] server) {
    writer.begin(1, Header.QR, 512);
    writer.question(owner, 0, NS, IN);
    long mark = writer.mark();
    addNs(writer, owner, server);
    writer.rollBack(mark, Section.ANSWER, 0);
    addNs(writer, owner, server);
    writer.truncate();
  }
}
