package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Bytes;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdataRulesTest {
  static Stream<String> cases() {
    try (InputStream in = RdataRulesTest.class.getResourceAsStream("rdata.faults")) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text
          .replace("\\\n", "")
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith(";"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldNameWhatOtherServersRefuse(String line) {
    int blank = line.indexOf(' ');
    int colon = line.indexOf(':');
    RecordType type = RecordType.parse(line.substring(0, blank)).orElseThrow();
    Bytes data = Bytes.ofHex(line.substring(blank + 1, colon));
    String fault = line.substring(colon + 1).strip();
    assertEquals(
        fault.isEmpty() ? Optional.empty() : Optional.of(fault), RdataRules.fault(type, data));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!^.*$!b!",
        "!^.*!b!i",
        "!^(.*)!\\1!",
        "!(a)(b)!\\2\\1!",
        "!^[])]*$!a!",
        "!^[^])]*$!a!",
        "!a\\(b!c!",
        "!a!!",
        "!a|b!!",
        "!a{2}!b!",
        "!a{x}!b!",
        "!a)b!c!",
        "!()!b!",
        "!^|$!b!",
        "!a{255}!b!",
        "!a{2,}!b!",
        "!a{2,2}!b!",
        "!(a)\\1!b!",
        "!a\\!b!\\!!",
        "![\\!]!b!",
        "![[:alpha:]_-]!b!",
        "![^-a]!b!",
        "![+--]!b!",
        "![[a]!b!",
        "![[=a=]]!b!",
        "![[.-.]-a]!b!",
        "![[...]]!b!",
        "![a-\u00ff]!b!"
      })
  void shouldTakeRegexp(String regexp) {
    assertEquals(Optional.empty(), NaptrRegexp.fault(regexp));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!",
        "iaibi",
        "1a1b1",
        "\\a\\b\\",
        "!^.*!b",
        "!^.*!b!z",
        "!^.*!\\1!",
        "!^(.*)!\\0!",
        "!^(.*)!\\2!",
        "!(.!b!",
        "![a!b!",
        "!^[)(!]$!a!",
        "!a!b\\!",
        "!a\\!b!",
        "!a!b!c!",
        "!!a!",
        "!*a!b!",
        "!(*a)!b!",
        "!a|*b!c!",
        "!^*a!b!",
        "!a||b!c!",
        "!a|!c!",
        "!(a|)!b!",
        "!|a!b!",
        "!a**!b!",
        "!a{2!b!",
        "!{2}!b!",
        "!a\0!b!",
        "!^a$*!b!",
        "!^$+!b!",
        "!a{3,2}!b!",
        "!a{256}!b!",
        "!a{1,99999999999}!b!",
        "!a{1,2,3}!b!",
        "!a{2}{2}!b!",
        "!\\1(a)!b!",
        "![z-a]!b!",
        "![a-b-c]!b!",
        "![]!b!",
        "![a\\!b!",
        "![[:foo:]]!b!",
        "![a-[:alpha:]]!b!",
        "![[..]]!b!",
        "![[.a]!b!",
        "![[=a=]-b]!b!",
        "![b-[]!b!",
        "![[",
        "!\\"
      })
  void shouldRefuseRegexp(String regexp) {
    assertEquals(Optional.of("bad regexp"), NaptrRegexp.fault(regexp));
  }
}
