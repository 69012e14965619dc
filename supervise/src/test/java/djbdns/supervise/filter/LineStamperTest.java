package djbdns.supervise.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LineStamperTest {
  private final AtomicLong seconds = new AtomicLong();
  private final LineStamper stamper = new LineStamper(() -> Instant.ofEpochSecond(seconds.get()));

  private String accept(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    stamper.accept(bytes, bytes.length);
    int length = stamper.takeLength();
    return new String(stamper.output(), 0, length, StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldStampTheFirstByteOfALine() {
    assertEquals("@400000000000000a00000000 a", accept("a"));
    seconds.incrementAndGet();
    assertEquals("b\n@400000000000000b00000000 \n", accept("b\n\n"));
    seconds.incrementAndGet();
    assertEquals("@400000000000000c00000000 c", accept("c"));
  }

  @Test
  void shouldMakeRoomForManyShortLines() {
    assertEquals("@400000000000000a00000000 \n".repeat(65536), accept("\n".repeat(65536)));
    assertEquals("", accept(""));
  }
}
