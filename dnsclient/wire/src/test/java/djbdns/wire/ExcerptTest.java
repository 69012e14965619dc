package djbdns.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static String ofBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Excerpt.of(bytes, 1, bytes.length - 1);
  }

  @Test
  void shouldShowPrintableAsciiAsItIs() {
    assertEquals("a ~", ofBytes("<a ~>"));
    assertEquals("a ~", Excerpt.of("a ~"));
  }

  @Test
  void shouldShowOtherBytesInOctal() {
    assertEquals("\\000\\037\\177\\377", ofBytes("<\0\37\177\377>"));
    assertEquals("\\000\\037\\177\\237\u00e4\u0100", Excerpt.of("\0\37\177\237\u00e4\u0100"));
    assertEquals("\\012\\344\u0100", Excerpt.ofMessage("\n\u00e4\u0100"));
  }

  @Test
  void shouldEndAfterAHundredBytes() {
    assertEquals("x".repeat(100), ofBytes("<" + "x".repeat(100) + ">"));
    assertEquals("x".repeat(100) + "...", ofBytes("<" + "x".repeat(101) + ">"));
    assertEquals("x".repeat(100) + "...", Excerpt.of("x".repeat(1_000_000)));
  }

  @Test
  void shouldBoundMessagesOfMalformedText() {
    String message =
        new MalformedTextException("bad number: " + "x".repeat(1_000_000)).getMessage();
    assertEquals("bad number: " + "x".repeat(148) + "...", message);
  }
}
