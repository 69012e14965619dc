package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class EnvironmentFileTest {
  private static void assertValue(String value, String content) {
    assertEquals(new EnvironmentFile.Value(value), EnvironmentFile.of(content));
  }

  @Test
  void shouldRemoveTheVariableIfTheFileIsEmpty() {
    assertEquals(new EnvironmentFile.Removal(), EnvironmentFile.of(""));
  }

  @Test
  void shouldTakeTheFirstLine() {
    assertValue("a b", "a b");
    assertValue("a b", "a b\n");
    assertValue("a", "a\nb\n");
    assertValue("", "\nb");
  }

  @Test
  void shouldStripBlanksAndTabsAtTheEndOnly() {
    assertValue(" \ta\r", " \ta\r \t \t");
    assertValue("a", "a \t\n ");
    assertValue("", " \t ");
  }

  @Test
  void shouldMakeZeroBytesNewlines() {
    assertValue("a\nb", "a\0b");
    assertValue("a \n", "a \0");
    assertValue("\n", "\0\n");
  }

  @Test
  void shouldKeepBytesThatAreNotAscii() {
    assertValue("\u00e9\u00ff", "\u00e9\u00ff\n");
  }
}
