package djbdns.tinydns.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.wire.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same rules compiled by tcprules of ucspi-tcp 0.88 and by ours: the same bytes, exit codes and
 * last words. What only ours takes are rules for IPv6.
 */
class TcprulesDifferentialTest {
  /** Generated files; more by {@code -Dtcprules.files=100000}. */
  private static final int FILES = Integer.getInteger("tcprules.files", 1000);

  private static final String UNABLE = "tcprules: fatal: unable to parse this line: ";

  /** What a run left behind; the database is in hexadecimal. */
  private record Result(int exitCode, String lastWords, Optional<String> database) {}

  @TempDir private Path directory;

  @BeforeAll
  static void originalIsInstalled() {
    Ucspi.assumeInstalled("tcprules");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Result result(int exitCode, String lastWords) throws IOException {
    Path database = directory.resolve("cdb");
    Optional<String> content =
        Files.isRegularFile(database)
            ? Optional.of(HexFormat.of().formatHex(Files.readAllBytes(database)))
            : Optional.empty();
    Files.deleteIfExists(database);
    Files.deleteIfExists(directory.resolve("tmp"));
    return new Result(exitCode, lastWords, content);
  }

  private Result theirs(String rules) throws IOException, InterruptedException {
    Ucspi.Outcome outcome =
        Ucspi.run(directory, Ucspi.original("tcprules", "cdb", "tmp"), Map.of(), bytes(rules));
    return result(outcome.exitCode(), excerpt(outcome.lastWords()));
  }

  /** Ours does not repeat all of a long line, nor its control characters. */
  private static String excerpt(String lastWords) {
    return lastWords.startsWith(UNABLE)
        ? UNABLE + Excerpt.of(lastWords.substring(UNABLE.length()))
        : lastWords;
  }

  private Result ours(String rules) throws IOException {
    String[] files = {directory.resolve("cdb").toString(), directory.resolve("tmp").toString()};
    try {
      Tcprules.run(new Program("tcprules"), files, new ByteArrayInputStream(bytes(rules)));
      return result(0, "");
    } catch (Fatal e) {
      return result(e.exitCode(), e.getMessage());
    }
  }

  @Test
  void shouldCompileGeneratedFilesAlike() throws IOException, InterruptedException {
    int good = 0;
    for (int seed = 0; seed < FILES; seed++) {
      String rules = new RuleGenerator(seed).file();
      Result theirs = theirs(rules);
      assertEquals(theirs, ours(rules), "seed " + seed + ":\n" + rules);
      good += theirs.exitCode() == 0 ? 1 : 0;
    }
    assertTrue(good > FILES / 4 && good < FILES, "good files: " + good);
  }

  @Test
  void shouldCompileLongLinesAlike() throws IOException, InterruptedException {
    String rules = "1.2.3.4:allow,A=\"" + "x".repeat(200_000) + "\"\n1.0-255.:deny\n";
    assertEquals(theirs(rules), ours(rules));
    String wrong = "1.2.3.4:allow,A=\"" + "x".repeat(200_000) + "\n";
    assertEquals(theirs(wrong), ours(wrong));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.:allow,AXFR=\"a.test/b.test\"\n:deny\n", "1:allow,\u00e4\n"})
  void shouldBehaveAlikeAsAProcess(String rules) throws IOException, InterruptedException {
    Result theirs = theirs(rules);
    Ucspi.Outcome ours =
        Ucspi.run(directory, Ucspi.ours(Tcprules.class, "cdb", "tmp"), Map.of(), bytes(rules));
    assertEquals(theirs, result(ours.exitCode(), ours.lastWords()));
    assertEquals("", ours.stdout());
  }

  @Test
  void shouldFailAlikeWhenFilesAreInTheWay() throws IOException, InterruptedException {
    Files.createDirectory(directory.resolve("d"));
    List<List<String>> commandLines =
        List.of(
            List.of(),
            List.of("cdb"),
            List.of("cdb", "no/tmp"),
            List.of("no/cdb", "tmp"),
            List.of("d", "tmp"),
            List.of("cdb", "d"),
            List.of("cdb", "tmp", "more"));
    for (List<String> line : commandLines) {
      String[] arguments = line.toArray(String[]::new);
      byte[] rules = bytes(":allow\n");
      Ucspi.Outcome theirs =
          Ucspi.run(directory, Ucspi.original("tcprules", arguments), Map.of(), rules);
      Ucspi.Outcome ours =
          Ucspi.run(directory, Ucspi.ours(Tcprules.class, arguments), Map.of(), rules);
      assertEquals(theirs, ours, line.toString());
    }
  }

  @Test
  void shouldTakeIpv6WhereTheOriginalRefuses() throws IOException, InterruptedException {
    String rules = "2001:db8::1:allow\n";
    assertEquals(100, theirs(rules).exitCode());
    assertEquals(0, ours(rules).exitCode());
  }
}
