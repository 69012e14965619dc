package djbdns.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.message.ResourceRecord;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterReaderTest {
  private static List<String> records(String... lines) throws Exception {
    return new MemoryFiles().with("zone", lines).read().records();
  }

  private static void assertRefused(String message, String... lines) throws Exception {
    assertErrors(new MemoryFiles().with("zone", lines), message);
  }

  private static void assertErrors(MemoryFiles files, String... messages) throws Exception {
    assertEquals(List.of(messages), files.read().errors());
  }

  @Test
  void shouldReadOwnersRelativeAbsoluteAndBlank() throws Exception {
    assertEquals(
        List.of(
            "1 www.example.org. 60 IN A 192.0.2.1",
            "2 www.example.org. 60 IN A 192.0.2.2",
            "3 example.org. 60 IN A 192.0.2.3",
            "4 www.example.net. 60 IN A 192.0.2.4"),
        records(
            "www 60 A 192.0.2.1",
            "\t60 A 192.0.2.2",
            "@ 60 A 192.0.2.3",
            "www.example.net. 60 A 192.0.2.4"));
  }

  @Test
  void shouldReadTtlAndClassInAnyOrder() throws Exception {
    List<String> expected = List.of("1 x.example.org. 5400 IN A 192.0.2.1");
    for (String head : List.of("1h30m IN", "IN 1H30M", "5400", "in 5400", "CLASS1 90m")) {
      assertEquals(expected, records("x " + head + " A 192.0.2.1"));
    }
  }

  @Test
  void shouldTakeTypesAndClassesForOwnersInTheFirstColumn() throws Exception {
    assertEquals(
        List.of(
            "1 IN.example.org. 60 IN A 192.0.2.1",
            "2 60.example.org. 60 IN A 192.0.2.2",
            "3 A.example.org. 60 IN A 192.0.2.3"),
        records("IN 60 A 192.0.2.1", "60 60 A 192.0.2.2", "A 60 A 192.0.2.3"));
  }

  @Test
  void shouldReadEntriesOfSeveralLines() throws Exception {
    assertEquals(
        List.of("2 example.org. 60 IN TXT \"a\" \"b;\" \"c\"", "6 example.org. 60 IN TXT \"d\""),
        records("; first", "@ 60 TXT ( a ; (", "\"b;\"", "", "c)", "@ 60 TXT d"));
  }

  @Test
  void shouldGiveOriginAndOwnerBackAfterAnIncludedFile() throws Exception {
    List<String> records =
        new MemoryFiles()
            .with(
                "zone",
                "$TTL 60",
                "a A 192.0.2.1",
                "$INCLUDE other sub",
                " A 192.0.2.3",
                "b A 192.0.2.4")
            .with("other", "x A 192.0.2.2", "$ORIGIN y", "$TTL 70")
            .read()
            .records();
    assertEquals(
        List.of(
            "2 a.example.org. 60 IN A 192.0.2.1",
            "1 x.sub.example.org. 60 IN A 192.0.2.2",
            "4 a.example.org. 70 IN A 192.0.2.3",
            "5 b.example.org. 70 IN A 192.0.2.4"),
        records);
  }

  /** As BIND and NSD do, whatever the file's origin is. */
  @Test
  void shouldLetAnIncludedFileBeginWithTheLastOwner() throws Exception {
    MemoryFiles files =
        new MemoryFiles()
            .with("zone", "a 60 A 192.0.2.1", "$INCLUDE b sub")
            .with("b", " A 192.0.2.2", "a A 192.0.2.3");
    assertEquals(
        List.of(
            "1 a.example.org. 60 IN A 192.0.2.1",
            "1 a.example.org. 60 IN A 192.0.2.2",
            "2 a.sub.example.org. 60 IN A 192.0.2.3"),
        files.read().records());
  }

  @Test
  void shouldRefuseAnIncludedFileThatBeginsWithoutAnyOwner() throws Exception {
    MemoryFiles files = new MemoryFiles().with("zone", "$INCLUDE b").with("b", " 60 A 192.0.2.2");
    assertErrors(files, "b:1: first record has no owner");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ef\u00bb\u00bf$TTL 60",
        "\u00ef\u00bb\u00bf; comment",
        "\u00fe\u00ff\0@",
        "\u00ff\u00fe@\0"
      })
  void shouldSayThatAFileBeginsWithAByteOrderMark(String line) throws Exception {
    MemoryFiles files = new MemoryFiles().with("zone", line, "a 60 A 192.0.2.1");
    assertErrors(
        files,
        "zone:1: file begins with a byte order mark: save it as ASCII, or as UTF-8 without a mark");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr\\ ", "tr\\ ;comment", "( tr\\  )", "tr\\  ", "tr\\032", "\"tr \""})
  void shouldKeepABlankThatIsEscapedAtTheEnd(String text) throws Exception {
    assertEquals(List.of("1 example.org. 60 IN TXT \"tr \""), records("@ 60 TXT " + text));
  }

  @Test
  void shouldRefuseFilesThatIncludeThemselves() throws Exception {
    MemoryFiles files = new MemoryFiles().with("zone", "$INCLUDE b").with("b", "$INCLUDE zone");
    assertErrors(files, "b:1: file includes itself: zone");
  }

  @Test
  void shouldRefuseDeepIncludes() throws Exception {
    MemoryFiles files = new MemoryFiles().with("zone", "$INCLUDE 1");
    for (int i = 1; i <= 20; i++) {
      files.with(String.valueOf(i), "$INCLUDE " + (i + 1));
    }
    assertErrors(files, "20:1: files are included more than 20 deep");
  }

  @Test
  void shouldSayWhereAMissingFileIsIncluded() throws Exception {
    MemoryFiles files = new MemoryFiles().with("zone", "", "$INCLUDE gone");
    assertErrors(files, "zone:2: unable to open gone");
    assertEquals(1, files.fileErrors().size());
  }

  @Test
  void shouldTakeTtlsFromWhereverThereAreAny() throws Exception {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "zone",
                "@ SOA a b 1 2 3 4 77",
                "x A 192.0.2.1",
                "y 5 A 192.0.2.2",
                "z A 192.0.2.3",
                "$TTL 6",
                "z A 192.0.2.4")
            .read();
    assertEquals(
        List.of(
            "1 example.org. 77 IN SOA a.example.org. b.example.org. 1 2 3 4 77",
            "2 x.example.org. 77 IN A 192.0.2.1",
            "3 y.example.org. 5 IN A 192.0.2.2",
            "4 z.example.org. 77 IN A 192.0.2.3",
            "6 z.example.org. 6 IN A 192.0.2.4"),
        files.records());
    assertEquals(List.of("zone:1: no ttl and no $TTL: the minimum of the SOA"), files.warnings());
  }

  @Test
  void shouldWarnOnceOfTtlsOfRecordsBefore() throws Exception {
    MemoryFiles files =
        new MemoryFiles().with("zone", "x 5 A 192.0.2.1", "y A 192.0.2.2", "y A 192.0.2.3").read();
    assertEquals(3, files.records().size());
    assertEquals(List.of("zone:2: no ttl and no $TTL: that of a record before"), files.warnings());
  }

  /** RFC 2181, 8. */
  @Test
  void shouldCountATtlOf32BitsAs0() throws Exception {
    MemoryFiles files =
        new MemoryFiles()
            .with("zone", "x 2147483648 A 192.0.2.1", "$TTL 4294967295", "y A 192.0.2.2")
            .read();
    assertEquals(
        List.of("1 x.example.org. 0 IN A 192.0.2.1", "3 y.example.org. 0 IN A 192.0.2.2"),
        files.records());
    assertEquals(
        List.of(
            "zone:1: ttl above 2147483647 counts as 0: 2147483648",
            "zone:2: ttl above 2147483647 counts as 0: 4294967295"),
        files.warnings());
  }

  @Test
  void shouldTakeAnEscapedLineEndInQuotesForACharacter() throws Exception {
    assertEquals(
        List.of("1 a.example.org. 60 IN TXT \"b\\010c\"", "3 a.example.org. 60 IN A 192.0.2.1"),
        records("a 60 TXT \"b\\", "c\"", "a 60 A 192.0.2.1"));
  }

  @Test
  void shouldEndLinesAtCarriageReturns() throws Exception {
    assertEquals(
        List.of(
            "1 a.example.org. 60 IN A 192.0.2.1",
            "2 b.example.org. 60 IN A 192.0.2.2",
            "4 b.example.org. 60 IN TXT \"c\" \"d\"",
            "6 d.example.org. 60 IN A 192.0.2.3"),
        records(
            "a 60 A 192.0.2.1\rb 60 A 192.0.2.2\r\r\n 60 TXT ( c ; x\rx\r\nd )\rd 60 A 192.0.2.3\r"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x 60 A 192.0.2.256 | A: address: not an IPv4 address: 192.0.2.256",
        "x A 192.0.2.1 | record has no ttl, nor is there one before it",
        "x 60 NOTYPE 192.0.2.1 | unknown type: NOTYPE",
        "x 60 CH A 192.0.2.1 | class is not IN: CH",
        "x 4294967296 A 192.0.2.1 | bad ttl: 4294967296",
        "x 1h30 A 192.0.2.1 | bad ttl: 1h30",
        "x 60 A | A: address: missing",
        "x 60 A 192.0.2.1 192.0.2.2 | A: more than belongs there: 192.0.2.2",
        "x 60 TXT \"a | quote is not closed on its line",
        "x 60 TXT ( a | parenthesis is never closed",
        "x 60 TXT a ) | parenthesis was never opened",
        "x 60 TXT a\\ | backslash at the end of a line",
        "x..y 60 A 192.0.2.1 | label of 0 bytes in name: x..y",
        "$TTL | nothing follows $TTL",
        "x 60 MX 10 | MX: exchange: missing",
        "x 60 MX 70000 a | MX: preference: not a number from 0 to 65535: 70000",
        "x 60 TXT \\999 | TXT: text: bad escape: \\999",
        "x 60 | record has no type",
        "$include | nothing follows $INCLUDE",
        "$INCLUDE ; x | nothing follows $INCLUDE",
        "$INCLUDE \"\" | $INCLUDE names no file",
        "$TTL 1 2 | more than belongs there: 2",
        "$NEXT x | unknown directive: $NEXT",
        "$ORIGIN a..b | label of 0 bytes in name: a..b",
        "$GENERATE 1-2 | nothing follows the range",
        "$GENERATE 1-2 x$ | record has no type",
        "$GENERATE 2-1 x$ 60 A 10.0.0.$ | bad range: 2-1",
        "$GENERATE 1-2/0 x$ 60 A 10.0.0.$ | bad range: 1-2/0",
        "$GENERATE -1-2 x$ 60 A 10.0.0.$ | bad range: -1-2",
        "$GENERATE 1-2 x${1 60 A 10.0.0.$ | brace is never closed: x${1",
        "$GENERATE 1-2 x${1,2,y} 60 A 10.0.0.$ | bad format: {1,2,y}",
        "$GENERATE 1-2 x${2147483647} 60 A 10.0.0.$ | bad format: {2147483647}",
        "$GENERATE 1-2 x${0,128} 60 A 10.0.0.$ | bad format: {0,128}",
        "$GENERATE 0-1000000 x$ 60 A 10.0.0.1"
            + " | range makes more than 1000000 records: 0-1000000",
      })
  void shouldSayWhatIsWrong(String line, String what) throws Exception {
    assertRefused("zone:1: " + what, line);
  }

  @Test
  void shouldNameTheFirstLineOfAnEntry() throws Exception {
    assertRefused(
        "zone:2: SOA: minimum: not a time in seconds: x", "", "@ 60 SOA a b ( 1", "2 3", "4 x )");
  }

  @Test
  void shouldReportEveryErrorAndNothingThatFollowsFromIt() throws Exception {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "zone",
                "$TTL x",
                "a..b A 192.0.2.1",
                " A 192.0.2.2",
                " MX 10",
                "c A 192.0.2.3",
                "$ORIGIN d..e",
                "f A 192.0.2.256",
                "g A 192.0.2.4",
                "$ORIGIN h.",
                "$INCLUDE gone",
                "$INCLUDE other",
                "i NOTYPE",
                "j 60 A 192.0.2.5")
            .with("other", "k 60 MX", "$GENERATE 1-9 l$ A 192.0.2.25$")
            .read();
    assertEquals(
        List.of(
            "zone:1: bad ttl: x",
            "zone:2: label of 0 bytes in name: a..b",
            "zone:4: MX: exchange: missing",
            "zone:6: label of 0 bytes in name: d..e",
            "zone:7: A: address: not an IPv4 address: 192.0.2.256",
            "zone:10: unable to open gone",
            "other:1: MX: preference: missing",
            "other:2: A: address: not an IPv4 address: 192.0.2.256",
            "zone:12: unknown type: NOTYPE"),
        files.errors());
    assertEquals(List.of("13 j.h. 60 IN A 192.0.2.5"), files.records());
    assertEquals(List.of(), files.warnings());
  }

  @Test
  void shouldGoOnBehindEntriesWithoutEnd() throws Exception {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "zone",
                "@ 60 SOA a b ( 1",
                "  2 \"3 ; x",
                "  4 5 )",
                "  60 A 192.0.2.256",
                "",
                "a 60 TXT \"b",
                " 60 A 192.0.2.1",
                "c 60 TXT d\\",
                "d 60 A 192.0.2.2 ) e",
                "e 60 A 192.0.2.3\r\r",
                "f 60 TXT ( g",
                "h 60 A 192.0.2.4")
            .read();
    assertEquals(
        List.of(
            "zone:1: quote is not closed on its line",
            "zone:6: quote is not closed on its line",
            "zone:8: backslash at the end of a line",
            "zone:9: parenthesis was never opened",
            "zone:12: parenthesis is never closed"),
        files.errors());
    assertEquals(List.of("10 e.example.org. 60 IN A 192.0.2.3"), files.records());
  }

  @Test
  void shouldStopAfterTwentyErrors() throws Exception {
    MemoryFiles files = new MemoryFiles().with("other", "x".repeat(40).split("", -1));
    MasterReader reader = files.with("zone", "$INCLUDE other", "y").reader(files);
    reader.read(files.open("zone"), "zone");
    assertEquals(20, files.errors().size());
    assertEquals("other:20: record has no type", files.errors().getLast());
    assertTrue(reader.hasMoreErrors());
    files = new MemoryFiles().with("zone", "x".repeat(19).split("", -1));
    reader = files.reader(files);
    reader.read(files.open("zone"), "zone");
    assertEquals(19, files.errors().size());
    assertFalse(reader.hasMoreErrors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s 60 A 192.0.2.1",
        "x %s A 192.0.2.1",
        "x 60 %s",
        "x 60 A %s",
        "x 60 A 192.0.2.1 %s",
        "x 60 NS %s",
        "x 60 TXT %s",
        "x 60 CAA 0 %s a",
        "x 60 HTTPS 1 . %s",
        "x 60 TXT \\# 1 %s",
        "x 60 LOC %s",
        "$%s",
        "$TTL %s",
        "$ORIGIN %s",
        "$INCLUDE %s",
        "$GENERATE %s",
        "$GENERATE 1-2 ${%s",
        "$GENERATE 1-2 ${%s}",
      })
  void shouldNotRepeatLongWords(String line) throws Exception {
    for (String word : List.of("x".repeat(100_000), "1".repeat(100_000))) {
      List<String> errors = new MemoryFiles().with("zone", line.formatted(word)).read().errors();
      assertEquals(1, errors.size());
      assertTrue(errors.getFirst().length() < 180, errors.getFirst());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x 60 TXT v=DKIM1; k=rsa; p=MIIB | zone:1: TXT: k=",
        "x 60 TXT v=DMARC1 ;p = none | zone:1: TXT: p=",
        "x 60 SPF v=spf1 a -all; x-y=1 | zone:1: SPF: x-y=",
        "x 60 TXT \"a\" b; c=d | zone:1: TXT: c=",
        "$GENERATE 1-2 x$ 60 TXT v=1; c=d | zone:1: TXT: c=",
        "x 60 TXT foo;bar baz | zone:1: TXT: bar",
        "x 60 SPF v=spf1;foo | zone:1: SPF: foo",
        "x 60 TXT \"foo\";bar | zone:1: TXT: bar",
        "x 60 TXT \"foo\"; remark |",
        "x 60 TXT \"foo\" ;remark |",
        "x 60 TXT foo ;remark |",
        "x 60 TXT foo; |",
        "x 60 A 192.0.2.1;remark |",
        "x 60 TXT \"v=DKIM1\" ; k=rsa |",
        "x 60 TXT \"v=DKIM1; k=rsa\" |",
        "x 60 TXT v=DKIM1\\; k=rsa |",
        "x 60 TXT v=DKIM1 ; the first key |",
        "x 60 A 192.0.2.1 ; k=rsa |",
        "x 60 TXT ( ; k=rsa ` b ) |",
        "x 60 CAA 0 issue a; k=rsa |",
      })
  void shouldWarnOfTextThatASemicolonHides(String line, String warning) throws Exception {
    MemoryFiles files = new MemoryFiles().with("zone", line.split("`", -1)).read();
    assertEquals(List.of(), files.errors());
    assertEquals(
        warning == null
            ? List.of()
            : List.of(warning + " is left out: a semicolon without quotes starts a comment"),
        files.warnings());
  }

  @Test
  void shouldNameTheLineOfTheSemicolon() throws Exception {
    MemoryFiles files =
        new MemoryFiles().with("zone", "x 60 TXT ( a", "v=DKIM1; k=rsa", "p=x; t=s )", ")").read();
    assertEquals(
        List.of("zone:2: TXT: k= is left out: a semicolon without quotes starts a comment"),
        files.warnings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", "   ", "\t; x", "\r"})
  void shouldFindNoRecordInLinesWithoutWords(String line) throws Exception {
    assertEquals(List.of(), records(line));
  }

  @Test
  void shouldBoundTheLengthOfEntries() throws Exception {
    String[] lines = new String[70_000];
    Arrays.fill(lines, " 0123456789abcdef");
    lines[0] = "@ 60 TXT (";
    assertRefused("zone:1: entry is longer than 1048576 bytes", lines);
  }

  @Test
  void shouldMakeAMillionRecordsOfOneLine() throws Exception {
    AtomicLong count = new AtomicLong();
    new MemoryFiles()
        .with("zone", "$GENERATE 0-999999 $ 60 A 10.0.0.1")
        .read(
            new MasterSink() {
              @Override
              public void record(Position position, ResourceRecord record) {
                count.incrementAndGet();
              }

              @Override
              public void warn(Position position, String what) {
                throw new AssertionError(what);
              }

              @Override
              public void error(MasterException error) {
                throw new AssertionError(error);
              }
            });
    assertEquals(1_000_000, count.get());
  }

  /** BIND 9.18 prints these. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$ | 10",
        "x$y | x10y",
        "${5} | 15",
        "${-20} | -10",
        "${0,4} | 0010",
        "${-20,4} | -010",
        "${0,4,d} | 0010",
        "${0,4,o} | 0012",
        "${0,4,x} | 000a",
        "${0,4,X} | 000A",
        "${0,0,n} | a",
        "${240,0,n} | a.f",
        "${0,7,n} | a.0.0.0",
        "${0,8,N} | A.0.0.0.",
        "$$ | $",
        "\\$ | \\$",
        "\\\\$ | \\\\10",
      })
  void shouldPutNumbersIntoText(String text, String result) throws Exception {
    assertEquals(result, new RangeTemplate(text).at(10));
  }
}
