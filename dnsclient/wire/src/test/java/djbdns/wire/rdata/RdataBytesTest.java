package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Record data as bytes against the same as values. */
class RdataBytesTest {
  private static final int FILLER = 0x5a;
  private static final int OFFSET = 3;

  @Provide
  Arbitrary<ResourceRecord> records() {
    return WireArbitraries.records();
  }

  @Provide
  Arbitrary<Name> names() {
    return WireArbitraries.names();
  }

  @Provide
  Arbitrary<RecordType> types() {
    return WireArbitraries.types();
  }

  /** A packet with the record twice, so that the second can be compressed against the first. */
  private static PacketReader secondOf(ResourceRecord twice) throws MalformedPacketException {
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    writer.begin(1, Header.QR, Limits.MESSAGE_BYTES);
    assertTrue(twice.writeTo(writer, Section.ANSWER));
    assertTrue(twice.writeTo(writer, Section.ANSWER));
    PacketReader reader = new PacketReader().wrap(writer.buffer(), writer.length());
    reader.readHeader();
    reader.skipRecord();
    reader.skipName();
    reader.skip(8);
    return reader;
  }

  /** Reads into an array with exactly the room that is asked for, and checks the bytes around. */
  private static Bytes read(PacketReader reader, int type, int rdlength)
      throws MalformedPacketException {
    byte[] target = new byte[OFFSET + rdlength + 2 * Limits.NAME_BYTES];
    Arrays.fill(target, (byte) FILLER);
    int length = RdataBytes.read(reader, type, rdlength, target, OFFSET);
    for (int i = 0; i < OFFSET; i++) {
      assertEquals(FILLER, target[i]);
    }
    return Bytes.of(Arrays.copyOfRange(target, OFFSET, OFFSET + length));
  }

  @Property(tries = 2000)
  void shouldReadTheUncompressedFormOfEveryType(@ForAll("records") ResourceRecord written)
      throws Exception {
    PacketReader reader = secondOf(written);
    int type = written.type().code();
    Bytes data = read(reader, type, reader.readU16());
    assertEquals(0, reader.remaining());
    // A name that was compressed has the letter case of the one that it was compressed with.
    assertEquals(written.rdata().toWire().length(), data.length());
    assertEquals(written.rdata(), Rdata.read(written.type(), data.toReader(), data.length()));
  }

  @Property(tries = 1000)
  void shouldWriteWhatItReads(@ForAll("records") ResourceRecord written) throws Exception {
    int type = written.type().code();
    byte[] data = written.rdata().toWire().toArray();
    PacketWriter writer = new PacketWriter(Limits.MESSAGE_BYTES);
    writer.begin(1, Header.QR, Limits.MESSAGE_BYTES);
    byte[] owner = written.owner().toWire();
    assertTrue(writer.beginRecord(owner, 0, type, 1, written.ttlSeconds()));
    assertTrue(RdataBytes.write(writer, type, data, 0, data.length));
    writer.endRecord(Section.ANSWER);
    Message message = Message.read(writer.buffer(), writer.length());
    ResourceRecord in = new ResourceRecord(written.owner(), written.ttlSeconds(), written.rdata());
    assertEquals(List.of(in), message.answers());
  }

  /** Types whose names RFC 3597, 4, has receivers decompress, with what is around the names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2  N",
        "3  N",
        "4  N",
        "5  N",
        "6  NN0102030405060708090a0b0c0d0e0f1011121314",
        "7  N",
        "8  N",
        "9  N",
        "12  N",
        "14  NN",
        "15 0102 N",
        "17  NN",
        "18 0102 N",
        "21 0102 N",
        "24 0102030405060708090a0b0c0d0e0f101112 Nfeedbeef",
        "26 0102 NN",
        "30  Nc0ffee",
        "33 010203040506 N",
        "35 0102030401410162027a7a N",
        "36 0102 N",
        "39  N"
      })
  void shouldDecompressTheNamesOfOldTypes(String line) throws Exception {
    String[] fields = line.split(" ", -1);
    Name name = Name.parse("www.example.com");
    ByteSink plain = new ByteSink();
    ByteSink compressed = new ByteSink();
    ByteSink packet = new ByteSink();
    packet.name(name);
    for (ByteSink sink : List.of(plain, compressed)) {
      sink.bytes(Bytes.ofHex(fields[1]));
      int end = 0;
      for (; end < fields[2].length() && fields[2].charAt(end) == 'N'; end++) {
        if (sink == plain) {
          sink.name(name);
        } else {
          sink.u16(0xc000);
        }
      }
      sink.bytes(Bytes.ofHex(fields[2].substring(end)));
    }
    packet.bytes(compressed.toBytes());
    PacketReader reader = packet.toBytes().toReader();
    reader.skipName();
    int type = Integer.parseInt(fields[0]);
    assertEquals(plain.toBytes(), read(reader, type, compressed.toBytes().length()));
  }

  @Property(tries = 1000)
  void shouldTakeAnyBytesAsData(@ForAll("types") RecordType type, @ForAll byte[] bytes) {
    PacketReader reader = new PacketReader().wrap(bytes, bytes.length);
    try {
      Bytes data = read(reader, type.code(), bytes.length);
      assertEquals(0, reader.remaining());
      assertEquals(data, read(data.toReader(), type.code(), data.length()));
    } catch (MalformedPacketException e) {
      // What most bytes deserve; the reader is as wide as before.
      assertEquals(bytes.length, reader.position() + reader.remaining());
    }
  }

  @Property(tries = 1000)
  void shouldRefuseDataThatEndEarlyOrLate(
      @ForAll("records") ResourceRecord written, @ForAll int seed) throws Exception {
    PacketReader reader = secondOf(written);
    int rdlength = reader.readU16();
    int wrong = Math.floorMod(seed, rdlength + 4);
    int start = reader.position();
    int type = written.type().code();
    if (wrong == rdlength) {
      return;
    }
    if (hasFixedEnd(type) || wrong > reader.remaining()) {
      assertThrows(MalformedPacketException.class, () -> read(reader, type, wrong));
    } else {
      assertEquals(wrong, read(reader, type, wrong).length());
      assertEquals(start + wrong, reader.position());
    }
  }

  private static boolean hasFixedEnd(int type) {
    return List.of(1, 2, 5, 6, 12, 15, 28, 33, 35, 39).contains(type);
  }

  @Test
  void shouldRefuseAddressesOfOtherLengths() {
    for (int length : new int[] {0, 3, 5, 15, 17}) {
      PacketReader reader = new PacketReader().wrap(new byte[32], 32);
      assertThrows(MalformedPacketException.class, () -> read(reader, 1, length));
      assertThrows(MalformedPacketException.class, () -> read(reader, 28, length));
    }
  }

  @Test
  void shouldRefuseLengthsBehindThePacketsEnd() {
    for (int type : new int[] {1, 2, 6, 15, 16, 24, 30, 33, 35, 255, 65535}) {
      PacketReader reader = new PacketReader().wrap(new byte[40], 40);
      assertThrows(MalformedPacketException.class, () -> read(reader, type, 41));
    }
  }
}
