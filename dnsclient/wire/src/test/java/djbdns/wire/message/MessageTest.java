package djbdns.wire.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.Opcode;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.A;
import djbdns.wire.rdata.Ns;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Unknown;
import djbdns.wire.rdata.WireArbitraries;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

public class MessageTest {
  private static final String OPT = "00 0029 04d0 00000000 0000";
  private static final String TSIG = "00 00fa 00ff 00000000 0001 ff";
  private static final String A = "00 0001 0001 00000001 0004 0a000001";

  private static Message messageOf(Rdata rdata) throws MalformedTextException {
    Name owner = Name.parse("www.example.com");
    return new Message(
        7,
        Header.QR | Header.AA,
        List.of(new Question(owner, rdata.type())),
        List.of(new ResourceRecord(owner, 300, rdata)),
        List.of(new ResourceRecord(owner.parent(), 300, new Ns(Name.parse("ns.example.com")))),
        List.of(),
        Optional.of(new Edns(1232)));
  }

  /** The bytes of a message with something in every place. */
  public static byte[] sample() throws MalformedTextException {
    return bytesOf(messageOf(new A(Bytes.ofHex("0a000001"))));
  }

  private static byte[] bytesOf(Message message) {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    assertTrue(message.write(writer));
    return Arrays.copyOf(writer.buffer(), writer.length());
  }

  private static Message read(String hex) throws MalformedPacketException {
    byte[] bytes = Bytes.ofHex(hex.replace(" ", "")).toArray();
    return Message.read(bytes, bytes.length);
  }

  /** A header with these counts and ID and flags 0. */
  private static String header(int questions, int answers, int authority, int additional) {
    return String.format("00000000%04x%04x%04x%04x", questions, answers, authority, additional);
  }

  private static void assertMalformed(String hex) {
    assertThrows(MalformedPacketException.class, () -> read(hex), hex);
  }

  @Test
  void shouldReadAMessageOfTheWire() throws Exception {
    Message message =
        read(
            "1234 8183 0001 0001 0000 0001"
                + " 0161 00 0001 0001"
                + " c00c 0001 0001 ffffffff 0004 0a000001"
                + " 00 0029 04d0 01008000 0006 000a 0002 beef");
    assertEquals(0x1234, message.id());
    assertEquals(new Rcode(0x13), message.rcode());
    assertEquals(Opcode.QUERY, message.opcode());
    assertEquals(List.of(new Question(Name.parse("a"), RecordType.A)), message.questions());
    assertEquals("a. 0 IN A 10.0.0.1", message.answers().getFirst().toString());
    Edns edns = message.edns().orElseThrow();
    assertTrue(edns.dnssecOk());
    assertEquals(1232, edns.udpPayloadBytes());
    assertEquals("beef", edns.option(EdnsOption.COOKIE).orElseThrow().data().toString());
    assertEquals(new Header(0x1234, 0x8183, 1, 1, 0, 1), message.header());
  }

