package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.rbl.CompatRblLookup;
import djbdns.tinydns.rbl.RblData;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * rbldns and rbldns-data beside the originals: the same packets, log lines, databases, messages.
 */
final class RbldnsDifferentialTest {
  private static final int FILES = Integer.getInteger("rbldns.data.files", 500);
  private static final int QUERIES = Integer.getInteger("djbdns.queries", 1500);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final int DATA_FILES = 3;

  private record Result(int exitCode, String fatalLine, Optional<String> database) {}

  @TempDir Path root;

  private Result result(int exitCode, String fatalLine) throws IOException {
    Path database = root.resolve("data.cdb");
    Optional<String> content =
        Files.isRegularFile(database)
            ? Optional.of(HexFormat.of().formatHex(Files.readAllBytes(database)))
            : Optional.empty();
    Files.deleteIfExists(database);
    return new Result(exitCode, fatalLine, content);
  }

  private Result theirs() throws IOException, InterruptedException {
    Original.Outcome outcome = Original.run(root, "rbldns-data");
    return result(outcome.exitCode(), outcome.fatalLine());
  }

  private Result ours() throws IOException {
    try {
      RbldnsData.build(new Program("rbldns-data"), ProblemSink.NONE, root);
      return result(0, "");
    } catch (Fatal e) {
      return result(e.exitCode(), e.getMessage());
    }
  }

  private void write(String data) throws IOException {
    Files.write(root.resolve("data"), data.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void shouldCompileGeneratedFilesAlike() throws IOException, InterruptedException {
    Original.assumeInstalled("rbldns-data");
    for (int seed = 0; seed < FILES; seed++) {
      String data = new ListGenerator(seed).file();
      write(data);
      assertEquals(theirs(), ours(), "seed " + seed + ":\n" + data);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8\n:127.0.0.3:Listed: $\n", "10.0.0.1\nx\n", ":1.2.3.4\n"})
  void shouldBehaveAlikeAsAProcess(String data) throws IOException, InterruptedException {
    Original.assumeInstalled("rbldns-data");
    write(data);
    Result theirs = theirs();
    Original.Outcome ours = Original.runOurs(root, RbldnsData.class);
    assertEquals(theirs, result(ours.exitCode(), ours.fatalLine()));
  }

  @Test
  void shouldFailAlikeWhenFilesAreInTheWay() throws IOException, InterruptedException {
    Original.assumeInstalled("rbldns-data");
    assertEquals(theirs(), ours());
    Files.createDirectory(root.resolve("data"));
    assertEquals(theirs(), ours());
    Files.delete(root.resolve("data"));
    write("1.2.3.4\n");
    Files.deleteIfExists(root.resolve("data.tmp"));
    Files.createDirectory(root.resolve("data.tmp"));
    assertEquals(theirs(), ours());
  }

  @Test
  void shouldAnswerAndLogAsTheOriginal() throws Exception {
    OriginalServer.assumeAvailable("rbldns");
    // The original reads data.cdb as another user.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    SideBySide sideBySide = new SideBySide(List.of("127.0.0.1"), 2);
    for (long seed = SEED; seed < SEED + DATA_FILES; seed++) {
      ListGenerator list = new ListGenerator(seed);
      // Too short to be found.
      write("10.0.0.0/7\n" + list.goodFile());
      OriginalServer.compile("rbldns-data", root);
      QueryGenerator queries = new QueryGenerator(seed, list.names());
      try (RblData data = RblData.load(root.resolve("data.cdb"));
          OriginalServer original =
              OriginalServer.start("rbldns", SideBySide.ORIGINAL_IP, root, ListGenerator.BASE)) {
        sideBySide.compare(original, () -> answers(data), queries, QUERIES, seed);
      }
    }
  }

  private static RblAnswers answers(RblData data) {
    try {
      RblAnswers answers = new RblAnswers(new CompatRblLookup(Name.parse(ListGenerator.BASE)));
      answers.use(data);
      return answers;
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }
}
