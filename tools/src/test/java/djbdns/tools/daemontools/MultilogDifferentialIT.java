package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same scripts and inputs for our multilog and the original: the same directories with the same
 * bytes in the same files. {@code -Ddjbdns.scripts} says how many, {@code -Ddjbdns.seed} which.
 */
final class MultilogDifferentialIT {
  private static final int SCRIPTS = Integer.getInteger("djbdns.scripts", 20);
  private static final long SEED = Long.getLong("djbdns.seed", 1);

  @TempDir private Path temporary;

  /** What one of the programs made of an input, and what it said. */
  private record Outcome(Command.Result result, SortedMap<String, String> files) {}

  private Outcome run(Command subject, String name, Path input, List<String> script)
      throws Exception {
    Path directory = Files.createDirectory(temporary.resolve(name));
    Command.Result result = subject.run(directory, input, Map.of(), script);
    Command.Result comparable =
        new Command.Result(
            result.exitCode(), result.output(), LogTree.withoutStamps(result.error()));
    SortedMap<String, String> files = new TreeMap<>();
    LogTree.describe(directory)
        .forEach((path, text) -> files.put(path, text.replace(directory.toString(), "DIRECTORY")));
    return new Outcome(comparable, files);
  }

  @Test
  void shouldWriteWhatTheOriginalWrites() throws Exception {
    for (int i = 0; i < SCRIPTS; i++) {
      long seed = SEED + i;
      MultilogGenerator generator = new MultilogGenerator(seed);
      List<String> script = generator.script();
      Path input = Files.write(temporary.resolve("input"), generator.input());
      Outcome original = run(Command.original("multilog"), "original" + i, input, script);
      Outcome ours = run(Command.ours("multilog"), "ours" + i, input, script);
      String what = "seed " + seed + ": multilog " + String.join(" ", script);
      assertEquals(original.result(), ours.result(), what);
      assertEquals(original.files().keySet(), ours.files().keySet(), what);
      for (Map.Entry<String, String> file : original.files().entrySet()) {
        assertEquals(file.getValue(), ours.files().get(file.getKey()), what + ": " + file.getKey());
      }
    }
  }
}
