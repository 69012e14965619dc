package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.runtime.ShortOptions.Option;
import djbdns.runtime.ShortOptions.Parsed;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortOptionsTest {
  private static final Program PROGRAM = new Program("prog");
  private static final ShortOptions OPTIONS =
      new ShortOptions(PROGRAM, "abv:w:", PROGRAM.usage("[-ab]"));

  private static Parsed parse(String words) {
    return OPTIONS.parse(words.isEmpty() ? new String[0] : words.split(" ", -1));
  }

  private static String text(Parsed parsed) {
    String options =
        parsed.options().stream()
            .map(option -> option.letter() + option.value())
            .collect(Collectors.joining(" "));
    return options + "|" + String.join(" ", parsed.operands());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'' ; '|'",
        "-a x ; 'a|x'",
        "-ab -a x -b ; 'a b a|x -b'",
        "-v1 -v 2 x ; 'v1 v2|x'",
        "-av1b x ; 'a v1b|x'",
        "-v -a x ; 'v-a|x'",
        "-- -a ; '|-a'",
        "--anything -a ; '|-a'",
        "- -a ; '|- -a'",
        "x -a ; '|x -a'"
      })
  void shouldReadOptionsAsTheOriginals(String words, String expected) {
    assertEquals(expected, text(parse(words)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-z ; illegal option -- z",
        "-az ; illegal option -- z",
        "-: ; illegal option -- :",
        "-a- ; illegal option -- -",
        "-v ; option requires an argument -- v",
        "-aw ; option requires an argument -- w"
      })
  void shouldComplainAsTheOriginals(String words, String complaint) {
    Fatal fatal = assertThrows(Fatal.class, () -> parse(words));
    assertEquals(ExitCode.USAGE, fatal.exitCode());
    assertEquals("prog: " + complaint + "\nprog: usage: prog [-ab]", fatal.getMessage());
  }

  @Test
  void shouldKeepTheOrder() {
    assertEquals(
        List.of(new Option('w', "1"), new Option('a', ""), new Option('v', "2")),
        parse("-w 1 -av2").options());
  }
}
