package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UtimeTest {
  @TempDir private Path directory;

  private static Outcome run(String... args) {
    String[] words = new String[1 + args.length];
    words[0] = "utime";
    System.arraycopy(args, 0, words, 1, args.length);
    return Commands.ours(new Invocation(Map.of(), words));
  }

  @ParameterizedTest
  @CsvSource({
    "987654321, 987654321",
    "0, 0",
    "7654321x, 7654321",
    "'', 0",
    "x, 0",
    "-5, 0",
    "18446744073709551617, 1",
    "18446744073709551615, -1",
  })
  void shouldSetBothTimes(String text, long seconds) throws IOException {
    Path file = Files.writeString(directory.resolve("data"), "x");

    assertEquals(new Outcome("", "", 0), run(file.toString(), text, "extra"));

    assertEquals(seconds, Files.getLastModifiedTime(file).toInstant().getEpochSecond());
    Object access = Files.getAttribute(file, "lastAccessTime");
    assertEquals(Files.getLastModifiedTime(file), access);
  }

  @Test
  void shouldSayNothingWhenItFails() {
    assertEquals(new Outcome("", "", 100), run());
    assertEquals(new Outcome("", "", 100), run("data"));
    assertEquals(new Outcome("", "", 111), run(directory.resolve("none").toString(), "1"));
    assertEquals(new Outcome("", "", 111), run("", "1"));
  }
}
