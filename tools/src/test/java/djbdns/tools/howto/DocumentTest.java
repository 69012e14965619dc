package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.howto.Document.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the texts in docs/howto are read. */
final class DocumentTest {
  private static Document read(String text) {
    return Document.of(text.lines().toList());
  }

  @Test
  void shouldFindCommandsAndTheirOutput() {
    Document document =
        read(
            """
            # Title
            ```console
            # first
            said
              more
            # second
            ```
            Words
            ```console client
            # third
            ```
            """);
    assertEquals(
        List.of(
            new Step("server", 3, "first", List.of("said", "  more")),
            new Step("server", 6, "second", List.of()),
            new Step("client", 10, "third", List.of())),
        document.steps());
  }

  @Test
  void shouldTakeCommandsOfSeveralLines() {
    Document document =
        read(
            """
            ```console
            # cat >file <<'END'
            # a comment in the file
            END
            # one \\
            two
            said
            ```
            """);
    assertEquals(
        List.of(
            new Step("server", 2, "cat >file <<'END'\n# a comment in the file\nEND", List.of()),
            new Step("server", 5, "one \\\ntwo", List.of("said"))),
        document.steps());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    svstat /service/x",
        "```\n# svstat\n```",
        "```sh\n# svstat\n```",
        "```text\nsvstat\n```",
        "```console nowhere\n# svstat\n```",
        "```console\nsvstat\n```",
        "```console\n# svstat",
        "```console\n# cat <<'END'\n```",
        "1. ```console\n   # svstat\n   ```"
      })
  void shouldRefuseCodeThatNobodyWouldRun(String text) {
    assertThrows(IllegalArgumentException.class, () -> read(text));
  }

  private static boolean matches(List<String> expected, String output) {
    return new ExpectedOutput(expected).matches(output);
  }

  @Test
  void shouldTakeAnyNumberForANumber() {
    List<String> line = List.of("/service/dnscache: up (pid 4711) 30 seconds");
    assertTrue(matches(line, "/service/dnscache: up (pid 7) 0 seconds\n"));
    assertFalse(matches(line, "/service/dnscache: down 30 seconds\n"));
  }

  @Test
  void shouldTakeAddressesLiterally() {
    assertTrue(matches(List.of("answer: a 60 AAAA 2001:db8::1"), "answer: a 5 AAAA 2001:db8::1\n"));
    assertFalse(
        matches(List.of("answer: a 60 AAAA 2001:db8::1"), "answer: a 60 AAAA 2001:db8::2\n"));
    assertFalse(matches(List.of("192.0.2.1"), "192.0.2.2\n"));
  }

  @Test
  void shouldNotCountBlanks() {
    assertTrue(matches(List.of("a.test. 60 IN A 192.0.2.1"), "a.test.\t\t60\tIN\tA 192.0.2.1 \n"));
    assertFalse(matches(List.of("a.test. 60 IN A 192.0.2.1"), "a.test.60 IN A 192.0.2.1\n"));
  }

  @Test
  void shouldTakeDotsForAnything() {
    assertTrue(matches(List.of("a", "...", "c"), "a\nb\nb\nc\n"));
    assertTrue(matches(List.of("a", "...", "c"), "a\nc\n"));
    assertTrue(matches(List.of("@... starting"), "@4000 starting\n"));
    assertFalse(matches(List.of("a", "..."), "b\n"));
  }
}
