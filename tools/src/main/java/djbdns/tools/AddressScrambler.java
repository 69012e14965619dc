package djbdns.tools;

import java.util.random.RandomGenerator;

/**
 * Gives each number an IPv4 address, no two the same one, in an order without a pattern that one
 * could see (random-ip.c): a hundred times over, every octet is combined with the one before it and
 * replaced by what a table has for it, which is a permutation itself. Immutable.
 */
final class AddressScrambler {
  private static final int OCTETS = 4;
  private static final int TABLE_SIZE = 256;
  private static final int TOP_SHIFT = 24;
  private static final int ROUNDS = 100;

  /** Each step waits for the one before it, so four addresses side by side take hardly longer. */
  static final int LANES = 4;

  private final int[] table = new int[TABLE_SIZE];
  private final int octets;

  /**
   * A scrambler with a table of its own.
   *
   * @param octets how many octets at the end of the addresses differ, 0 to 4
   * @param random is asked for a number below 256, below 255 and so on to 1
   */
  AddressScrambler(int octets, RandomGenerator random) {
    this.octets = octets;
    for (int i = 0; i < TABLE_SIZE; i++) {
      table[i] = i;
    }
    for (int last = TABLE_SIZE - 1; last >= 0; last--) {
      int chosen = random.nextInt(last + 1);
      int value = table[last];
      table[last] = table[chosen];
      table[chosen] = value;
    }
  }

  /**
   * Replaces numbers below 256<sup>octets</sup> by the octets that they get, as 32-bit addresses
   * whose other octets are 0.
   *
   * @param numbers a multiple of {@link #LANES}
   */
  void scramble(int[] numbers) {
    // From here on the octet to be replaced next is the highest one.
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.reverseBytes(numbers[i]);
    }
    if (octets == 1) {
      replaceOnce(numbers);
    } else if (octets > 1) {
      for (int i = 0; i < numbers.length; i += LANES) {
        mix(numbers, i);
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) ((numbers[i] & 0xffffffffL) >>> (Byte.SIZE * (OCTETS - octets)));
    }
  }

  /** An octet alone has none before it. */
  private void replaceOnce(int[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = table[numbers[i] >>> TOP_SHIFT] << TOP_SHIFT;
    }
  }

  /** An octet leaves at the top and its replacement enters below the others. */
  private void mix(int[] numbers, int first) {
    int[] map = table;
    int shift = Byte.SIZE * (OCTETS - octets);
    int a = numbers[first];
    int b = numbers[first + 1];
    int c = numbers[first + 2];
    int d = numbers[first + 3];
    int lastOfA = 0;
    int lastOfB = 0;
    int lastOfC = 0;
    int lastOfD = 0;
    for (int step = ROUNDS * octets; step > 0; step--) {
      lastOfA = map[lastOfA ^ (a >>> TOP_SHIFT)];
      lastOfB = map[lastOfB ^ (b >>> TOP_SHIFT)];
      lastOfC = map[lastOfC ^ (c >>> TOP_SHIFT)];
      lastOfD = map[lastOfD ^ (d >>> TOP_SHIFT)];
      a = (a << Byte.SIZE) | (lastOfA << shift);
      b = (b << Byte.SIZE) | (lastOfB << shift);
      c = (c << Byte.SIZE) | (lastOfC << shift);
      d = (d << Byte.SIZE) | (lastOfD << shift);
    }
    numbers[first] = a;
    numbers[first + 1] = b;
    numbers[first + 2] = c;
    numbers[first + 3] = d;
  }
}
