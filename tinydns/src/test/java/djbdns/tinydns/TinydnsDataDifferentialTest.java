package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tinydns.zone.ProblemSink;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same files compiled by tinydns-data 1.05 and by ours: the same bytes, exit codes and last
 * words.
 */
class TinydnsDataDifferentialTest {
  private static final long MODIFIED_SECONDS = 1_795_000_000;

  /** Generated files; more by {@code -Dtinydns.data.files=100000}. */
  private static final int GENERATED_FILES = Integer.getInteger("tinydns.data.files", 250);

  /** Lines that have come to mean something since 1.05: mutation makes some. */
  private static final Pattern OF_TODAY =
      Pattern.compile("(?m)^([36SN_]|%[^:\n]*:[^:\n]*[/_]|:[^:\n]*:[^0-9:\n])");

  @TempDir private Path directory;

  @BeforeAll
  static void originalIsInstalled() {
    Original.assumeInstalled("tinydns-data");
  }

  private static Path corpusFile(String name) throws URISyntaxException {
    String resource = "/data/" + name + ".data";
    return Path.of(TinydnsDataDifferentialTest.class.getResource(resource).toURI());
  }

  static List<Path> corpus() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(corpusFile("empty").getParent())) {
      return files.sorted().toList();
    }
  }

  private void shouldCompileAlike(byte[] data, long modifiedSeconds, String what)
      throws IOException, InterruptedException {
    DataDirectory theirs = new DataDirectory(directory.resolve("theirs"));
    DataDirectory ours = new DataDirectory(directory.resolve("ours"));
    theirs.write(data, modifiedSeconds);
    ours.write(data, modifiedSeconds);
    assertEquals(theirs.compileByOriginal(), ours.compile(ProblemSink.NONE), what);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void shouldCompileTheCorpusAlike(Path file) throws IOException, InterruptedException {
    shouldCompileAlike(Files.readAllBytes(file), MODIFIED_SECONDS, file.toString());
  }

  @Test
  void shouldCompileGeneratedFilesAlike() throws IOException, InterruptedException {
    for (int seed = 0; seed < GENERATED_FILES; seed++) {
      byte[] data = new DataGenerator(seed).file();
      String text = new String(data, StandardCharsets.ISO_8859_1);
      if (!OF_TODAY.matcher(text).find()) {
        shouldCompileAlike(data, MODIFIED_SECONDS, "seed " + seed + ":\n" + text);
      }
    }
  }

  @Test
  void shouldCompileLongLinesAlike() throws IOException, InterruptedException {
    StringBuilder data = new StringBuilder();
    for (int length = 0; length < 900; length++) {
      data.append("'a:").append("x".repeat(length)).append('\n');
    }
    data.append("#").append("y".repeat(200_000)).append('\n');
    data.append(":a:99:").append("\\001".repeat(100_000));
    byte[] bytes = data.toString().getBytes(StandardCharsets.ISO_8859_1);
    shouldCompileAlike(bytes, MODIFIED_SECONDS, "long lines");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 0x7fffffffL, 0x80000000L, 0xffffffffL, 0x100000000L})
  void shouldTakeTheSerialFromTheTimeOfTheFile(long modifiedSeconds)
      throws IOException, InterruptedException {
    byte[] data = ".a:1.2.3.4:b\nZb:c:d\n".getBytes(StandardCharsets.US_ASCII);
    shouldCompileAlike(data, modifiedSeconds, "modified at " + modifiedSeconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"realistic", "error-type-soa", "error-leading-letter", "error-name-256", "crlf"})
  void shouldBehaveAlikeAsAProcess(String name) throws Exception {
    Path file = corpusFile(name);
    DataDirectory run = new DataDirectory(directory);
    run.write(Files.readAllBytes(file), MODIFIED_SECONDS);
    DataDirectory.Result theirs = run.compileByOriginal();
    run.write(Files.readAllBytes(file), MODIFIED_SECONDS);
    assertEquals(theirs, run.compileByProcess());
  }

  @Test
  void shouldFailAlikeWhenFilesAreInTheWay() throws IOException, InterruptedException {
    DataDirectory run = new DataDirectory(directory);
    assertEquals(run.compileByOriginal(), run.compile(ProblemSink.NONE));

    Files.createDirectory(directory.resolve("data"));
    assertEquals(run.compileByOriginal(), run.compile(ProblemSink.NONE));

    Files.delete(directory.resolve("data"));
    Files.writeString(directory.resolve("data"), "+a:1.2.3.4\n");
    Files.deleteIfExists(directory.resolve("data.tmp"));
    Files.createDirectory(directory.resolve("data.tmp"));
    assertEquals(run.compileByOriginal(), run.compile(ProblemSink.NONE));
  }

  @Test
  void shouldFailAlikeWhenTheDatabaseIsADirectory() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("data"), "+a:1.2.3.4\n");
    Files.createDirectory(directory.resolve("data.cdb"));
    Original.Outcome theirs = Original.run(directory, "tinydns-data");
    assertEquals(theirs, Original.runOurs(directory, TinydnsData.class));
    assertEquals(
        "tinydns-data: fatal: unable to move data.tmp to data.cdb: is a directory\n",
        theirs.stderr());
  }
}
