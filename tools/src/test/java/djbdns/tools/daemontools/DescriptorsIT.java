package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a chain program was given passes to the next one, under the same numbers, and no more. */
final class DescriptorsIT {
  /** Lists the descriptors of one process, its own for the list among them. */
  private static final List<String> LIST =
      List.of("find", "/proc/self/fd", "-mindepth", "1", "-printf", "%f %l\\n");

  @TempDir private Path directory;

  private Comparison comparison;

  @BeforeEach
  void makeDirectory() throws Exception {
    comparison = new Comparison(directory);
    Files.createDirectory(directory.resolve("env"));
    Files.writeString(directory.resolve("deleted"), "x");
  }

  private Execution same(String redirections, String chain) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("/bin/bash", "-c", redirections + "; exec \"$@\"", "bash"));
    words.addAll(List.of(chain.split(" ", -1)));
    words.addAll(LIST);
    return comparison.assertSame(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@envdir env",
        "@envuidgid nobody",
        "@softlimit -c 0",
        "@setlock lock",
        "@pgrphack",
        "@fghack",
        "@setlock lock @fghack @setlock -n lock2 @envdir env",
      })
  void shouldPassWhatWasGiven(String chain) throws Exception {
    same("true", chain);
    same("exec 6</dev/null 7<>/dev/null", chain);
    same("exec 3</dev/null 4</dev/null 5</etc/passwd 8>>log", chain);
    same("exec 3<deleted 10</etc/passwd 11</dev/null 63</dev/null 200</dev/null", chain);
    same("exec 4< <(sleep 0) 9> >(cat)", chain);
    same("exec 0<&-", chain);
  }

  @Test
  void shouldPassAFileThatHasBeenDeleted() throws Exception {
    Execution execution = same("echo >gone; exec 7<gone; rm gone", "@envdir env");
    assertTrue(execution.output().contains("(deleted)"), execution::output);
  }

  @Test
  void shouldPassManyDescriptors() throws Exception {
    same("for i in {3..120}; do eval \"exec $i</dev/null\"; done", "@envdir env");
    same("for i in {3..120..2}; do eval \"exec $i</dev/null\"; done", "@setlock lock @fghack");
  }
}
