package djbdns.supervise.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.FileIdentity;
import djbdns.supervise.tai.Tai64n;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class DetailsTest {
  private static final Tai64n STAMP = Tai64n.parse("@4000000037c219bf2ef02e94").orElseThrow();

  @Test
  void shouldBeLinesOfWords() {
    Details details =
        new Details(
            "up",
            "4f5c1d0e",
            Optional.of(new FileIdentity(66_305, 1_310, 7)),
            Optional.of(new ProcessIdentity(4711, 88_123_456)),
            90_210,
            90_211,
            Optional.of(STAMP),
            List.of(new Ending(STAMP, 111, 0), new Ending(STAMP, -1, 9)));
    assertEquals(
        """
        phase up
        boot 4f5c1d0e
        directory 66305 1310 7
        process 4711 88123456
        pipe 90210
        notification 90211
        ready @4000000037c219bf2ef02e94
        end @4000000037c219bf2ef02e94 111 0
        end @4000000037c219bf2ef02e94 -1 9
        """,
        details.format());
    assertEquals(details, Details.parse(details.format()));
  }

  @Test
  void shouldKeepTheLatestEndings() {
    Ending latest = new Ending(STAMP, 1, 0);
    Ending older = new Ending(STAMP, 2, 0);
    List<Ending> many = new ArrayList<>(Collections.nCopies(20, older));
    many.addFirst(latest);
    Details details =
        new Details("down", "b", Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), many);
    assertEquals(Details.MAX_ENDINGS, details.endings().size());
    assertEquals(latest, details.endings().getFirst());
  }

  @Test
  void shouldReadWhatMakesSenseAndNothingElse() {
    Details details =
        Details.parse(
            "phase up\nboot b\ndirectory 1\ndirectory 1 2\ndirectory 1 y 2\nprocess x 1\nprocess 1\npipe -\nready now\nend @ 1 2\n\nnews 7\n");
    assertEquals(
        new Details(
            "up", "b", Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), List.of()),
        details);
  }

  @Property
  void shouldReadAnyTextWithoutFailing(@ForAll String text) {
    assertTrue(Details.parse(text).endings().size() <= Details.MAX_ENDINGS);
  }
}
