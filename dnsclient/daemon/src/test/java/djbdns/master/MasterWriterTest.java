package djbdns.master;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterWriterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ZONEMD | 0000000101f1000102030405060708090a0b"
            + "| ZONEMD 1 1 241 000102030405060708090a0b",
        "ZONEMD | 00000001010100 | ZONEMD \\# 7 00000001010100",
        "URI | 0001000261 | URI 1 2 \"a\"",
        "KEY | 0100030501 | KEY 256 3 5 AQ==",
        "NULL | 00 | NULL \\# 1 00",
        "TYPE65280 | | TYPE65280 \\# 0",
      })
  void shouldWriteTypesByName(String type, String hex, String expected) throws Exception {
    assertEquals(expected, written(type, hex));
  }

  /** BIND reads both forms, NSD only the numbers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DSYNC | 003b0114ef00 | TYPE66 \\# 6 003b0114ef00 ; DSYNC CDS NOTIFY 5359 .",
        "NINFO | 023b22 | TYPE56 \\# 3 023b22 ; NINFO \";\\\"\"",
        "KEY | c0000300 | TYPE25 \\# 4 c0000300 ; KEY 49152 3 0",
        "WKS | 0a00000106 | TYPE11 \\# 5 0a00000106 ; WKS 10.0.0.1 6",
        "HIP | 00 | TYPE55 \\# 1 00 ; HIP \\# 1 00",
      })
  void shouldWriteTypesThatFewServersReadByNumber(String type, String hex, String expected)
      throws Exception {
    assertEquals(expected, written(type, hex));
  }

  private static String written(String type, String hex) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] data = hex == null ? new byte[0] : HexFormat.of().parseHex(hex);
    new MasterWriter(out).write(Name.ROOT, RecordType.parse(type).orElseThrow(), 5, data);
    String line = out.toString(StandardCharsets.ISO_8859_1).replace('\t', ' ');
    assertEquals(". 5 IN ", line.substring(0, 7));
    return line.substring(7).strip();
  }
}
