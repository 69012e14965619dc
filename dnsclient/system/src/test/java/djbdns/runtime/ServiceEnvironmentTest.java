package djbdns.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceEnvironmentTest {
  private static long bytes(String text) {
    return new ServiceEnvironment(new Program("x"), Map.of("SIZE", text)).requireBytes("SIZE");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000000, 1000000",
    "' 5000 ', 5000",
    "64k, 65536",
    "100M, 104857600",
    "2G, 2147483648",
    "8589934591G, 9223372035781033984",
    "8589934592G, 9223372036854775807",
    "99999999999999999999, 9223372036854775807"
  })
  void shouldReadSizes(String text, long expected) {
    assertEquals(expected, bytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "M", "much", "100MB", "100 M", "-1", "1.5M", "5000x", "0x10"})
  void shouldRefuseWhatIsNoSize(String text) {
    Fatal fatal = assertThrows(Fatal.class, () -> bytes(text));
    assertEquals(
        "x: fatal: unable to parse $SIZE: "
            + text
            + " is not a number of bytes, with or without K, M or G",
        fatal.getMessage());
  }

  @Test
  void shouldSayThatASizeIsMissing() {
    ServiceEnvironment empty = new ServiceEnvironment(new Program("x"), Map.of());
    Fatal fatal = assertThrows(Fatal.class, () -> empty.requireBytes("SIZE"));
    assertEquals("x: fatal: $SIZE not set", fatal.getMessage());
  }
}
