package djbdns.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QualifierTest {
  private static final String RULES =
      """
      # the rules of qualification(5)
      -.local:me.example.com
      =me:127.0.0.1
      *.a:.af.mil
      ?:.heaven.af.mil
      *.lan: .lan.example \t\r
      *.:
      """;

  @ParameterizedTest
  @CsvSource({
    "any.name.local, me.example.com",
    "me, 127.0.0.1",
    "cheetah, cheetah.heaven.af.mil",
    "CHEETAH, CHEETAH.heaven.af.mil",
    "lion.heaven.a, lion.heaven.af.mil",
    "lion.HEAVEN.A, lion.HEAVEN.af.mil",
    "[1], [1]",
    "tiger., tiger",
    "x.lan, 'x .lan.example'",
    "a.b, a.b",
    "'', .heaven.af.mil",
  })
  void shouldApplyRulesInOrder(String name, String expected) {
    assertEquals(List.of(expected), Qualifier.ofRules(RULES).candidates(name));
  }

  @ParameterizedTest
  @CsvSource({
    "'=a:b', a, b",
    "'=a:b', xa, xa",
    "'*a:b', xa, xb",
    "'?a:b', xa, xb",
    "'?a:b', x.a, x.a",
    "'?a:b', '[a', '[a'",
    "'?a:b', ']a', ']a'",
    "'-a:b', x.a, b",
    "'*:b', x, xb",
    "'*a', a, a",
    "'#*a:b', a, a",
    "'', a, a",
    "'*a:b:c', a, b:c",
  })
  void shouldKnowFourKindsOfRules(String rule, String name, String expected) {
    assertEquals(List.of(expected), Qualifier.ofRules(rule).candidates(name));
  }

  @ParameterizedTest
  @CsvSource({
    "a+.b+.c, 'a.b|a.c'",
    "a+, a",
    "a+.b+, 'a.b|a'",
    "+a+b, 'a|b'",
    "a, a",
  })
  void shouldSplitAlternatives(String name, String expected) {
    assertEquals(expected, String.join("|", Qualifier.ofRules("").candidates(name)));
  }

  private static String candidates(Settings settings, String name) throws IOException {
    return String.join("|", Qualifier.of(settings).candidates(name));
  }

  @ParameterizedTest
  @CsvSource({
    "'x.com y.org', 'w.x.com|w.y.org'",
    "'x.com', w.x.com",
    "'x.com  y.org', 'w.x.com|w.|w.y.org'",
    "'', w",
  })
  void shouldUseLocaldomain(String value, String expected) throws IOException {
    Settings settings = FakeSettings.ofVariable("LOCALDOMAIN", value);
    assertEquals(expected, candidates(settings, "w"));
    assertEquals("w.v", candidates(settings, "w.v."));
  }

  @ParameterizedTest
  @CsvSource({
    "'search x.com\ty.org \n', 'w.x.com|w.y.org'",
    "'domain x.com\nsearch y.org\n', w.x.com",
    "'search\tx.com', w.x.com",
    "'search \n', w",
    "'searchx.com\n', w",
    "'nameserver 1.2.3.4\n', w",
  })
  void shouldUseResolvConf(String text, String expected) throws IOException {
    assertEquals(expected, candidates(FakeSettings.ofResolvConf(text), "w"));
  }

  @ParameterizedTest
  @CsvSource({"host, w", "host.x.com, w.x.com", "'', w"})
  void shouldUseTheHostName(String hostName, String expected) throws IOException {
    assertEquals(expected, candidates(new FakeSettings(Map.of(), Map.of(), hostName), "w"));
  }

  @Test
  void shouldPreferTheRulesFile() throws IOException {
    Map<String, String> files =
        Map.of("/etc/dnsrewrite", "?:.one", "/mine", "?:.two", "/etc/resolv.conf", "search x");
    Map<String, String> domain = Map.of("LOCALDOMAIN", "y");
    assertEquals("w.one", candidates(new FakeSettings(domain, files, "h.z"), "w"));
    Map<String, String> mine = Map.of("DNSREWRITEFILE", "/mine", "LOCALDOMAIN", "y");
    assertEquals("w.two", candidates(new FakeSettings(mine, files, "h.z"), "w"));
    Map<String, String> missing = Map.of("DNSREWRITEFILE", "/missing", "LOCALDOMAIN", "y");
    assertEquals("w.y", candidates(new FakeSettings(missing, files, "h.z"), "w"));
  }

  @Test
  void shouldReportAnUnreadableFile() {
    Map<String, String> files = Map.of("/etc/dnsrewrite", FakeSettings.UNREADABLE);
    assertThrows(IOException.class, () -> candidates(new FakeSettings(Map.of(), files, "h"), "w"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, w, 'w.x.com|w.y.org'",
    "1, w, 'w.x.com|w.y.org'",
    "1, w.v, w.v",
    "2, w.v, 'w.v.x.com|w.v.y.org|w.v'",
    "2, w.v., w.v",
    "2, w.v.u, w.v.u",
    "3, w.v.u, 'w.v.u.x.com|w.v.u.y.org|w.v.u'",
  })
  void shouldSearchForNamesWithFewDots(int ndots, String name, String expected) throws IOException {
    Qualifier qualifier = Qualifier.of(FakeSettings.ofResolvConf("search x.com y.org"));
    assertEquals(expected, String.join("|", qualifier.withDots(ndots).candidates(name)));
  }

  @Test
  void shouldLeaveRulesByHandAsTheyAre() {
    assertEquals(List.of("w.v"), Qualifier.ofRules("?:.one").withDots(5).candidates("w.v"));
  }
}
