package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.message.ResourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineWriterTest {
  private static String line(String record) throws MalformedTextException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LineWriter(out).write(ResourceRecord.parse(record, Name.ROOT));
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String lineForEditors(String record) throws MalformedTextException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter.forEditors(out).write(ResourceRecord.parse(record, Name.ROOT));
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String line(String owner, int type, long ttlSeconds, String hex)
      throws MalformedTextException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] data = HexFormat.of().parseHex("00" + hex + "00");
    new LineWriter(out).write(Name.parse(owner), type, ttlSeconds, data, 1, data.length - 2);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /** The lines that axfr-get 1.05 prints for the same records. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "example.org. 5 SOA a.ns host\\.mas.x. 2007 4294967295 3 4 5"
            + "| Zexample.org:a.ns.:host\\056mas.x.:2007:4294967295:3:4:5:5",
        "example.org. 5 NS . | &example.org::..:5",
        "example.org. 5 NS a.ns.example.org. | &example.org::a.ns.example.org.:5",
        "*.a_b.example.org. 6 CNAME x\\047\\255y.z. | C\\052.a_b.example.org:x\\057\\377y.z.:6",
        "1.2.0.192.in-addr.arpa. 0 PTR p. | ^1.2.0.192.in-addr.arpa:p.:0",
        ". 8 MX 65535 . | @.::..:65535:8",
        "\\000:\\032.example.org. 0 A 1.2.255.0 | +\\000\\072\\040.example.org:1.2.255.0:0",
        "example.org. 9 TXT hel*_ .Aa-9 | :example.org:16:\\005hel\\052\\137\\005.Aa-9:9",
        "example.org. 9 TYPE65280 \\# 0 | :example.org:65280::9",
      })
  void shouldWriteTheLinesOfTheOriginal(String record, String line) throws Exception {
    assertEquals(line + "\n", line(record));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x. 9 AAAA 2001:db8::1 | +x:2001_db8__1:9",
        "x. 9 AAAA :: | +x:__:9",
        "x. 9 AAAA ::1 | +x:__1:9",
        "x. 9 AAAA fe80:: | +x:fe80__:9",
        "x. 9 AAAA 1:0:0:2:0:0:0:3 | +x:1_0_0_2__3:9",
        "x. 9 AAAA 1:0:2:3:4:5:6:7 | +x:1_0_2_3_4_5_6_7:9",
        "x. 9 AAAA ::ffff:192.0.2.1 | +x:__ffff_c000_201:9",
        "_sip._udp.x. 9 SRV 1 2 5060 Sip.x. | :_sip._udp.x:SRV:1 2 5060 Sip.x.:9",
        "x. 9 CAA 0 issue \"ca:\\\"\\\\\\000\""
            + "| :x:CAA:0 issue \"ca\\072\\\\\"\\\\\\\\\\\\000\":9",
        "x. 9 HTTPS 1 . alpn=h2,h3 port=1 | :x:HTTPS:1 . alpn=\"h2,h3\" port=1:9",
        "x. 9 DNAME y. | :x:DNAME:y.:9",
        "x. 9 TLSA 3 1 1 0aFF | :x:TLSA:3 1 1 0aff:9",
        "x. 9 ZONEMD 1 1 241 000102030405060708090a0b"
            + "| :x:ZONEMD:1 1 241 000102030405060708090a0b:9",
        "x. 9 LOC 1 N 2 W 3 | :x:LOC:1 0 0.000 N 2 0 0.000 W 3.00m 1m 10000m 10m:9",
        "x. 9 URI 1 2 \"http://a;\" | :x:URI:1 2 \"http\\072//a;\":9",
        "x. 9 APL 1:192.0.2.0/24 | :x:APL:1\\072192.0.2.0/24:9",
        "x. 9 APL | :x:APL::9",
        "x. 9 RP A. b. | :x:RP:A. b.:9",
        "x. 9 SPF \"v=spf1 -all\" | :x:SPF:\"v=spf1 -all\":9",
        "x. 9 HINFO a b | :x:13:\\001a\\001b:9",
      })
  void shouldWriteTypesThatTheOriginalDoesNotKnow(String record, String line) throws Exception {
    assertEquals(line + "\n", line(record));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*.A_b. 6 CNAME *.y. | C*.A_b:\\052.y.:6",
        "*. 6 A 192.0.2.1 | +*:192.0.2.1:6",
        "a.*.b. 6 A 192.0.2.1 | +a.\\052.b:192.0.2.1:6",
        "*x.b. 6 A 192.0.2.1 | +\\052x.b:192.0.2.1:6",
        "*.x. 9 NS a. | &*.x::a.:9",
        "*.x. 9 SRV 1 2 3 a. | :*.x:SRV:1 2 3 a.:9",
        "*.x. 9 HINFO a b | :*.x:13:\\001a\\001b:9",
        "x. 9 TXT \"v=spf1 ip6:2001:db8::/32 -all\""
            + "| 'x:v=spf1 ip6\\0722001\\072db8\\072\\072/32 -all:9",
        "x. 9 TXT \"a\\\\b\\000\\255\\\"; \" | 'x:a\\\\b\\000\\377\"; :9",
        "x. 9 TXT a b | :x:TXT:\"a\" \"b\":9",
        "x. 9 TXT \"\" | :x:TXT:\"\":9",
      })
  void shouldWriteWhatEditorsRead(String record, String line) throws Exception {
    assertEquals(line + "\n", lineForEditors(record));
  }

  /** What 1.05 cuts behind every 127 bytes is one text again, and nothing else is. */
  @Test
  void shouldJoinStringsThatALineOfTextCuts() throws Exception {
    String full = "a".repeat(127);
    assertEquals("'x:" + full + ":9\n", lineForEditors("x. 9 TXT " + full));
    assertEquals("'x:" + full + "b:9\n", lineForEditors("x. 9 TXT " + full + " b"));
    assertEquals("'x:" + full + full + ":9\n", lineForEditors("x. 9 TXT " + full + " " + full));
    for (String text : List.of(full + " \"\"", full + "a", "b " + full, full + " b c")) {
      String line = lineForEditors("x. 9 TXT " + text);
      assertTrue(line.startsWith(":x:TXT:"), line);
    }
  }

  /** RFC 4343, 4; 1.05 makes them small. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Example.ORG. 5 SOA A.ns Host\\.Mas.x. 1 2 3 4 5"
            + "| ZExample.ORG:A.ns.:Host\\056Mas.x.:1:2:3:4:5:5",
        "Example.org. 5 NS A.ns.Example.org. | &Example.org::A.ns.Example.org.:5",
        "*.A_b. 6 CNAME X\\255Y.Z. | C\\052.A_b:X\\377Y.Z.:6",
        "1.in-addr.ARPA. 0 PTR Router-1.x. | ^1.in-addr.ARPA:Router-1.x.:0",
        "x. 8 MX 1 Mail.X. | @x::Mail.X.:1:8",
        "X. 9 A 192.0.2.1 | +X:192.0.2.1:9",
        "X. 9 TXT a | :X:16:\\001a:9",
        "X. 9 SRV 1 2 3 Sip.X. | :X:SRV:1 2 3 Sip.X.:9",
      })
  void shouldKeepLetters(String record, String line) throws Exception {
    assertEquals(line + "\n", line(record));
  }

  @Test
  void shouldWriteTtlsOf32Bits() throws Exception {
    assertEquals("+x:1.2.3.4:4294967295\n", line("x", 1, 0xffffffffL, "01020304"));
  }

  /** As axfr-get 1.05 does for addresses. */
  @Test
  void shouldWriteDataOfTheWrongFormAsOctets() throws Exception {
    assertEquals(":x:1:\\001\\002\\003:7\n", line("x", 1, 7, "010203"));
    assertEquals(":x:28:\\001:7\n", line("x", 28, 7, "01"));
    assertEquals(":x:33:\\000\\001\\000\\002:7\n", line("x", 33, 7, "00010002"));
    assertEquals(":x:63:\\001:7\n", line("x", 63, 7, "01"));
    assertEquals(":x:29:\\001:7\n", line("x", 29, 7, "01"));
  }

  @Test
  void shouldRefuseWhatNoLineHolds() {
    for (int type : new int[] {2, 5, 12}) {
      for (String hex : new String[] {"", "01", "0161", "4061", "c000", "000000"}) {
        assertThrows(IllegalArgumentException.class, () -> line("x", type, 1, hex));
      }
    }
    assertThrows(IllegalArgumentException.class, () -> line("x", 15, 1, "0001"));
    assertThrows(IllegalArgumentException.class, () -> line("x", 6, 1, "0000" + "00".repeat(19)));
    assertThrows(IllegalArgumentException.class, () -> line("x", 6, 1, "0000" + "00".repeat(21)));
    assertThrows(IllegalArgumentException.class, () -> line("x", 0, 1, ""));
    assertThrows(IllegalArgumentException.class, () -> line("x", 252, 1, ""));
    assertThrows(
        IllegalArgumentException.class, () -> line("x", 2, 1, "013f".repeat(127) + "013f00"));
  }

  @Test
  void shouldWriteRemarks() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LineWriter(out).remark("2007 auto axfr-get");
    assertEquals("#2007 auto axfr-get\n", out.toString(StandardCharsets.ISO_8859_1));
  }
}
