package djbdns.wire.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterTextTest {
  private static Name parse(String text) throws MalformedTextException {
    return MasterText.parseName(text, Name.parse("Origin"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        ".,.",
        "@,Origin.",
        "\\@,\\@.Origin.",
        "a.B,a.B.Origin.",
        "a.b.,a.b.",
        "a\\.b.,a\\.b.",
        "a\\046b.,a\\.b.",
        "\\000\\255.,\\000\\255.",
        "\\\\\\\"\\;\\(\\)\\$x.,\\\\\\\"\\;\\(\\)\\$x.",
        "a\\ b.,a\\032b.",
        "*.x.,*.x.",
      })
  void shouldReadAndWriteNames(String text, String written) throws Exception {
    assertEquals(written, MasterText.ofName(parse(text)));
  }

  @Test
  void shouldBoundNames() throws Exception {
    assertEquals(255, parse("x.".repeat(127)).length());
    assertThrows(MalformedTextException.class, () -> parse("x.".repeat(128)));
    assertEquals(255, parse("x.".repeat(122) + "xx").length());
    assertThrows(MalformedTextException.class, () -> parse("x.".repeat(123) + "xx"));
    assertThrows(MalformedTextException.class, () -> parse("x".repeat(64)));
    assertThrows(MalformedTextException.class, () -> parse("x.".repeat(100_000)));
  }

  @Test
  void shouldRefuseCharactersThatAreNoBytes() {
    assertThrows(MalformedTextException.class, () -> parse("\u0100"));
    assertThrows(MalformedTextException.class, () -> parse("a\\\u0100"));
  }

  @Property(tries = 500)
  void shouldParseAnyTextOrSayWhatIsWrong(@ForAll String text) throws Exception {
    Name name;
    try {
      name = parse(text);
    } catch (MalformedTextException e) {
      return;
    }
    assertEquals(name, parse(MasterText.ofName(name)));
  }
}
