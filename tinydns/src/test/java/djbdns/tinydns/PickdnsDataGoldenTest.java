package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.tinydns.zone.ProblemSink;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * pickdns-data beside the original: {@code pickdns.golden} is what pickdns-data 1.05 made of the
 * first files of {@link PickGenerator}. See {@link PickdnsComparison}.
 */
final class PickdnsDataGoldenTest {
  static final int FILES = 40;

  @TempDir Path root;

  /** Exit code, last words and database in one line. */
  static String result(Path root, int exitCode, String fatalLine) throws IOException {
    Path database = root.resolve("data.cdb");
    String content =
        Files.isRegularFile(database)
            ? HexFormat.of().formatHex(Files.readAllBytes(database)).substring(2 * 2048)
            : "none";
    Files.deleteIfExists(database);
    return exitCode + "|" + fatalLine + "|" + content;
  }

  static String ours(Path root) throws IOException {
    try {
      PickdnsData.build(new Program("pickdns-data"), ProblemSink.NONE, root);
      return result(root, 0, "");
    } catch (Fatal e) {
      return result(root, e.exitCode(), e.getMessage());
    }
  }

  @Test
  void shouldCompileAsTheOriginalDid() throws IOException, URISyntaxException {
    Path golden = Path.of(getClass().getResource("/pickdns.golden").toURI());
    List<String> expected = Files.readAllLines(golden);
    assertEquals(FILES, expected.size());
    for (int seed = 0; seed < FILES; seed++) {
      String data = new PickGenerator(seed).file();
      Files.write(root.resolve("data"), data.getBytes(StandardCharsets.ISO_8859_1));
      assertEquals(expected.get(seed), ours(root), "seed " + seed + ":\n" + data);
    }
  }
}
