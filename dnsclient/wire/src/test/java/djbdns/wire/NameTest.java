package djbdns.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NameTest {
  private static final String LABEL_63 = "x".repeat(63);

  /** 127 labels of one byte: 255 bytes with the root label. */
  private static final String NAME_255 = "x.".repeat(127);

  private static String wireOf(String text) throws MalformedTextException {
    return Bytes.of(Name.parse(text).toWire()).toString();
  }

  @Test
  void shouldReadTextAs105Does() throws Exception {
    assertEquals("00", wireOf(""));
    assertEquals("00", wireOf("."));
    assertEquals("00", wireOf("..."));
    assertEquals("0161016200", wireOf("a.b"));
    assertEquals("0161016200", wireOf(".a..b.."));
    assertEquals("012e00", wireOf("\\."));
    assertEquals("0153" + "00", wireOf("\\123"));
    assertEquals("02" + "5334" + "00", wireOf("\\1234"));
    assertEquals("02" + "0139" + "00", wireOf("\\19"));
    assertEquals("01ff00", wireOf("\\777"));
    assertEquals("010000", wireOf("\\0"));
    assertEquals("0138" + "00", wireOf("\\8"));
    assertEquals("016100", wireOf("a\\"));
    assertEquals("01e900", wireOf("\u00e9"));
  }

  @Test
  void shouldRefuseCharactersThatAreNoBytes() {
    assertThrows(MalformedTextException.class, () -> Name.parse("\u0100"));
    assertThrows(MalformedTextException.class, () -> Name.parse("\ud83d\ude00"));
  }

  @Test
  void shouldKeepLetterCase() throws Exception {
    assertEquals("02614201" + "4300", wireOf("aB.C"));
    assertEquals("ab.c", Name.parse("aB.C").toString());
  }

  @Test
  void shouldBoundLabelsAt63Bytes() throws Exception {
    assertEquals(65, Name.parse(LABEL_63).length());
    assertThrows(MalformedTextException.class, () -> Name.parse(LABEL_63 + "x"));
    assertThrows(MalformedTextException.class, () -> Name.parse("a." + LABEL_63 + "\\170"));
  }

  @Test
  void shouldBoundNamesAt255Bytes() throws Exception {
    assertEquals(255, Name.parse(NAME_255).length());
    assertEquals(127, Name.parse(NAME_255).labelCount());
    assertThrows(MalformedTextException.class, () -> Name.parse(NAME_255 + "x"));
    String three = (LABEL_63 + ".").repeat(3);
    assertEquals(255, Name.parse(three + "x".repeat(61)).length());
    assertThrows(MalformedTextException.class, () -> Name.parse(three + "x".repeat(62)));
    assertThrows(MalformedTextException.class, () -> Name.parse(three + "x".repeat(61) + ".y"));
  }

  @Test
  void shouldRefuseWireFormsThatAreNoName() {
    assertIllegal("");
    assertIllegal("0161");
    assertIllegal("026100");
    assertIllegal("40" + "61".repeat(64) + "00");
    assertIllegal("c000");
    assertIllegal("0161".repeat(127) + "016100");
    assertEquals(255, Name.ofWire(Bytes.ofHex("0161".repeat(127) + "00").toArray(), 0).length());
  }

  private static void assertIllegal(String hex) {
    assertThrows(IllegalArgumentException.class, () -> Name.ofWire(Bytes.ofHex(hex).toArray(), 0));
  }

  @Test
  void shouldKnowItsAncestors() throws Exception {
    Name name = Name.parse("www.Example.com");
    assertTrue(name.isWithin(name));
    assertTrue(name.isWithin(Name.parse("example.COM")));
    assertTrue(name.isWithin(Name.ROOT));
    assertFalse(name.isWithin(Name.parse("ample.com")));
    assertFalse(Name.ROOT.isWithin(name));
    assertFalse(Name.parse("a\\.b").isWithin(Name.parse("b")));
    assertEquals(Name.parse("example.com"), name.parent());
    assertThrows(IllegalStateException.class, Name.ROOT::parent);
  }

  @Test
  void shouldGiveItsLastLabels() throws Exception {
    Name name = Name.parse("www.example.com");
    assertEquals(Name.ROOT, name.suffix(0));
    assertEquals(Name.parse("com"), name.suffix(1));
    assertEquals(Name.parse("example.com"), name.suffix(2));
    assertEquals(name, name.suffix(3));
  }

  @Test
  void shouldIgnoreCaseOfAsciiLettersOnly() throws Exception {
    assertEquals(Name.parse("aZ"), Name.parse("Az"));
    assertEquals(Name.parse("aZ").hashCode(), Name.parse("Az").hashCode());
    assertNotEquals(Name.parse("@"), Name.parse("`"));
    assertNotEquals(Name.parse("["), Name.parse("{"));
    assertNotEquals(Name.parse("\\300"), Name.parse("\\340"));
    assertEquals("0261" + "7a" + "00", Bytes.of(Name.parse("AZ").lowerCase().toWire()).toString());
  }

  @Property(tries = 500)
  void shouldParseAnyTextOrSayWhatIsWrong(@ForAll String text) {
    try {
      Name name = Name.parse(text);
      assertEquals(name, Name.parse(name.toString()));
    } catch (MalformedTextException e) {
      assertTrue(e.getMessage().contains("longer") || e.getMessage().contains("outside"));
    }
  }
}
