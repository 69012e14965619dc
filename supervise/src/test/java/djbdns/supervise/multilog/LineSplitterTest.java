package djbdns.supervise.multilog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {
  private static final Instant NOW = Instant.ofEpochSecond(935467455, 787492500);
  private static final String STAMP = "@4000000037c219c92ef02e94 ";

  /** Writes down what it is told. */
  private static final class Notes implements LineSplitter.Target {
    private final List<String> lines = new ArrayList<>();
    private final List<Integer> headLengths = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    @Override
    public void begin(byte[] bytes, int length, long number) {
      assertEquals(lines.size(), number);
      headLengths.add(length);
      append(bytes, 0, length);
    }

    @Override
    public void append(byte[] bytes, int from, int length) {
      line.append(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void end() {
      lines.add(line.toString());
      line.setLength(0);
    }
  }

  private static void accept(LineSplitter reader, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    reader.accept(bytes, 0, bytes.length);
  }

  @Test
  void shouldFindTheSameLinesHoweverTheyCome() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        lines.add(
            "x".repeat(random.nextInt(4) == 0 ? 990 + random.nextInt(20) : random.nextInt(9)));
      }
      Notes notes = new Notes();
      LineSplitter reader = new LineSplitter(false, () -> NOW, notes);
      String rest = String.join("\n", lines) + "\n";
      while (!rest.isEmpty()) {
        int length = Math.min(rest.length(), 1 + random.nextInt(1500));
        accept(reader, rest.substring(0, length));
        rest = rest.substring(length);
      }
      assertTrue(reader.isAtLineStart());
      assertEquals(lines, notes.lines);
      assertEquals(
          lines.stream().map(line -> Math.min(line.length(), 1000)).toList(), notes.headLengths);
    }
  }

  @Test
  void shouldCountTheStampAsPartOfTheHead() {
    Notes notes = new Notes();
    LineSplitter reader = new LineSplitter(true, () -> NOW, notes);
    accept(reader, "\n" + "x".repeat(973) + "\n" + "x".repeat(975) + "\n");
    assertEquals(List.of(26, 999, 1000), notes.headLengths);
    assertEquals(List.of(STAMP, STAMP + "x".repeat(973), STAMP + "x".repeat(975)), notes.lines);
  }

  @Test
  void shouldEndTheLastLine() {
    Notes notes = new Notes();
    LineSplitter reader = new LineSplitter(false, () -> NOW, notes);
    reader.finish();
    accept(reader, "a\nb");
    assertFalse(reader.isAtLineStart());
    reader.finish();
    assertEquals(List.of("a", "b"), notes.lines);
  }

  @Test
  void shouldGoOnWithALineOfAnotherProcess() {
    Notes notes = new Notes();
    LineSplitter first = new LineSplitter(true, () -> NOW, notes);
    accept(first, "be");
    LineSplitter second = new LineSplitter(true, () -> NOW.plusSeconds(9), notes);
    second.resumeFrom(first.line());
    accept(second, "gun\n");
    assertEquals(List.of(STAMP + "begun"), notes.lines);
  }
}
