package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
  private static final Optional<Address> NO_ADDRESS = Optional.empty();
  private static final Optional<Address> ADDRESS = Optional.of(new Address.Ipv4(0x01020304));

  private static DataLine parse(String line) throws DataException {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return new LineParser(ProblemSink.NONE).parse(bytes, 0, bytes.length, 7);
  }

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private static Terms ttl(long seconds) {
    return new Terms(seconds, 0, 0);
  }

  static Stream<Arguments> lines() {
    Name a = name("a");
    Terms terms = new Terms(5, 0x400000003b9aca00L, 'l' << 8 | 'o');
    return Stream.of(
        Arguments.of(" \t\n", new DataLine.Blank()),
        Arguments.of("#x", new DataLine.Comment()),
        Arguments.of("-a:1.2.3.4", new DataLine.Disabled()),
        Arguments.of("%lo:1.2", new DataLine.LocationPrefix('l' << 8 | 'o', "\1\2")),
        Arguments.of("%l", new DataLine.LocationPrefix('l' << 8, "")),
        Arguments.of(
            "Za:b:c:1:2:3:4:5:6",
            new DataLine.Soa(a, name("b"), name("c"), OptionalLong.of(1), 2, 3, 4, 5, ttl(6))),
        Arguments.of(
            "Za:b:c",
            new DataLine.Soa(
                a,
                name("b"),
                name("c"),
                OptionalLong.empty(),
                16384,
                2048,
                1048576,
                2560,
                ttl(2560))),
        Arguments.of(".a:1.2.3.4:b", new DataLine.OwnZone(a, ADDRESS, name("b.ns.a"), ttl(259200))),
        Arguments.of("&a::b.c:0", new DataLine.Delegation(a, NO_ADDRESS, name("b.c"), ttl(0))),
        Arguments.of("=a:1.2.3.4:5:400000003b9aca00:lo:x", new DataLine.Host(a, ADDRESS, terms)),
        Arguments.of("+a:1.2.3.4", new DataLine.Alias(a, ADDRESS, ttl(86400))),
        Arguments.of(
            "@a:1.2.3.4::10", new DataLine.MailExchanger(a, ADDRESS, name("mx.a"), 10, ttl(86400))),
        Arguments.of("'a:b\\072\\c\\1x", new DataLine.Text(a, "b:c\1x", ttl(86400))),
        Arguments.of("^a:b:7", new DataLine.Pointer(a, name("b"), ttl(7))),
        Arguments.of("C*.a:b", new DataLine.CanonicalName(name("*.a"), name("b"), ttl(86400))),
        Arguments.of(":a:28:\\377", new DataLine.Generic(a, 28, "\u00ff", ttl(86400))));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void shouldReadEveryKindOfLine(String line, DataLine expected) throws DataException {
    assertEquals(expected, parse(line));
  }

  @ParameterizedTest
  @CsvSource({
    ":a:0:x,0",
    ":a::x,0",
    ":a:x:x,0",
    ":a:2:x,NS",
    ":a:5:x,CNAME",
    ":a:6:x,SOA",
    ":a:12:x,PTR",
    ":a:15:x,MX",
    ":a:252:x,AXFR",
    ":a:65538:x,NS"
  })
  void shouldRefuseTypesThatHaveALineOfTheirOwn(String line, String type) {
    DataException e = assertThrows(DataException.class, () -> parse(line));
    assertEquals("unable to parse data line 7: type " + type + " prohibited", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " +a:1.2.3.4", "\r", "\u00e9", "\u0000", "z", "\"", "c"})
  void shouldRefuseOtherLeadingCharacters(String line) {
    DataException e = assertThrows(DataException.class, () -> parse(line));
    assertEquals("unable to parse data line 7: unrecognized leading character", e.getMessage());
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() throws DataException {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertEquals(255, ((DataLine.Alias) parse("+" + longest)).owner().length());
    DataException name = assertThrows(DataException.class, () -> parse("+" + longest + "a"));
    assertEquals("protocol error", name.getMessage());
    assertThrows(DataException.class, () -> parse("+" + label + "a"));
    assertThrows(DataException.class, () -> parse("." + longest + "::x"));
  }
}
