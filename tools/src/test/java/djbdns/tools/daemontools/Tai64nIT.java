package djbdns.tools.daemontools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tai64n and tai64nlocal beside the originals. */
final class Tai64nIT {
  @TempDir private Path temporary;

  private void assertSameLocalTime(String timeZone, String input) throws Exception {
    Path file = Files.writeString(temporary.resolve("input"), input, ISO_8859_1);
    Map<String, String> environment = Map.of("TZ", timeZone);
    Command.Result expected =
        Command.original("tai64nlocal").run(temporary, file, environment, List.of());
    assertEquals(
        expected, Command.ours("tai64nlocal").run(temporary, file, environment, List.of()));
    assertEquals(0, expected.exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "America/New_York",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        ":/etc/localtime",
        "right/UTC",
        "Nowhere/At_All",
        ""
      })
  void shouldShowLocalTimesAsTheOriginal(String timeZone) throws Exception {
    Random random = new Random(1);
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      long seconds = (1L << 62) + 10 + random.nextLong(-4_000_000_000L, 8_000_000_000L);
      input.append("@%016x%08x line %d%n".formatted(seconds, random.nextInt(1_000_000_000), i));
    }
    assertSameLocalTime(timeZone, input.toString());
  }

  @Test
  void shouldReadOddStampsAsTheOriginal() throws Exception {
    assertSameLocalTime(
        "UTC",
        """
        @4000000037c219bf2ef02e94
        @4000000037c219bf2ef02e94@4000000037c219bf2ef02e94
        @4000000037c219bfffffffff too many nanoseconds
        @4000000037c219bf3b9aca00 a second of nanoseconds
        @123456789abcdef4000000037c219bf2ef02e94 long

         @4000000037c219bf2ef02e94 not at the start
        \u00e9\u0000
        @4000000037c219bf2ef02e94\u00e9 no newline\
        """);
    assertSameLocalTime("UTC", "a\n@4000000037c219bf2ef0");
    assertSameLocalTime("UTC", "");
  }

  @Test
  void shouldStampAsTheOriginal() throws Exception {
    Random random = new Random(2);
    StringBuilder input = new StringBuilder("\n\n");
    for (int i = 0; i < 2000; i++) {
      input.append("x".repeat(random.nextInt(200))).append((char) random.nextInt(256)).append('\n');
    }
    input.append("y".repeat(300_000)).append("\nno newline");
    Path file = Files.writeString(temporary.resolve("input"), input, ISO_8859_1);
    Command.Result ours = Command.ours("tai64n").run(temporary, file, Map.of(), List.of());
    Command.Result original = Command.original("tai64n").run(temporary, file, Map.of(), List.of());
    assertEquals(LogTree.withoutStamps(original.output()), LogTree.withoutStamps(ours.output()));
    assertEquals(0, ours.exitCode());
    assertEquals("", ours.error());
  }

  @Test
  void shouldStampALineWhenItsFirstByteComes() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(Command.ours("tai64n").program().toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try (OutputStream input = process.getOutputStream();
        InputStream output = process.getInputStream()) {
      input.write('a');
      input.flush();
      String stamped = new String(output.readNBytes(27), ISO_8859_1);
      assertTrue(stamped.matches("@[0-9a-f]{24} a"), stamped);
      input.write("b\nc".getBytes(ISO_8859_1));
      input.flush();
      assertTrue(new String(output.readNBytes(29), ISO_8859_1).startsWith("b\n@"));
    }
    assertEquals(0, Command.await(process));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tai64n", "tai64nlocal"})
  void shouldFailWithoutAWord(String name) throws Exception {
    Command.Result original = readDirectory(Command.original(name));
    assertEquals(original, readDirectory(Command.ours(name)));
    assertEquals(new Command.Result(111, "", ""), original);
  }

  private Command.Result readDirectory(Command subject) throws Exception {
    List<String> words = List.of("-c", "exec " + subject.program() + " <.");
    return new Command(Path.of("/bin/sh")).run(temporary, Path.of("/dev/null"), Map.of(), words);
  }
}
