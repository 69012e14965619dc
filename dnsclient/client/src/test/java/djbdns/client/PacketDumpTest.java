package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.MalformedPacketException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of 1.05's printpacket; the command tests compare whole commands with the original. */
final class PacketDumpTest {
  /** {@code www.x A}, as it stands in a question. */
  private static final String QUESTION = "03777777 0178 00 0001 0001";

  private static byte[] packet(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String dump(String hex) throws MalformedPacketException {
    byte[] packet = packet(hex);
    return PacketDump.dump(packet, packet.length);
  }

  private static void assertMalformed(String hex) {
    assertThrows(MalformedPacketException.class, () -> dump(hex), hex);
  }

  /** The line of a record with this type, class and data, in an answer to {@link #QUESTION}. */
  private static String record(String typeAndClass, String data) throws MalformedPacketException {
    return dump(answer(typeAndClass, data)).lines().skip(2).findFirst().orElse("");
  }

  private static String answer(String typeAndClass, String data) {
    int length = packet(data).length;
    String dataLength = HexFormat.of().toHexDigits((short) length);
    return "0000 8400 0001 0001 0000 0000 %s c00c %s 00000e10 %s %s"
        .formatted(QUESTION, typeAndClass, dataLength, data);
  }

  @Test
  void shouldPrintEverySection() throws MalformedPacketException {
    assertEquals(
        """
        67 bytes, 1+1+1+1 records, response, authoritative, noerror
        query: 1 www.x
        answer: www.x 3600 A 10.1.2.255
        authority: x 0 NS .
        additional: . 4294967295 A 0.0.0.0
        """,
        dump(
            "0000 8400 0001 0001 0001 0001"
                + QUESTION
                + "c00c 0001 0001 00000e10 0004 0a0102ff"
                + "c010 0002 0001 00000000 0001 00"
                + "00 0001 0001 ffffffff 0004 00000000"));
  }

  @ParameterizedTest
  @CsvSource({
    "0000, ', noerror'",
    "ffff, ', response, weird op, authoritative, truncated, weird rd, weird ra, weird rcode,"
        + " weird z'",
    "8000, ', response, noerror'",
    "0800, ', weird op, noerror'",
    "0400, ', authoritative, noerror'",
    "0200, ', truncated, noerror'",
    "0100, ', weird rd, noerror'",
    "0080, ', weird ra, noerror'",
    "0040, ', noerror, weird z'",
    "0020, ', noerror, weird z'",
    "0010, ', noerror, weird z'",
    "0001, ', weird rcode'",
    "0002, ', weird rcode'",
    "0003, ', nxdomain'",
    "0004, ', notimp'",
    "0005, ', refused'",
    "0006, ', weird rcode'",
    "000f, ', weird rcode'",
  })
  void shouldNameEveryFlag(String flags, String expected) throws MalformedPacketException {
    assertEquals(
        "12 bytes, 0+0+0+0 records" + expected + "\n",
        dump("0000" + flags + "0000 0000 0000 0000"));
  }

  @ParameterizedTest
  @CsvSource({
    "0001 0001, 7f000001, 'A 127.0.0.1'",
    "0002 0001, c00c, NS www.x",
    "0005 0001, c010, CNAME x",
    "000c 0001, 01412e00, error",
    "000c 0001, 0241ff00, PTR a\\377",
    "000f 0001, ffff c00c, MX 65535 www.x",
    "0006 0001, c00c 00 00000001 00000002 00000003 00000004 ffffffff,"
        + " SOA www.x . 1 2 3 4 4294967295",
    "0010 0001, 0441 5c 20 7f, 16 \\004A\\134\\040\\177",
    "001c 0001, 00000000000000000000000000000001,"
        + " '28 \\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001'",
    "ffff 0001, 21ff7e, 65535 !\\377~",
    "0010 0001, '', '16 '",
    "0000 0001, '', '0 '",
    "0010 0003, 0141, weird class",
    "0001 00ff, 7f000001, weird class",
  })
  void shouldPrintEveryType(String typeAndClass, String data, String expected)
      throws MalformedPacketException {
    if (expected.equals("error")) {
      assertMalformed(answer(typeAndClass, data));
    } else {
      assertEquals("answer: www.x 3600 " + expected, record(typeAndClass, data));
    }
  }

  @Test
  void shouldPrintQuestionsOfOtherClasses() throws MalformedPacketException {
    assertEquals(
        "29 bytes, 2+0+0+0 records, noerror\nquery: weird class\nquery: 255 www.x\n",
        dump("0000 0000 0002 0000 0000 0000 03777777 0178 00 0001 0003 c00c 00ff 0001"));
  }

  @ParameterizedTest
  @CsvSource({
    "0001 0001, 7f0000",
    "0001 0001, 7f00000100",
    "0002 0001, c00c00",
    "0002 0001, c0",
    "0002 0001, 0141",
    "000f 0001, c00c",
    "000f 0001, 00",
    "0006 0001, 00 00 00000001 00000002 00000003 00000004",
    "0006 0001, 00 00 00000001 00000002 00000003 00000004 00000005 00",
    "0005 0001, 4000",
    "0005 0001, 8000",
    "0005 0001, c0ff",
  })
  void shouldRefuseDataOfTheWrongLength(String typeAndClass, String data) {
    assertMalformed(answer(typeAndClass, data));
  }

  @Test
  void shouldRefuseEveryCutPacketAndEveryLongerOne() throws MalformedPacketException {
    byte[] whole = packet(answer("0001 0001", "7f000001"));
    for (int length = 0; length < whole.length; length++) {
      int shorter = length;
      assertThrows(MalformedPacketException.class, () -> PacketDump.dump(whole, shorter));
    }
    assertThrows(
        MalformedPacketException.class,
        () -> PacketDump.dump(Arrays.copyOf(whole, whole.length + 1), whole.length + 1));
    assertTrue(PacketDump.dump(Arrays.copyOf(whole, 512), whole.length).endsWith("127.0.0.1\n"));
  }

  @Property(tries = 1000)
  void shouldPrintOrRefuseAnything(
      @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 3) int counts) {
    for (int i = 4; i < Math.min(12, bytes.length); i++) {
      bytes[i] = (byte) (i % 2 == 0 ? 0 : counts);
    }
    PacketDumpFuzzTest.check(bytes);
  }
}
