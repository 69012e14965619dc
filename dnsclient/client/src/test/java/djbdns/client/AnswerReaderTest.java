package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.rdata.Mx;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {
  /** The question is of {@code x}, and its class is IN. */
  private static AnswerReader reader(int answerCount, String... records) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(HexFormat.of().parseHex("000081800001"));
    packet.writeBytes(new byte[] {(byte) (answerCount >> 8), (byte) answerCount, 0, 0, 0, 0});
    packet.writeBytes(HexFormat.of().parseHex("01780000ff0001"));
    for (String text : records) {
      packet.writeBytes(HexFormat.of().parseHex(text.replace(" ", "")));
    }
    return new AnswerReader(packet.toByteArray());
  }

  /** A record of {@code x}; its length need not be that of the data. */
  private static String record(String type, String recordClass, String length, String data) {
    return "c00c" + type + recordClass + "00000e10" + length + data;
  }

  private static String record(String type, String length, String data) {
    return record(type, "0001", length, data);
  }

  @Test
  void shouldReadAddressesOfAnyOwner() throws Exception {
    String ipv6 = "20010db8000000000000000000000001";
    AnswerReader reader =
        reader(
            5,
            record("0005", "0003", "016100"),
            "01610000010001000000000004c0000201",
            record("0001", "0004", "c0000202"),
            record("001c", "0010", ipv6),
            record("0001", "0003", "0004", "c0000203"));

    assertEquals(List.of(Bytes.ofHex("c0000201"), Bytes.ofHex("c0000202")), reader.ipv4Addresses());
    assertEquals(List.of(Bytes.ofHex(ipv6)), reader.ipv6Addresses());
    assertEquals(Optional.empty(), reader.hostName());
    assertEquals(List.of(), reader.exchanges());
    assertEquals(List.of(), reader.texts());
  }

  @Test
  void shouldPassOverAddressesOfAnotherLength() throws Exception {
    AnswerReader reader =
        reader(2, record("0001", "0005", "c000020100"), record("001c", "0004", "c0000201"));

    assertEquals(List.of(), reader.ipv4Addresses());
    assertEquals(List.of(), reader.ipv6Addresses());
  }

  @Test
  void shouldLookAtNothingBehindTheFirstHostName() throws Exception {
    Optional<Name> name = reader(3, record("000c", "0000", "0161c00c"), "ff").hostName();

    assertEquals(Optional.of(Name.parse("a.x")), name);
  }

  @Test
  void shouldReadExchanges() throws Exception {
    List<Mx> exchanges =
        reader(2, record("000f", "0006", "000a0161c00c"), record("000f", "0003", "ffff00"))
            .exchanges();

    assertEquals(List.of(new Mx(10, Name.parse("a.x")), new Mx(65535, Name.ROOT)), exchanges);
  }

  @Test
  void shouldEndStringsWithTheirRecord() throws Exception {
    List<List<Bytes>> texts =
        reader(
                3,
                record("0010", "0004", "0161 05 62"),
                record("0010", "0000", ""),
                record("0010", "0002", "00ff"))
            .texts();

    assertEquals(
        List.of(
            List.of(Bytes.ofText("a"), Bytes.ofText("b")),
            List.of(),
            List.of(Bytes.EMPTY, Bytes.EMPTY)),
        texts);
  }

  @Test
  void shouldTellTextsThatEndBehindThePacket() throws Exception {
    AnswerReader reader =
        reader(2, record("0001", "0004", "c0000201"), record("0010", "0009", "0161"));

    assertThrows(EOFException.class, reader::texts);
    assertEquals(1, reader.ipv4Addresses().size(), "where the last record ends is of no matter");
  }

  @Test
  void shouldRefuseWhatIsNotThere() {
    AnswerReader reader = reader(2, record("0001", "0004", "c0000201"));

    assertThrows(MalformedPacketException.class, reader::ipv4Addresses);
    assertThrows(MalformedPacketException.class, reader::hostName);
    assertThrows(MalformedPacketException.class, reader::exchanges);
    assertThrows(MalformedPacketException.class, reader::texts);
    assertThrows(
        MalformedPacketException.class, reader(1, record("000f", "0002", "000a"))::exchanges);
    assertThrows(
        MalformedPacketException.class, reader(1, record("000c", "0002", "c0ff"))::hostName);
  }
}
