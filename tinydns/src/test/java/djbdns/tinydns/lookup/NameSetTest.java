package djbdns.tinydns.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** NameSet beside the JDK's set. */
final class NameSetTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Property(tries = 200)
  void shouldHoldWhatWasAdded(
      @ForAll long key,
      @ForAll @Size(max = 300) Set<String> added,
      @ForAll @Size(max = 50) Set<String> asked) {
    Set<String> model = new HashSet<>();
    try (NameSet names = new NameSet(key)) {
      for (String name : added) {
        String latin = new String(bytes(name), StandardCharsets.ISO_8859_1);
        assertEquals(model.add(latin), names.add(bytes(name), 0, bytes(name).length));
      }
      for (String name : asked) {
        String latin = new String(bytes(name), StandardCharsets.ISO_8859_1);
        assertEquals(model.contains(latin), names.contains(bytes(name), 0, bytes(name).length));
      }
    }
  }

  @Test
  void shouldHoldAHundredThousand() {
    try (NameSet names = new NameSet(99)) {
      for (int i = 0; i < 100_000; i++) {
        byte[] name = bytes("n" + i);
        assertEquals(true, names.add(name, 0, name.length));
        assertEquals(false, names.add(name, 0, name.length));
      }
      for (int i = 0; i < 200_000; i++) {
        byte[] name = bytes("n" + i);
        assertEquals(i < 100_000, names.contains(name, 0, name.length));
      }
    }
  }
}