  @Test
  void shouldRefuseAMessageCutAtAnyByteOrWithBytesBehindIt() throws Exception {
    byte[] bytes = sample();
    for (int length = 0; length < bytes.length; length++) {
      int cut = length;
      assertThrows(MalformedPacketException.class, () -> Message.read(bytes, cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(MalformedPacketException.class, () -> Message.read(longer, longer.length));
    assertEquals(messageOf(new A(Bytes.ofHex("0a000001"))), Message.read(longer, bytes.length));
  }

  @Test
  void shouldRefuseCountsThatLie() {
    assertMalformed(header(1, 0, 0, 0));
    assertMalformed(header(0xffff, 0xffff, 0xffff, 0xffff));
    assertMalformed(header(0, 0, 0, 0) + A);
    assertMalformed(header(0, 2, 0, 0) + A);
  }

  @Test
  void shouldTakeOneOptRecordInTheAdditionalSectionOnly() throws Exception {
    assertTrue(read(header(0, 0, 0, 1) + OPT).edns().isPresent());
    assertTrue(read(header(0, 0, 0, 2) + OPT + A).edns().isPresent());
    assertMalformed(header(0, 0, 0, 2) + OPT + OPT);
    assertMalformed(header(0, 1, 0, 0) + OPT);
    assertMalformed(header(0, 0, 1, 0) + OPT);
    assertMalformed(header(0, 0, 0, 1) + "0161" + OPT);
  }

  @Test
  void shouldTakeTsigAsTheLastRecordOnly() throws Exception {
    Message message = read(header(0, 0, 0, 3) + A + OPT + TSIG);
    assertEquals(RecordType.TSIG, message.additional().getLast().type());
    byte[] written = bytesOf(message);
    assertEquals(message, Message.read(written, written.length));
    assertMalformed(header(0, 0, 0, 2) + TSIG + A);
    assertMalformed(header(0, 0, 0, 2) + TSIG + OPT);
    assertMalformed(header(0, 0, 0, 2) + TSIG + TSIG);
    assertMalformed(header(0, 1, 0, 0) + TSIG);
  }

  @Test
  void shouldBoundEdnsOptions() throws Exception {
    String option = "000c0000";
    assertEquals(64, read(opt(option.repeat(64))).edns().orElseThrow().options().size());
    assertMalformed(opt(option.repeat(65)));
    assertMalformed(opt(option.repeat(16000)));
    assertMalformed(opt("000c0001"));
    assertMalformed(opt("000c00"));
    assertEquals(
        60000,
        read(opt("000cea60" + "00".repeat(60000)))
            .edns()
            .flatMap(edns -> edns.option(EdnsOption.PADDING))
            .orElseThrow()
            .data()
            .length());
  }

  private static String opt(String options) {
    return header(0, 0, 0, 1)
        + "00002904d000000000"
        + String.format("%04x", options.length() / 2)
        + options;
  }

  @Test
  void shouldReadDataOfOtherClassesAsTheyAre() throws Exception {
    String update = header(0, 2, 0, 0) + "00 0001 00ff 00000000 0000 00 0006 00fe 00000000 0000";
    Message message = read(update);
    assertEquals(new Unknown(RecordType.A, Bytes.EMPTY), message.answers().getFirst().rdata());
    String chaos = header(0, 1, 0, 0) + "00 0001 0003 00000000 0003 00 0007";
    ResourceRecord moon = read(chaos).answers().getFirst();
    assertEquals(". 0 CH A \\# 3 000007", moon.toString());
    assertEquals(moon, ResourceRecord.parse(moon.toString(), Name.ROOT));
    assertMalformed(header(0, 1, 0, 0) + "00 0001 0001 00000000 0000");
  }

  @Provide
  Arbitrary<Message> messages() {
    return WireArbitraries.messages();
  }

  @Property(tries = 300)
  void shouldNeverExceedALimitAndStayReadable(
      @ForAll("messages") Message message, @ForAll @IntRange(min = 12, max = 3000) int limit)
      throws Exception {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    writer.limit(limit);
    boolean whole = message.write(writer);
    writer.checkInvariants();
    assertTrue(writer.length() <= limit);
    Message read = Message.read(writer.buffer(), writer.length());
    if (whole) {
      assertEquals(message, read);
    } else {
      assertTrue((read.flags() & Header.TC) != 0);
      assertEquals(List.of(), read.answers());
      assertEquals(List.of(), read.additional());
      assertEquals(message.questions().subList(0, read.questions().size()), read.questions());
    }
  }

  @Test
  void shouldNotTakeRecordsWhereTheyCannotBe() throws Exception {
    ResourceRecord opt = new ResourceRecord(Name.ROOT, 0, new Unknown(RecordType.OPT, Bytes.EMPTY));
    List<ResourceRecord> none = List.of();
    assertThrows(
        IllegalArgumentException.class,
        () -> new Message(0, 0, List.of(), none, none, List.of(opt), Optional.empty()));
    assertFalse(messageOf(new A(Bytes.ofHex("0a000001"))).write(new PacketWriter(20)));
  }
}
