package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of docs/man and what is made of them and of the definitions. */
final class ManualPageTest {
  private static final Path PAGES = Path.of("../docs/man");
  private static final Pattern OPTION = Pattern.compile("`(--[a-z0-9-]+|-[a-z](?=[ `]))");
  private static final Pattern OTHER = Pattern.compile("Those of \\[([a-z0-9]+)]");

  static List<String> tools() {
    return Tools.names();
  }

  private static CommandLine definition(String tool) {
    return Tools.of(tool).commandLine(new Program(tool));
  }

  private static String page(String tool) throws IOException {
    return Files.readString(PAGES.resolve(tool + ".md"));
  }

  /**
   * Options that the section about them names, or the page whose options it says to be the same.
   */
  private static Set<String> described(String tool) throws IOException {
    String page = page(tool);
    String section = page.substring(page.indexOf("## Options"));
    String options = section.substring(0, section.indexOf("\n## "));
    Set<String> described = new TreeSet<>();
    OPTION.matcher(options).results().map(option -> option.group(1)).forEach(described::add);
    Matcher other = OTHER.matcher(options);
    if (other.find()) {
      described.addAll(described(other.group(1)));
    }
    return described;
  }

  @ParameterizedTest
  @MethodSource("tools")
  void shouldDescribeEveryOptionAndNoOther(String tool) throws IOException {
    Set<String> defined = new TreeSet<>();
    definition(tool).options().forEach(option -> defined.add(option.name()));
    assertEquals(defined, described(tool));
  }

  @ParameterizedTest
  @MethodSource("tools")
  void shouldMakeAPageThatGroffReads(String tool, @TempDir Path directory) throws Exception {
    String roff = ManualPage.of(tool, 1, page(tool), Optional.of(definition(tool)));
    for (CommandLine.Option option : definition(tool).options()) {
      assertTrue(roff.contains(option.name().replace("-", "\\-")), option.name());
    }
    Path groff = Path.of("/usr/bin/groff");
    if (Files.isExecutable(groff)) {
      Path file = Files.writeString(directory.resolve(tool + ".1"), roff);
      Process process =
          new ProcessBuilder(groff.toString(), "-ww", "-man", "-Tutf8", file.toString())
              .redirectOutput(directory.resolve("out").toFile())
              .redirectError(directory.resolve("errors").toFile())
              .start();
      assertEquals(0, process.waitFor());
      assertEquals("", Files.readString(directory.resolve("errors")));
    }
  }

  @Test
  void shouldTurnMarkdownIntoRequests() {
    String page =
        """
        # svc

        Controls services. It is fast.

        ## Options

        | option | meaning |
        |---|---|
        | `-d` | down, see [svstat](svstat.md) |

        ## Examples

            $ svc -d /service/x
            .hidden 'x' \\\\

        - one
        """;
    assertEquals(
        """
        .TH "svc" 8 "" "djbdns for Java"
        .SH NAME
        svc \\- Controls services
        .SH DESCRIPTION
        .PP
        Controls services. It is fast.
        .PP
        .SH "OPTIONS"
        .PP
        .TP
        \\fB\\-d\\fR
        down, see svstat
        .PP
        .SH "EXAMPLES"
        .PP
        .PP
        .EX
        $ svc \\-d /service/x
        \\&.hidden \\(aqx\\(aq \\e\\e

        .EE
        .IP \\(bu 2
        one
        """,
        ManualPage.of("svc", 8, page, Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("tools")
  void shouldMakeACompletionThatBashReads(String tool) throws Exception {
    String script = definition(tool).completion();
    Process process = new ProcessBuilder("/bin/bash", "-n").redirectErrorStream(true).start();
    process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(0, process.waitFor());
    assertTrue(script.contains("--help"));
  }
}
