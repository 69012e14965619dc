package djbdns.tinydns.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.ResourceRecord;
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

  private static void assertRefused(String message, String... lines) {
    MemoryFiles files = new MemoryFiles().with("zone", lines);
    assertEquals(message, assertThrows(MasterException.class, files::read).getMessage());
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
  void shouldRefuseAnIncludedFileThatBeginsWithoutAnyOwner() {
    MemoryFiles files = new MemoryFiles().with("zone", "$INCLUDE b").with("b", " 60 A 192.0.2.2");
    assertEquals(
        "b:1: first record has no owner",
        assertThrows(MasterException.class, files::read).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ef\u00bb\u00bf$TTL 60",
        "\u00ef\u00bb\u00bf; comment",
        "\u00fe\u00ff\0@",
        "\u00ff\u00fe@\0"
      })
  void shouldSayThatAFileBeginsWithAByteOrderMark(String line) {
    MemoryFiles files = new MemoryFiles().with("zone", line, "a 60 A 192.0.2.1");
    assertEquals(
        "zone:1: file begins with a byte order mark: save it as ASCII, or as UTF-8 without a mark",
        assertThrows(MasterException.class, files::read).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr\\ ", "tr\\ ;comment", "( tr\\  )", "tr\\  ", "tr\\032", "\"tr \""})
  void shouldKeepABlankThatIsEscapedAtTheEnd(String text) throws Exception {
    assertEquals(List.of("1 example.org. 60 IN TXT \"tr \""), records("@ 60 TXT " + text));
  }

  @Test
  void shouldRefuseFilesThatIncludeThemselves() {
    MemoryFiles files = new MemoryFiles().with("zone", "$INCLUDE b").with("b", "$INCLUDE zone");
    assertEquals(
        "b:1: file includes itself: zone",
        assertThrows(MasterException.class, files::read).getMessage());
  }

  @Test
  void shouldRefuseDeepIncludes() {
    MemoryFiles files = new MemoryFiles().with("zone", "$INCLUDE 1");
    for (int i = 1; i <= 20; i++) {
      files.with(String.valueOf(i), "$INCLUDE " + (i + 1));
    }
    assertEquals(
        "20:1: files are included more than 20 deep",
        assertThrows(MasterException.class, files::read).getMessage());
  }

  @Test
  void shouldSayWhereAMissingFileIsIncluded() {
    MemoryFiles files = new MemoryFiles().with("zone", "", "$INCLUDE gone");
    MasterException failure = assertThrows(MasterException.class, files::read);
    assertEquals("zone:2: unable to open gone", failure.getMessage());
    assertTrue(failure.fileError().isPresent());
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
        "x 60 A 192.0.2.256 | bad address: 192.0.2.256",
        "x A 192.0.2.1 | record has no ttl, nor is there one before it",
        "x 60 NOTYPE 192.0.2.1 | unknown type: NOTYPE",
        "x 60 CH A 192.0.2.1 | class is not IN: CH",
        "x 4294967296 A 192.0.2.1 | bad ttl: 4294967296",
        "x 1h30 A 192.0.2.1 | bad ttl: 1h30",
        "x 60 A | record data ends too early",
        "x 60 A 192.0.2.1 192.0.2.2 | more than the data of A: 192.0.2.2",
        "x 60 TXT \"a | quote is not closed on its line",
        "x 60 TXT ( a | parenthesis is never closed",
        "x 60 TXT a ) | parenthesis was never opened",
        "x 60 TXT a\\ | backslash at the end of a line",
        "x..y 60 A 192.0.2.1 | label of 0 bytes in name: x..y",
        "$TTL | record data ends too early",
        "$TTL 1 2 | more than belongs there: 2",
        "$NEXT x | unknown directive: $NEXT",
        "$ORIGIN a..b | label of 0 bytes in name: a..b",
        "$GENERATE 1-2 x$ | record data ends too early",
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
  void shouldSayWhatIsWrong(String line, String what) {
    assertRefused("zone:1: " + what, line);
  }

  @Test
  void shouldNameTheFirstLineOfAnEntry() {
    assertRefused("zone:2: bad time: x", "", "@ 60 SOA a b ( 1", "2 3", "4 x )");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", "   ", "\t; x", "\r"})
  void shouldFindNoRecordInLinesWithoutWords(String line) throws Exception {
    assertEquals(List.of(), records(line));
  }

  @Test
  void shouldBoundTheLengthOfEntries() {
    String[] lines = new String[70_000];
    Arrays.fill(lines, "0123456789abcdef");
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
