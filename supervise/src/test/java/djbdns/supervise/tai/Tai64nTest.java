package djbdns.supervise.tai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Tai64nTest {
  @Test
  void shouldWriteTheTimeAsDaemontoolsDo() {
    Instant instant = Instant.parse("1999-08-24T04:04:05.787492500Z");
    assertEquals("@4000000037c219bf2ef02e94", Tai64n.of(instant).toString());
  }

  @Property
  void shouldReadBackWhatItWrites(@ForAll long seconds, @ForAll int nanoseconds) {
    Tai64n stamp = new Tai64n(seconds, nanoseconds);
    byte[] packed = new byte[Tai64n.PACKED_BYTES];
    stamp.pack(packed);

    assertEquals(stamp, Tai64n.unpack(packed));
    assertEquals(Optional.of(stamp), Tai64n.parse(stamp.toString()));
  }

  @Property
  void shouldKeepTheInstant(
      @ForAll @IntRange(min = 0) int unixSeconds,
      @ForAll @IntRange(min = 0, max = 999_999_999) int nanoseconds) {
    Instant instant = Instant.ofEpochSecond(unixSeconds, nanoseconds);
    assertEquals(instant, Tai64n.of(instant).instant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "4000000037c219492ef02e94",
        "@4000000037c219492ef02e9",
        "@4000000037c219492ef02e941",
        "@4000000037c219492ef02e9g",
        "@-000000037c219492ef02e94"
      })
  void shouldReadNothingElse(String text) {
    assertEquals(Optional.empty(), Tai64n.parse(text));
  }
}
