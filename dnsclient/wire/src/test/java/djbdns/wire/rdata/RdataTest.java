package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import djbdns.wire.message.EdnsOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RdataTest {
  /** "a" at offset 0, then data that starts at 3 and points there with {@code c000}. */
  private static Rdata readBehindName(String type, String data) throws MalformedPacketException {
    Bytes packet = Bytes.ofHex("016100" + data);
    PacketReader reader = packet.toReader();
    reader.position(3);
    return Rdata.read(RecordType.parse(type).orElseThrow(), reader, packet.length() - 3);
  }

  @Test
  void shouldReadCompressedNamesOfOldTypes() throws Exception {
    Name b = Name.parse("b.a");
    assertEquals(new Ns(b), readBehindName("NS", "0162c000"));
    assertEquals(new Mx(1, b), readBehindName("MX", "00010162c000"));
    assertEquals(new Srv(1, 2, 3, b), readBehindName("SRV", "0001000200030162c000"));
    assertEquals("026162", readBehindName("TXT", "026162").toWire().toString());
  }

  /** Bytes before the names (each of 1), names, and what comes behind. */
  @ParameterizedTest
  @CsvSource({
    "MD, 0, 1, ''",
    "MF, 0, 1, ''",
    "MB, 0, 1, ''",
    "MG, 0, 1, ''",
    "MR, 0, 1, ''",
    "MINFO, 0, 2, ''",
    "RP, 0, 2, ''",
    "AFSDB, 2, 1, ''",
    "RT, 2, 1, ''",
    "KX, 2, 1, ''",
    "PX, 2, 2, ''",
    "SIG, 18, 1, ff",
    "NXT, 0, 1, 40"
  })
  void shouldUncompressNamesOfTypesWithoutValue(
      String type, int bytesBefore, int names, String behind) throws Exception {
    String prefix = "01".repeat(bytesBefore);
    Rdata rdata = readBehindName(type, prefix + "0162c000".repeat(names) + behind);
    assertEquals(prefix + "0162016100".repeat(names) + behind, rdata.toWire().toString());
  }

  /** Packets may have such data, a cache passes them on, and nobody can say what they mean. */
  @ParameterizedTest
  @CsvSource({
    "ZONEMD, 00000001010100",
    "URI, 0001",
    "EUI48, 00",
    "LOC, 00000000000000000000000000000000",
    "APL, 00011500ff",
    "APL, 0001080200",
    "APL, 000108020a00",
    "AFSDB, 0001016100ff",
    "DSYNC, 003b01000101",
    "HIP, 00020001aa",
    "KEY, c000030100",
    "WKS, 0a0000010600",
    "NXT, 0080",
    "IPSECKEY, 0a040200"
  })
  void shouldKeepDataThatDoNotFitTheirFormAsTheyAre(String type, String hex) throws Exception {
    assertUnexplained(type, hex);
  }

  /** Later versions, families and kinds. */
  @ParameterizedTest
  @CsvSource({"LOC, 01", "APL, 0003080101", "AMTRELAY, 0a0401", "ATMA, 0261"})
  void shouldKeepDataOfOtherKindsThanTheirFormIsAbout(String type, String hex) throws Exception {
    assertUnexplained(type, hex);
  }

  private static void assertUnexplained(String mnemonic, String hex) throws Exception {
    RecordType type = RecordType.parse(mnemonic).orElseThrow();
    Bytes wire = Bytes.ofHex(hex);
    Rdata rdata = Rdata.read(type, wire.toReader(), wire.length());
    assertEquals(new Unknown(type, wire), rdata);
    assertEquals(rdata, Rdata.parse(type, rdata.toString(), Name.ROOT));
    assertThrows(IllegalArgumentException.class, () -> new OtherData(type, wire));
  }

  @Test
  void shouldKnowThatAListOfNetworksMayBeEmpty() throws Exception {
    RecordType apl = RecordType.parse("APL").orElseThrow();
    assertEquals(new OtherData(apl, Bytes.EMPTY), Rdata.parse(apl, "", Name.ROOT));
    assertEquals("", new OtherData(apl, Bytes.EMPTY).toString());
  }

  @Test
  void shouldRefuseCompressedNamesOfNewTypes() {
    for (String data : List.of("c000", "0162c000")) {
      assertMalformed("DNAME", data);
      assertMalformed("NSEC", data);
      assertMalformed("SVCB", "0001" + data);
      assertMalformed("RRSIG", "00".repeat(18) + data);
    }
  }

  @Test
  void shouldRefuseDataThatDoesNotFillItsLength() {
    assertMalformed("A", "01020304" + "05");
    assertMalformed("NS", "016200" + "00");
    assertMalformed("NSEC3PARAM", "0100000100" + "01");
    assertMalformed("HTTPS", "000100" + "0003000301bb00");
  }

  @Test
  void shouldRefuseTypeBitmapsInAnyButTheRightForm() {
    assertMalformed("NSEC", "00" + "0000");
    assertMalformed("NSEC", "00" + "000100");
    assertMalformed("NSEC", "00" + "00024000");
    assertMalformed("NSEC", "00" + "000240");
    assertMalformed("NSEC", "00" + "0021" + "40".repeat(33));
    assertMalformed("NSEC", "00" + "010140" + "000140");
    assertMalformed("NSEC", "00" + "000140" + "000140");
    assertMalformed("NSEC", "00" + "00");
  }

  @Test
  void shouldRefuseServiceKeysOutOfOrder() {
    assertMalformed("SVCB", "000100" + "00030002" + "0035" + "00020000");
    assertMalformed("SVCB", "000100" + "00020000" + "00020000");
    assertMalformed("SVCB", "000100" + "00020000");
    assertMalformed("SVCB", "000100" + "00010001" + "00");
    assertMalformed("SVCB", "000100" + "00040003" + "010203");
  }

  private static void assertMalformed(String type, String data) {
    assertThrows(MalformedPacketException.class, () -> readBehindName(type, data), data);
  }

  @Test
  void shouldNotReadPastItsLengthEvenIfThePacketGoesOn() throws Exception {
    PacketReader reader = Bytes.ofHex("0a0000010a").toReader();
    assertThrows(MalformedPacketException.class, () -> Rdata.read(RecordType.A, reader, 3));
    assertEquals(5, reader.remaining() + reader.position(), "the packet's end is back in place");
    PacketReader names = Bytes.ofHex("0161026263" + "00").toReader();
    assertThrows(MalformedPacketException.class, () -> Rdata.read(RecordType.NS, names, 5));
  }

  @Test
  void shouldRefuseTextOfMoreThan65535Bytes() throws Exception {
    String full = ("\"" + "x".repeat(255) + "\" ").repeat(256);
    assertThrows(MalformedTextException.class, () -> Rdata.parse(RecordType.TXT, full, Name.ROOT));
    String most = ("\"" + "x".repeat(255) + "\" ").repeat(255) + "\"" + "x".repeat(254) + "\"";
    assertEquals(65535, Rdata.parse(RecordType.TXT, most, Name.ROOT).toWire().length());
  }

  @Test
  void shouldRefuseValuesThatTheFormatCannotExpress() {
    assertIllegal(() -> new Mx(65536, Name.ROOT));
    assertIllegal(() -> new Mx(-1, Name.ROOT));
    assertIllegal(() -> new Soa(Name.ROOT, Name.ROOT, 1L << 32, 0, 0, 0, 0));
    assertIllegal(() -> new A(Bytes.of((byte) 1)));
    assertIllegal(() -> new Txt(List.of()));
    assertIllegal(() -> new Hinfo(Bytes.EMPTY, Bytes.of(new byte[256])));
    assertIllegal(() -> new Nsec3(1, 0, 0, Bytes.EMPTY, Bytes.EMPTY, TypeBitmap.of(List.of())));
    assertIllegal(() -> new SvcParam.Generic(SvcParamKey.PORT, Bytes.EMPTY));
    assertIllegal(() -> new EdnsOption(EdnsOption.PADDING, Bytes.of(new byte[65532])));
  }

  private static void assertIllegal(Executable executable) {
    assertThrows(IllegalArgumentException.class, executable);
  }

  @Test
  void shouldSplitLongStringsOfText() throws Exception {
    Bytes whole = Bytes.ofText("x".repeat(255));
    assertEquals(
        new Txt(List.of(whole, whole, Bytes.ofText("x"), Bytes.EMPTY, Bytes.ofText(";"))),
        Txt.parse("\"" + "x".repeat(511) + "\" \"\" \\059"));
    assertEquals(new Txt(List.of(whole)), Txt.parse("x".repeat(255)));
    assertEquals(new Txt(List.of(Bytes.EMPTY)), Txt.parse("\\# 1 00"));
    assertThrows(MalformedTextException.class, () -> Txt.parse(" "));
  }

  /** As BIND does. */
  @Test
  void shouldTakeAnEscapedSignForTextWhereNoLengthFollows() throws Exception {
    Txt expected = new Txt(List.of(Bytes.ofText("#"), Bytes.ofText("a")));
    assertEquals(expected, Rdata.parse(RecordType.TXT, "\\# \"a\"", Name.ROOT));
    assertEquals(expected, Txt.parse("\\# a"));
    assertThrows(
        MalformedTextException.class,
        () -> Rdata.parse(RecordType.parse("SPF").orElseThrow(), "\\# a", Name.ROOT));
  }

  @Test
  void shouldFindTypesInBitmap() {
    TypeBitmap types = TypeBitmap.of(List.of(RecordType.CAA, RecordType.A, RecordType.A));
    assertEquals(List.of(RecordType.A, RecordType.CAA), types.types());
    assertTrue(types.contains(RecordType.CAA));
    assertFalse(types.contains(RecordType.NS));
  }

  @Test
  void shouldIgnoreLetterCaseOfNamesOnly() throws Exception {
    assertEquals(new Ns(Name.parse("A.b")), new Ns(Name.parse("a.B")));
    assertFalse(new Txt(List.of(Bytes.ofText("A"))).equals(new Txt(List.of(Bytes.ofText("a")))));
  }
}
