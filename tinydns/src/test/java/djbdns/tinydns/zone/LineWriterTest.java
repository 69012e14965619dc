package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.ResourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineWriterTest {
  private static String line(String record) throws MalformedTextException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LineWriter(out).write(ResourceRecord.parse(record, Name.ROOT));
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
        "Example.ORG. 5 SOA A.ns Host\\.Mas.x. 2007 4294967295 3 4 5"
            + "| Zexample.org:a.ns.:host\\056mas.x.:2007:4294967295:3:4:5:5",
        "example.org. 5 NS . | &example.org::..:5",
        "example.org. 5 NS a.ns.Example.org. | &example.org::a.ns.example.org.:5",
        "*.a_b.example.org. 6 CNAME x\\047\\255y.Z. | C\\052.a_b.example.org:x\\057\\377y.z.:6",
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
