package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import djbdns.runtime.Program;
import djbdns.tinydns.pick.CompatPickLookup;
import djbdns.tinydns.pick.PickData;
import djbdns.tinydns.zone.ProblemSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * pickdns and pickdns-data beside the originals, which Debian has not: {@code
 * -Dtest=PickdnsComparison -Dpickdns.directory=D}, where D holds both compiled from djbdns-1.05. No
 * build runs this by itself. {@code -Dpickdns.golden=FILE} writes anew what {@link
 * PickdnsDataGoldenTest} expects.
 */
final class PickdnsComparison {
  private static final String DIRECTORY = System.getProperty("pickdns.directory", "");
  private static final String NEW_GOLDEN = System.getProperty("pickdns.golden", "");
  private static final int FILES = Integer.getInteger("pickdns.data.files", 500);
  private static final int GOLDEN_FILES = PickdnsDataGoldenTest.FILES;
  private static final int QUERIES = Integer.getInteger("djbdns.queries", 1500);
  private static final int DATA_FILES = 4;
  private static final int SAMPLE = 3;
  private static final List<String> CLIENTS =
      List.of("127.0.0.1", "127.1.1.1", "127.1.2.1", "127.2.2.2", "127.3.0.1", "127.9.0.1");

  @TempDir Path root;

  private String theirs() throws IOException, InterruptedException {
    List<String> command = List.of(Path.of(DIRECTORY, "pickdns-data").toString());
    Original.Outcome outcome = Original.run(root, command);
    return PickdnsDataGoldenTest.result(root, outcome.exitCode(), outcome.fatalLine());
  }

  private String ours() throws IOException {
    return PickdnsDataGoldenTest.ours(root);
  }

  private void write(String data) throws IOException {
    Files.write(root.resolve("data"), data.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void assumeOriginal() {
    assumeTrue(!DIRECTORY.isEmpty(), "-Dpickdns.directory does not say where pickdns 1.05 is");
  }

  @Test
  void shouldCompileGeneratedFilesAlike() throws IOException, InterruptedException {
    assumeOriginal();
    for (int seed = 0; seed < FILES; seed++) {
      String data = new PickGenerator(seed).file();
      write(data);
      assertEquals(theirs(), ours(), "seed " + seed + ":\n" + data);
    }
  }

  @Test
  void shouldWriteTheGoldenFile() throws IOException, InterruptedException {
    assumeOriginal();
    assumeTrue(!NEW_GOLDEN.isEmpty(), "-Dpickdns.golden does not ask for it");
    StringBuilder golden = new StringBuilder();
    for (int seed = 0; seed < GOLDEN_FILES; seed++) {
      write(new PickGenerator(seed).file());
      golden.append(theirs()).append('\n');
    }
    Files.writeString(Path.of(NEW_GOLDEN), golden);
  }

  @Test
  void shouldAnswerAndLogAsTheOriginal() throws Exception {
    assumeOriginal();
    Path server = Path.of(DIRECTORY, "pickdns");
    OriginalServer.assumeAvailable(server);
    // The original reads data.cdb as another user.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    SideBySide sideBySide = new SideBySide(CLIENTS, SAMPLE);
    for (long seed = 1; seed <= DATA_FILES; seed++) {
      write(new PickGenerator(seed).goodFile());
      PickdnsData.build(new Program("pickdns-data"), ProblemSink.NONE, root);
      QueryGenerator queries = new QueryGenerator(seed, PickGenerator.names());
      try (PickData data = PickData.load(root.resolve("data.cdb"), seed);
          OriginalServer original =
              OriginalServer.start(server, SideBySide.ORIGINAL_IP, root, "")) {
        sideBySide.compare(original, () -> answers(data), queries, QUERIES, seed);
      }
    }
  }

  private static PickAnswers answers(PickData data) {
    PickAnswers answers = new PickAnswers(new CompatPickLookup(new SplittableRandom(1)));
    answers.use(data);
    return answers;
  }
}
