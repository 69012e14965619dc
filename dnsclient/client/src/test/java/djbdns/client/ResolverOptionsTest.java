package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolverOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "'', 1, 0, 0",
    "'options ndots:3', 3, 0, 0",
    "'options ndots:0', 0, 0, 0",
    "'options ndots:16 timeout:31 attempts:6', 15, 30, 5",
    "'options timeout:0 attempts:0', 1, 1, 1",
    "'options timeout:2\nnameserver 127.0.0.1\noptions\tattempts:1  rotate\n', 1, 2, 1",
    "'options timeout:2 timeout:3', 1, 3, 0",
    "'options timeout:2 timeout:x timeout: timeout:-1', 1, 2, 0",
    "'options timeout:9999999999', 1, 0, 0",
    "'optionsx timeout:2', 1, 0, 0",
    "' options timeout:2', 1, 0, 0",
    "'# options timeout:2', 1, 0, 0",
    "'options Timeout:2 xtimeout:2', 1, 0, 0",
  })
  void shouldReadOptions(String text, int ndots, int timeoutSeconds, int attempts) {
    ResolverOptions expected =
        new ResolverOptions(ndots, optional(timeoutSeconds), optional(attempts));
    assertEquals(expected, ResolverOptions.parse(text));
  }

  private static OptionalInt optional(int value) {
    return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }

  @Test
  void shouldKeepTheOriginalScheduleUnlessToldOtherwise() {
    assertEquals(RetrySchedule.ORIGINAL, ResolverOptions.parse("options ndots:2").schedule());
    assertEquals(
        new RetrySchedule(List.of(3_000, 3_000), 0, -1),
        ResolverOptions.parse("options timeout:3").schedule());
    assertEquals(
        new RetrySchedule(List.of(5_000, 5_000, 5_000), 0, -1),
        ResolverOptions.parse("options attempts:3").schedule());
  }

  @Test
  void shouldMakeTheConfigurationOfAHost() throws IOException {
    String text =
        "nameserver 192.0.2.1\nsearch one.test two.test\noptions ndots:2 timeout:1 attempts:1\n";
    Configuration configuration = Configuration.of(FakeSettings.ofResolvConf(text));
    assertEquals(ServerAddress.parseList("192.0.2.1"), configuration.servers());
    assertEquals(RetrySchedule.ofAttempts(1, 1), configuration.schedule());
    assertEquals(
        List.of("a.b.one.test", "a.b.two.test", "a.b"),
        configuration.qualifier().candidates("a.b"));
    Settings variable =
        new FakeSettings(
            Map.of("DNSCACHEIP", "192.0.2.9", "DNSREWRITEFILE", "/mine"),
            Map.of("/etc/resolv.conf", text, "/mine", "?:.mine.test"),
            "host");
    assertEquals(ServerAddress.parseList("192.0.2.9"), Configuration.of(variable).servers());
    assertEquals(List.of("a.mine.test"), Configuration.of(variable).qualifier().candidates("a"));
    assertEquals(List.of("/etc/resolv.conf", "/mine"), Configuration.files(variable));
  }
}
