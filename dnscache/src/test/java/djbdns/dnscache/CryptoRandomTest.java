package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CryptoRandomTest {
  private static final int DRAWS = 10_000;

  @Test
  void shouldNeverDependOnTheSeedAlone() {
    Set<Long> drawn = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      CryptoRandom random = new CryptoRandom(new byte[128]);
      drawn.add(random.nextLong());
    }
    assertEquals(100, drawn.size());
  }

  @Test
  void shouldNotRepeatItselfAcrossBlocks() {
    CryptoRandom random = new CryptoRandom(new byte[0]);
    Set<Long> drawn = new HashSet<>();
    for (int i = 0; i < DRAWS; i++) {
      drawn.add(random.nextLong());
    }
    assertEquals(DRAWS, drawn.size());
  }

  @Test
  void shouldSetEachBitHalfOfTheTime() {
    CryptoRandom random = new CryptoRandom(new byte[] {1});
    int[] set = new int[Long.SIZE];
    for (int i = 0; i < DRAWS; i++) {
      long value = random.nextLong();
      for (int bit = 0; bit < Long.SIZE; bit++) {
        set[bit] += (int) (value >>> bit & 1);
      }
    }
    for (int bit = 0; bit < Long.SIZE; bit++) {
      int count = set[bit];
      // Six standard deviations of 50.
      assertTrue(Math.abs(count - DRAWS / 2) < 300, () -> count + " of " + DRAWS);
    }
  }
}
