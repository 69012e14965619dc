package djbdns.supervise.multilog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptTest {
  private static Script.Log log(String... words) {
    return Script.parse(List.of(words)).logs().getLast();
  }

  @Test
  void shouldStampOnlyIfTheFirstWordSaysSo() {
    assertTrue(Script.parse(List.of("t", "./main")).timestamps());
    assertTrue(Script.parse(List.of("time")).timestamps());
    assertFalse(Script.parse(List.of("./main", "t")).timestamps());
    assertFalse(Script.parse(List.of()).timestamps());
  }

  @Test
  void shouldApplySettingsToLaterLogs() {
    Script script = Script.parse(List.of("./a", "s5000", "n7", "!cat", "/b", "n3", "!", "./c"));
    assertEquals(
        List.of(
            new Script.Log("./a", 99999, 10, Optional.empty()),
            new Script.Log("/b", 5000, 7, Optional.of("cat")),
            new Script.Log("./c", 5000, 3, Optional.of(""))),
        script.logs());
  }

  @ParameterizedTest
  @CsvSource({
    "s, 4096",
    "sx, 4096",
    "s4095, 4096",
    "s4097x9, 4097",
    "s16777216, 16777215",
    "s18446744073709551615, 16777215",
    "s18446744073709551616, 4096"
  })
  void shouldClampTheSize(String word, long expected) {
    assertEquals(expected, log(word, ".").maxBytes());
  }

  @ParameterizedTest
  @CsvSource({"n, 2", "n1, 2", "n3, 3", "n18446744073709551615, -1"})
  void shouldClampTheNumber(String word, long expected) {
    assertEquals(expected, log(word, ".").maxFiles());
  }

  @Test
  void shouldIgnoreOtherWords() {
    assertEquals(List.of(), Script.parse(List.of("", "x", "#", "E", "s1", "n1", "!x")).actions());
    assertEquals(
        List.of(new Script.Alert(), new Script.Status("f"), new Script.Status("")),
        Script.parse(List.of("e", "=f", "=", "exit")).actions().subList(0, 3));
  }
}
