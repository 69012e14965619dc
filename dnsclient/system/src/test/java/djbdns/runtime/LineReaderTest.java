package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  /** Gives a few bytes at a time, as a slow disk may. */
  private static InputStream slow(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(most, length));
      }
    };
  }

  private static List<String> lines(String text, int most) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    LineReader reader = new LineReader(slow(bytes, most));
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      int length = reader.end() - reader.start();
      lines.add(new String(reader.bytes(), reader.start(), length, StandardCharsets.ISO_8859_1));
      assertEquals(lines.size(), reader.lineNumber());
      assertEquals(lines.getLast().endsWith("\n"), reader.hasNewline());
    }
    assertFalse(reader.next());
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 65536, Integer.MAX_VALUE})
  void shouldReadLinesOfAnyLength(int most) throws IOException {
    String big = "x".repeat(70_000) + "\n";
    String edge = "y".repeat(65_535) + "\n";
    for (List<String> lines :
        List.of(
            List.<String>of(),
            List.of("\n"),
            List.of("a\n", "\n", "b"),
            List.of("a\n", big, "\n", big, edge, edge, "end"))) {
      assertEquals(lines, lines(String.join("", lines), most));
    }
  }
}
