package djbdns.supervise.tai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StampWriterTest {
  @Test
  void shouldWriteWhatTheLabelWrites() {
    StampWriter writer = new StampWriter();
    Random random = new Random(1);
    byte[] target = new byte[Tai64n.TEXT_LENGTH + 2];
    for (int i = 0; i < 1000; i++) {
      Instant instant = Instant.ofEpochSecond(random.nextInt(3), random.nextInt(1_000_000_000));
      writer.write(instant, target, 1);
      assertEquals(
          Tai64n.of(instant).toString(),
          new String(target, 1, Tai64n.TEXT_LENGTH, StandardCharsets.US_ASCII));
    }
  }
}
