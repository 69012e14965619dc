package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolvConfTest {
  private static String servers(Settings settings) throws IOException {
    return ResolvConf.servers(settings).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, [127.0.0.1]",
    "127.0.0.1.127.0.0.2, '[127.0.0.1, 127.0.0.2]'",
    "...1.2.3.4..5.6.7.8., '[1.2.3.4, 5.6.7.8]'",
    "1.2.3.999, [127.0.0.1]",
    "1.2.3.4.1.2.3.999, [1.2.3.4]",
    "1.2.3.4.5.6.7, [1.2.3.4]",
    "1.2.3.4junk, [1.2.3.4]",
    "1.2.3.4:x, [1.2.3.4]",
    "0.0.0.0, [0.0.0.0]",
    "1.2.3.4:5300, [1.2.3.4:5300]",
    "::1, [::1]",
    "'1.2.3.4:5300,[::1]:54 9.8.7.6', '[1.2.3.4:5300, [::1]:54, 9.8.7.6]'",
  })
  void shouldReadDnscacheip(String value, String expected) throws IOException {
    assertEquals(expected, servers(FakeSettings.ofVariable("DNSCACHEIP", value)));
  }

  @Test
  void shouldReadTheFileWhenDnscacheipNamesNobody() throws IOException {
    Settings settings =
        new FakeSettings(
            Map.of("DNSCACHEIP", "nobody"),
            Map.of("/etc/resolv.conf", "nameserver 10.1.1.1\n"),
            "host");
    assertEquals("[10.1.1.1]", servers(settings));
  }

  @ParameterizedTest
  @CsvSource({
    "'nameserver 10.1.1.1', [10.1.1.1]",
    "'nameserver\t 10.1.1.1 # mine\nnameserver 10.1.1.2\n', '[10.1.1.1, 10.1.1.2]'",
    "'nameserver 0.0.0.0\n', [127.0.0.1]",
    "' nameserver 10.1.1.1\n', [127.0.0.1]",
    "'nameservers 10.1.1.1\n', [127.0.0.1]",
    "'NAMESERVER 10.1.1.1\n', [127.0.0.1]",
    "'nameserver\n10.1.1.1\n', [127.0.0.1]",
    "'nameserver \n10.1.1.1\n', [127.0.0.1]",
    "'nameserver 10.1.1\nnameserver 1.2.3.4.5\n', [1.2.3.4]",
    "'nameserver 10.1.1.1\r\n', [10.1.1.1]",
    "'nameserver 10.1.1.256\nnameserver 10.1.1.2\n', [10.1.1.2]",
    "'nameserver ::1\nnameserver 10.1.1.1\n', '[::1, 10.1.1.1]'",
    "'nameserver fe80::1%eth0\n', [127.0.0.1]",
    "'', [127.0.0.1]",
  })
  void shouldReadResolvConf(String text, String expected) throws IOException {
    assertEquals(expected, servers(FakeSettings.ofResolvConf(text)));
  }

  @Test
  void shouldTakeSixteenServersAtMost() throws IOException {
    String lines = "nameserver 10.1.1.1\n".repeat(17);
    assertEquals(16, ResolvConf.servers(FakeSettings.ofResolvConf(lines)).size());
    String dotted = "10.1.1.1.".repeat(17);
    assertEquals(16, ResolvConf.parseVariable(dotted).size());
    assertEquals(16, ResolvConf.parseVariable("10.1.1.1,".repeat(17)).size());
  }

  @Test
  void shouldAskLocalhostWithoutAnySettings() throws IOException {
    assertEquals("[127.0.0.1]", servers(new FakeSettings(Map.of(), Map.of(), "")));
  }

  @Test
  void shouldNotReadTheFileUnlessItIsNeeded() throws IOException {
    Map<String, String> unreadable = Map.of("/etc/resolv.conf", FakeSettings.UNREADABLE);
    assertEquals(
        "[1.2.3.4]", servers(new FakeSettings(Map.of("DNSCACHEIP", "1.2.3.4"), unreadable, "")));
    assertThrows(IOException.class, () -> servers(new FakeSettings(Map.of(), unreadable, "")));
  }
}
