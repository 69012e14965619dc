package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
  private static final long LINE_NUMBER = 12;

  private static List<String> problems(String line) throws DataException {
    List<String> problems = new ArrayList<>();
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    LineParser parser = new LineParser(problem -> problems.add(problem.toString()));
    parser.parse(bytes, 0, bytes.length, LINE_NUMBER);
    return problems;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "+a:1.2.3.999                 | bad IP address 1.2.3.999 (taken as 1.2.3.231)",
        "+a:1.2.3.4x                  | bad IP address 1.2.3.4x (taken as 1.2.3.4)",
        "+a:1.2.3                     | bad IP address 1.2.3 (no address record made)",
        ".a:1.2..3                    | bad IP address 1.2..3 (no address record made)",
        "+a: 1.2.3.4                  | bad IP address  1.2.3.4 (no address record made)",
        "+a:1.2.3.4:1h                | bad ttl 1h (taken as 1); times are in seconds",
        "+a:1.2.3.4:-1                | bad ttl -1 (the default is used)",
        "+a:1.2.3.4:4294967296        | bad ttl 4294967296 (taken as 0)",
        "+a:1.2.3.4:18446744073709551617 | bad ttl 18446744073709551617 (taken as 1)",
        "Za:b:c:x                     | bad serial x (the default is used)",
        "Za:b:c:1:2s                  | bad refresh time 2s (taken as 2); times are in seconds",
        "Za:b:c:1:2:h                 | bad retry time h (the default is used)",
        "Za:b:c:1:2:3:4294967297      | bad expire time 4294967297 (taken as 1)",
        "Za:b:c:1:2:3:4:5.            | bad minimum time 5. (taken as 5)",
        "@a::b:65537                  | bad distance 65537 (taken as 1)",
        "@a::b:ten                    | bad distance ten (the default is used)",
        ":a:731x:b                    | bad type 731x (taken as 731)",
        ":a:66267:b                   | bad type 66267 (taken as 731)",
        "+a:1.2.3.4::4A5              | bad timestamp 4A5 (taken as 4050000000000000)",
        "+a:1.2.3.4::400000003b9aca000 | bad timestamp 400000003b9aca000 (taken as 400000003b9aca00)",
        "+a:1.2.3.4:::abc             | bad location abc (taken as ab); a location has two characters at most",
        "%abc:1.2                     | bad location abc (taken as ab); a location has two characters at most",
        "%ab:1.2.x                    | bad prefix 1.2.x (taken as 1.2)",
        "%ab:256.1                    | bad prefix 256.1 (taken as 0.1)",
        "%ab:1..2                     | bad prefix 1..2 (taken as 1.2)",
        "%ab:1.2.3.4.5                | bad prefix 1.2.3.4.5 (taken as 1.2.3.4.5)",
        "%ab:any                      | bad prefix any (taken as any address)",
        "+a:1.2.3.4::::::x:           | more fields than this kind of line has (ignored: x:)",
        "%ab:1:x                      | more fields than this kind of line has (ignored: x)",
        "'a:text\\                    | lone backslash at the end of the text (left out)",
        "+a:2001_db8_1                | bad IP address 2001_db8_1 (no address record made)",
        "+a:20010db8                  | bad IP address 20010db8 (no address record made)",
        "3a:__1:1h                    | bad ttl 1h (taken as 1); times are in seconds",
        "Sa:1.2.3.4x:b.c:80           | bad IP address 1.2.3.4x (taken as 1.2.3.4)",
        "Sa::b.c:65537:1              | bad port 65537 (taken as 1)",
        "Sa::b.c:80:x                 | bad priority x (the default is used)",
        "Na:x                         | bad order x (the default is used)",
        "Na:::a\\:b:                  | lone backslash at the end of the flags (left out)",
        ":a:SRV:1 2 3 b\\              | lone backslash at the end of the data (left out)",
        ":a:SRV:1 2 3 b:::::x         | more fields than this kind of line has (ignored: x); a colon in text is written \\072",
        "%ab:10.1/8                   | bad prefix 10.1/8 (taken as 10.0.0.0/8)",
        "%ab:2001_db8__1/32           | bad prefix 2001_db8__1/32 (taken as 2001_db8__/32)",
        "%ab:__1/128:x                | more fields than this kind of line has (ignored: x)",
        ":a:731:data\\                | lone backslash at the end of the data (left out)",
        "'a::60                       | TXT of a: no data",
        ":a:16:v=DKIM1; k=rsa         | TXT of a: malformed data; :fqdn:TXT: takes text",
        ":a:33:10 5 5060 sip.example.test | SRV of a: malformed data; :fqdn:SRV: takes text",
        "+192.0.2.3:www2.example.test | bad IP address www2.example.test (no address record made); the name comes first",
        "@a:mail.example.test:b:10 | bad IP address mail.example.test (no address record made); a name is the field behind the address",
        "&a:ns.example.test:192.0.2.3 | bad IP address ns.example.test (no address record made); a name is the field behind the address",
        "+a:1.2.3.4:1w2D              | bad ttl 1w2D (taken as 1); times are in seconds",
        "+a:1.2.3.4:1x                | bad ttl 1x (taken as 1)",
        ":a:16:\\777abc               | TXT of a: malformed data",
        ":a:28:\\040\\001\\015\\270     | AAAA of a: malformed data",
        ":a:33:\\000\\001\\000\\002\\000\\120\\001a | SRV of a: malformed data",
        ":a:1:\\300\\000\\002           | A of a: malformed data",
        ":a:250:                      | TSIG of a: no record has this type",
        ":a:TLSA:3 1 1                | TLSA of a: no certificate data",
        ":*.a:DS:1 8 2 abcd           | DS of *.a: digest of type 2 has 2 bytes, not 32",
        ":a:SSHFP:4 1 ab              | SSHFP of a: fingerprint of type 1 has 1 bytes, not 20",
        ":a:DNSKEY:257 3 8            | DNSKEY of a: no key",
        ":a:60:\\001\\001\\003\\010     | CDNSKEY of a: no key",
        ":a:NSEC:b.                   | NSEC of a: no types",
        ":a:NSEC3:1 0 0 - 00 A        | NSEC3 of a: hash of type 1 has 1 bytes, not 20",
        ":a:NSEC3:2 0 0 - 00 A        | NSEC3 of a: the name does not begin with a hash",
        "Na:1:2:u:E2U+sip:!a!b:.      | NAPTR of a: bad regexp",
        "&*.a::b.c                    | NS of *.a: a wildcard cannot be delegated",
        ".*.a::b.c                    | NS of *.a: a wildcard cannot be delegated"
      })
  void shouldReportWhatIsMangled(String line, String text) throws DataException {
    assertEquals(List.of("data line 12: " + text), problems(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'a:v=spf1 ip4:192.0.2.1 -all | bad ttl 192.0.2.1 -all (taken as 192)",
        "'a:a:b:c:d                   | bad ttl b (the default is used)",
        ":a:16:\\001a:b                | bad ttl b (the default is used)",
        ":a:TXT:see http://b          | bad ttl //b (the default is used)",
        "Na:1:2:u:x:y:.:z             | bad ttl z (the default is used)",
        "'a:v=spf1 ip6:2001:db8::1 -all | bad timestamp db8 (taken as db80000000000000)",
      })
  void shouldSayHowAColonInTextIsWritten(String line, String text) throws DataException {
    assertEquals(
        "data line 12: " + text + "; a colon in text is written \\072", problems(line).getFirst());
    assertEquals(1, problems(line).stream().filter(what -> what.contains("072")).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a:text:3600:4A", ":a:16:\\001a::4A", ":a:TXT:b:60:::", "'a:b:60::abc"})
  void shouldNotThinkOfAColonBeforeATtl(String line) throws DataException {
    assertEquals(0, problems(line).stream().filter(what -> what.contains("072")).count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "+a:2001:db8::1    | bad IP address 2001 (no address record made)",
        "=a:2001:db8::1:60 | bad IP address 2001 (no address record made)",
        ".a:2001:db8::1:b  | bad IP address 2001 (no address record made)",
        "@a:2001:db8::1:b  | bad IP address 2001 (no address record made)",
        "+a:[2001:db8::1]  | bad IP address [2001 (no address record made)",
        "+a:::1            | bad timestamp 1 (taken as 1000000000000000)",
        "+a:1:2:3:4:5:6:7:8 | bad IP address 1 (no address record made)",
        "%ab:2001:db8::/32 | bad prefix 2001 (taken as 209)"
      })
  void shouldSayHowAnIpv6AddressIsWritten(String line, String text) throws DataException {
    String hint = "; an IPv6 address is written with _ for each colon";
    assertEquals("data line 12: " + text + hint, problems(line).getFirst());
    assertEquals(1, problems(line).stream().filter(what -> what.contains("IPv6")).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"+a:1.2.3.4:300:in", "'a:b::ab", "&a:1.2.3.4:b:60:l", "Ca:b:60:ex"})
  void shouldSayWhereALocationIsWritten(String line) throws DataException {
    List<String> problems = problems(line);
    assertEquals(1, problems.size());
    assertTrue(
        problems.getFirst().endsWith("); a location is the field behind the timestamp"),
        problems.getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"+a:1.2.3.4:300:in:ex", "+a:1.2.3.4:300:0", "+a:1.2.3.4:300:now"})
  void shouldNotThinkOfALocationBeforeAnother(String line) throws DataException {
    assertEquals(0, problems(line).stream().filter(what -> what.contains("location is")).count());
  }

  @ParameterizedTest
  @CsvSource({
    "+a..b:192.0.2.1, a..b",
    "+.a:192.0.2.1, .a",
    "Ca:b.., b..",
    "Za:b:c..d, c..d",
    "&a::.b, .b",
    "_a..b:3:1:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef:c, _25._tcp.c.a..b"
  })
  void shouldReportEmptyLabels(String line, String name) throws DataException {
    assertEquals(
        List.of("data line 12: empty label in name " + name + " (left out)"), problems(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@ IN SOA a. b. (", "Cwww IN CNAME a", "Zoo 300 A 192.0.2.1", "6\tNS\ta."})
  void shouldReportLinesOfMasterFilesThatAreTaken(String line) throws DataException {
    assertEquals(
        List.of("data line 12: is this a master file? tinydns-import reads those"), problems(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "www:192.0.2.1|no line starts with \"w\"",
        "~\r~|no line starts with \"\\015\"",
        "\u00ef+a:1.2.3.4|no line starts with \"\\357\"",
        "\u00ef\u00bb\u00bf+a:1.2.3.4|file begins with a byte order mark: save it as ASCII, or as UTF-8 without a mark",
        ":a:15:b|MX is written @fqdn:ip:x:dist",
        ":a:NS:b|NS is written &fqdn:ip:x, or .fqdn:ip:x with SOA",
        ":a:5:b|CNAME is written Cfqdn:p",
        ":a:12:b|PTR is written ^fqdn:p",
        ":a:SOA:b|SOA is written Zfqdn:mname:rname"
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void shouldSayHowARefusedLineIsMeant(String line, String text) {
    List<String> problems = new ArrayList<>();
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    LineParser parser = new LineParser(problem -> problems.add(problem.toString()));
    assertThrows(DataException.class, () -> parser.parse(bytes, 0, bytes.length, LINE_NUMBER));
    assertEquals(List.of("data line 12: " + text), problems);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$ORIGIN a.",
        ";comment",
        "www IN A 1.2.3.4",
        "www A 1.2.3.4",
        "www aaaa 2001:db8::1",
        "\tIN NS a",
        " 1 ; serial",
        "_sip._tcp IN SRV 0 0 5060 b.",
        "_sip._tcp in aaaa 2001:db8::1",
        "Support cname b."
      })
  void shouldReportLinesOfMasterFilesThatAreRefused(String line) {
    List<String> problems = new ArrayList<>();
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    LineParser parser = new LineParser(problem -> problems.add(problem.toString()));
    assertThrows(DataException.class, () -> parser.parse(bytes, 0, bytes.length, LINE_NUMBER));
    assertEquals(
        "data line 12: is this a master file? tinydns-import reads those", problems.getFirst());
  }

  @Test
  void shouldReportDataThatCannotBeServed() throws DataException {
    String most = "a".repeat(127 * 255 + 109);
    assertEquals(List.of(), problems("'a:" + most));
    String what = " of a: data of 32751 bytes, more than 32750 that can be served";
    assertEquals(List.of("data line 12: TXT" + what), problems("'a:" + most + "a"));
    assertEquals(List.of("data line 12: TYPE731" + what), problems(":a:731:" + "a".repeat(32751)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# remark: +a:x",
        "-a:x:y",
        "+a:1.2.3.4",
        "+a",
        "+a:",
        ".a::b:::",
        "=a:255.255.255.255:4294967295:400000003b9aca00:x",
        "@a::b.c:65535",
        "%x:",
        "%xy:1.2.3.4",
        "%xy:1.2.",
        "'a:back\\\\",
        "Za:b:c",
        "+a:1.2.3.4 \t\n",
        "+a:2001_db8__1:5:400000003b9aca00:x",
        "6a:20010db8000000000000000000000001",
        "Sa:__1:b:80:1:2:3::lo",
        "Na:1:2:u:E2U+sip:!^.*$!sip\\072a@b!:.:5",
        ":a:TXT:\"v=DKIM1; p=\\\\;\":5",
        "%ab:192.0.2.64/26",
        "%ab:2001_db8__/32",
        "+a:1.2.3.4::::::",
        ":a:CDS:\\\\# 5 0000000000",
        ":a:59:\\000\\000\\000\\000\\000",
        ":a:16:\\000",
        ":a:731:",
        "&a.*.b::c.d",
        "@a::..",
        "=..:192.0.2.1",
        "+a.b.:192.0.2.1",
        "+a\\056b:192.0.2.1",
        ".:192.0.2.1:a"
      })
  void shouldStaySilentAboutGoodLines(String line) throws DataException {
    assertEquals(List.of(), problems(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+a:1.2.3.4:5:400000003b9aca00:ab:\u0001\u00ff~"})
  void shouldEscapeWhatCannotBePrinted(String line) throws DataException {
    assertEquals(
        List.of("data line 12: more fields than this kind of line has (ignored: \\001\\377~)"),
        problems(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ca:b\r\n", "Ca:b\r"})
  void shouldReportCarriageReturns(String line) throws DataException {
    assertEquals(
        List.of(
            "data line 12: carriage return at the end of the line"
                + " (taken as part of its last field)"),
        problems(line));
  }

  @Test
  void shouldReportTheNameThatIsRefused() {
    List<String> problems = new ArrayList<>();
    byte[] line = ("Ca:" + "l".repeat(101)).getBytes(StandardCharsets.US_ASCII);
    LineParser parser = new LineParser(problem -> problems.add(problem.toString()));
    assertThrows(DataException.class, () -> parser.parse(line, 0, line.length, LINE_NUMBER));
    assertEquals(
        List.of("data line 12: bad name " + "l".repeat(100) + "... (label longer than 63 bytes)"),
        problems);
  }
}
