package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StrangersTest {
  private final List<String> warnings = new ArrayList<>();
  private long nowNs = Long.MAX_VALUE - 5;
  private final Strangers strangers = new Strangers(warnings::add, () -> nowNs);

  @Test
  void shouldNameOneAMinuteAndCountAll() {
    byte[] first = {10, 1, 2, 3, 0, 0};
    byte[] second = new byte[16];
    second[0] = 0x20;
    second[1] = 1;
    strangers.note(first, 4);
    strangers.note(second, 16);
    nowNs += Strangers.SILENCE_NS - 1;
    strangers.note(second, 16);
    nowNs += 1;
    strangers.note(second, 16);
    strangers.note(first, 4);
    assertEquals(
        List.of(
            "no answer to 10.1.2.3: ip has no file that allows it",
            "no answer to 2001::: ip has no file that allows it"),
        warnings);
    assertEquals(5, strangers.count());
  }
}
