package djbdns.supervise.status;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.supervise.tai.Tai64n;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class StatusRecordTest {
  @Test
  void shouldPutThePidLeastSignificantByteFirst() {
    Tai64n since = Tai64n.parse("@4000000037c219bf2ef02e94").orElseThrow();
    StatusRecord status = new StatusRecord(since, 0x01020304, true, 'd');
    assertArrayEquals(
        HexFormat.of().parseHex("4000000037c219bf2ef02e94" + "04030201" + "01" + "64"),
        status.pack());
  }

  @Property
  void shouldReadBackWhatItWrites(
      @ForAll long seconds,
      @ForAll int nanoseconds,
      @ForAll int pid,
      @ForAll boolean paused,
      @ForAll @CharRange(to = '\u00ff') char want) {
    StatusRecord status = new StatusRecord(new Tai64n(seconds, nanoseconds), pid, paused, want);
    assertEquals(Optional.of(status), StatusRecord.unpack(status.pack()));
    assertEquals(Optional.of(status), StatusRecord.unpack(Arrays.copyOf(status.pack(), 40)));
  }

  @Property
  void shouldReadNothingThatIsTooShort(@ForAll @Size(max = 17) byte[] bytes) {
    assertEquals(Optional.empty(), StatusRecord.unpack(bytes));
  }
}
