package djbdns.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuiteProgramsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/usr/local/bin/ ; /usr/local/bin",
        "/home/x/./bin ; /home/x/bin",
        "/home/x//lib/../bin/ ; /home/x/bin",
        "/../a ; /a",
        "/ ; /",
      })
  void shouldNormalisePaths(String path, String normal) {
    assertEquals(normal, SuitePrograms.normalise(path));
  }

  @Test
  void shouldQuoteOnlyWhatMeansSomething() {
    SuitePrograms plain = new SuitePrograms("/usr/local/bin");
    assertEquals("/usr/local/bin/tinydns", plain.word("tinydns"));
    assertEquals("/usr/local/bin/dnscache", plain.wordInQuotes("dnscache"));
    assertEquals("data.cdb: data\n\t/usr/local/bin/tinydns-data\n", plain.makefile("tinydns-data"));
    assertEquals("/x", new SuitePrograms("/").word("x"));
  }

  @Test
  void shouldQuoteForShellAndMake() {
    SuitePrograms odd = new SuitePrograms("/o'p $t/b\"`\\");
    assertEquals("\"/o'p \\$t/b\\\"\\`\\\\/x\"", odd.word("x"));
    assertEquals("\"/o'\\''p \\$t/b\\\"\\`\\\\/x\"", odd.wordInQuotes("x"));
    assertEquals("data.cdb: data\n\t\"/o'p \\$$t/b\\\"\\`\\\\/x\"\n", odd.makefile("x"));
    assertEquals("\"/\u00e4/x\"", new SuitePrograms("/\u00e4").word("x"));
  }
}
