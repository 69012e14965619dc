package djbdns.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.message.MessageTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketReaderTest {
  private static PacketReader reader(String hex, int position) throws MalformedPacketException {
    PacketReader reader = Bytes.ofHex(hex.replace(" ", "")).toReader();
    reader.position(position);
    return reader;
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "0, 00, 00, the root",
    "0, 0161 0142 00, 0161014200, letter case is kept",
    "3, 016100 c000, 016100, a whole name by pointer",
    "3, 016100 0162c000, 0162016100, a suffix by pointer",
    "7, 016100 0162c000 c003, 0162016100, a pointer to a name with a pointer",
    "5, 016100 c000 c003, 016100, a pointer to a pointer",
    "1, 00 0161c000, 016100, a pointer to a root label"
  })
  void shouldReadNames(int position, String packet, String name, String what) throws Exception {
    PacketReader reader = reader(packet, position);
    assertEquals(name, Bytes.of(reader.readName().toWire()).toString(), what);
    assertEquals(0, reader.remaining(), what);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "0, '', nothing",
    "0, 01, a label without its bytes",
    "0, 0161, no root label",
    "0, c0, half a pointer",
    "3, 016100 c0, half a pointer behind a name",
    "0, c000, a pointer to itself",
    "0, 0161c000, a pointer to its own name",
    "1, 00 0161c001, a pointer to its own name further on",
    "1, 00 0161c003, a pointer to itself behind a label",
    "0, c002 00, a forward pointer",
    "0, c0ff, a pointer past the end",
    "2, c002 c000, a loop of two",
    "4, 0161 c004 c000, a loop of two behind a label",
    "0, 40 00, label type 01",
    "0, 80 00, label type 10"
  })
  void shouldRefuseNames(int position, String packet, String what) throws Exception {
    PacketReader reader = reader(packet, position);
    assertThrows(MalformedPacketException.class, reader::readName, what);
  }

  @Test
  void shouldBoundNamesAt255BytesHoweverTheyAreMade() throws Exception {
    String most = "0161".repeat(127) + "00";
    assertEquals(255, reader(most, 0).readName().length());
    PacketReader tooLong = reader("0161".repeat(128) + "00", 0);
    assertThrows(MalformedPacketException.class, tooLong::readName);
    assertEquals(255, reader(most + "c000", 255).readName().length());
    PacketReader byPointer = reader(most + "0162c000", 255);
    assertThrows(MalformedPacketException.class, byPointer::readName);
    PacketReader labels = reader("3f" + "61".repeat(63) + "00", 0);
    assertEquals(65, labels.readName().length());
  }

  @Test
  void shouldBoundPointersOfAName() throws Exception {
    StringBuilder chain = new StringBuilder("00");
    for (int i = 0; i < Limits.NAME_POINTERS + 1; i++) {
      chain.append(String.format("%04x", 0xc000 | (i == 0 ? 0 : 2 * i - 1)));
    }
    int last = chain.length() / 2 - 2;
    PacketReader tooMany = reader(chain.toString(), last);
    assertThrows(MalformedPacketException.class, tooMany::readName);
    assertEquals(Name.ROOT, reader(chain.toString(), last - 2).readName());
  }

  @Test
  void shouldFindTheEndAtEveryByte() throws Exception {
    byte[] message = MessageTest.sample();
    PacketReader reader = new PacketReader();
    for (int length = 0; length < message.length; length++) {
      reader.wrap(message, length);
      assertThrows(MalformedPacketException.class, () -> readAll(reader), "length " + length);
    }
    readAll(reader.wrap(message, message.length));
    assertEquals(0, reader.remaining());
  }

  private static void readAll(PacketReader reader) throws MalformedPacketException {
    Header header = reader.readHeader();
    reader.readQuestion();
    int records = header.answerCount() + header.authorityCount() + header.additionalCount();
    for (int i = 0; i < records; i++) {
      reader.skipRecord();
    }
  }

  @Test
  void shouldRefuseCountsAndOffsetsOutsideThePacket() throws Exception {
    PacketReader reader = reader("0102", 0);
    assertThrows(MalformedPacketException.class, () -> reader.skip(-1));
    assertThrows(MalformedPacketException.class, () -> reader.skip(Integer.MAX_VALUE));
    assertThrows(MalformedPacketException.class, () -> reader.skip(Integer.MIN_VALUE));
    assertThrows(MalformedPacketException.class, () -> reader.readBytes(3));
    assertThrows(MalformedPacketException.class, () -> reader.readBytes(-1));
    assertThrows(MalformedPacketException.class, () -> reader.readBytes(Integer.MAX_VALUE));
    assertThrows(MalformedPacketException.class, () -> reader.position(3));
    assertThrows(MalformedPacketException.class, () -> reader.position(-1));
    assertThrows(MalformedPacketException.class, reader::readU32);
    assertThrows(IllegalArgumentException.class, () -> reader.wrap(new byte[1], 2));
    assertThrows(IllegalArgumentException.class, () -> reader.wrap(new byte[1], -1));
  }

  @Test
  void shouldNotReadBehindTheLengthItWasGiven() {
    PacketReader reader = new PacketReader().wrap(Bytes.ofHex("016100").toArray(), 2);
    assertThrows(MalformedPacketException.class, reader::readName);
  }

  @Test
  void shouldReadUnsignedNumbers() throws Exception {
    PacketReader reader = reader("ff fffe fffffffd 0102", 0);
    assertEquals(0xff, reader.readU8());
    assertEquals(0xfffe, reader.readU16());
    assertEquals(0xfffffffdL, reader.readU32());
    assertArrayEquals(new byte[] {1, 2}, reader.readBytes(2));
  }
}
