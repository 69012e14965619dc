package djbdns.supervise.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TitleTest {
  private static final int ROUNDS = 500;

  private static void append(Title title, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    title.append(bytes, bytes.length);
  }

  private static String text(Title title) {
    return new String(title.bytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldStartWithDots() {
    assertEquals(".....", text(new Title(5)));
    assertThrows(IllegalArgumentException.class, () -> new Title(4));
  }

  @Test
  void shouldMoveInWhatIsReadAndKeepThreeDots() {
    Title title = new Title(8);

    append(title, "abc");
    assertEquals(".....abc", text(title));
    append(title, "def");
    assertEquals("...bcdef", text(title));
    append(title, "a longer text\n");
    assertEquals("...text\n", text(title));
    append(title, "");
    assertEquals("...text\n", text(title));
  }

  @Test
  void shouldIgnoreZeroBytes() {
    Title title = new Title(8);

    append(title, "a\0b\0\0");
    assertEquals("......ab", text(title));
  }

  /** The original: byte by byte. */
  private static void appendToModel(char[] model, String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character != 0) {
        System.arraycopy(model, 4, model, 3, model.length - 4);
        model[model.length - 1] = character;
      }
    }
  }

  @Test
  void shouldDoAsTheOriginalWhateverTheSizeOfAReading() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      Title title = new Title(5 + random.nextInt(10));
      char[] model = ".".repeat(title.bytes().length).toCharArray();
      for (int reading = 0; reading < 5; reading++) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
          text.append((char) random.nextInt(4));
        }
        append(title, text.toString());
        appendToModel(model, text.toString());
        assertEquals(new String(model), text(title));
      }
    }
  }
}
