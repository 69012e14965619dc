package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OptionParserTest {
  private static final List<CommandLine.Option> OPTIONS =
      List.of(
          new CommandLine.Option("--flag", "", "A flag."),
          new CommandLine.Option("--value", "X", "A value."));

  private static Optional<CommandLine.Arguments> parse(boolean anywhere, String... args) {
    return new OptionParser(OPTIONS, anywhere, false).parse(args);
  }

  private static Optional<CommandLine.Arguments> arguments(
      Map<String, String> options, String... operands) {
    return Optional.of(new CommandLine.Arguments(options, List.of(operands)));
  }

  @Test
  void shouldReadOptionsUpToTheFirstOperand() {
    assertEquals(
        arguments(Map.of("--flag", "", "--value", "1"), "a", "--flag"),
        parse(false, "--flag", "--value", "1", "a", "--flag"));
  }

  @Test
  void shouldReadOptionsAnywhereIfToldTo() {
    assertEquals(
        arguments(Map.of("--flag", "", "--value", "1"), "a", "--other", "b", "--"),
        parse(true, "a", "--value=1", "--other", "--flag", "b", "--"));
    assertEquals(
        arguments(Map.of("--flag", ""), "a", "--value", "1"),
        parse(true, "--flag", "--", "a", "--value", "1"));
    assertEquals(Optional.empty(), parse(true, "a", "--value"));
    assertEquals(Optional.empty(), parse(true, "--flag", "a", "--flag"));
  }

  @Test
  void shouldRefuseUnknownOptionsWhereTheCommandHasNoUseForThem() {
    OptionParser parser = new OptionParser(OPTIONS, false, true);
    for (String word : List.of("-x", "--bogus", "--bogus=1")) {
      assertEquals(Optional.empty(), parser.parse(new String[] {word, "a"}));
      assertEquals(
          List.of("a", word), parser.parse(new String[] {"a", word}).orElseThrow().operands());
      assertEquals(List.of(word), parser.parse(new String[] {"--", word}).orElseThrow().operands());
    }
    assertEquals(List.of("-"), parser.parse(new String[] {"-"}).orElseThrow().operands());
  }
}
