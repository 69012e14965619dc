package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Commands.Invocation;
import djbdns.tools.Commands.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CachetestTest {
  private static final Pattern REPEATED = Pattern.compile("(.)\\{([0-9]+)}");

  private static Outcome run(String... args) {
    List<String> words = new ArrayList<>(List.of("cachetest"));
    words.addAll(List.of(args));
    return Commands.ours(new Invocation(Map.of(), words));
  }

  private static String expand(String text) {
    return REPEATED
        .matcher(text)
        .replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
  }

  /**
   * Every two lines of the file are a command line and what a cachetest compiled from 1.05 prints,
   * a bar for each newline and {@code x{12}} for twelve times x.
   */
  @Test
  void shouldPrintWhatTheOriginalPrints() throws IOException {
    List<String> golden;
    try (InputStream stream = CachetestTest.class.getResourceAsStream("/cachetest.golden")) {
      golden = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
    }
    for (int i = 0; i < golden.size(); i += 2) {
      String[] args = expand(golden.get(i)).split(" ", -1);
      String output = expand(golden.get(i + 1)).replace('|', '\n');
      assertEquals(new Outcome(output, "", 0), run(args), golden.get(i));
    }
    assertEquals(152, golden.size());
  }

  @Test
  void shouldPrintNothingWithoutArguments() {
    assertEquals(new Outcome("", "", 0), run());
  }

  @Test
  void shouldForgetTheOldestFirst() {
    assertEquals(
        "\n2\n9\n",
        run("a:1", "b:2", "c:3", "d:4", "e:5", "f:6", "g:7", "h:8", "i:9", "a", "b", "i").output());
  }
}
