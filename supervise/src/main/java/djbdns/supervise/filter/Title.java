package djbdns.supervise.filter;

import java.util.Arrays;

/**
 * The text that readproctitle shows: as long as its last argument was, at first all dots, of which
 * three stay; every byte that comes moves the others to the left. Source: readproctitle.c. For use
 * by one thread.
 */
final class Title {
  /** The shortest argument that the original accepts. */
  static final int MIN_BYTES = 5;

  private static final int DOTS_THAT_STAY = 3;

  private final byte[] text;

  Title(int bytes) {
    if (bytes < MIN_BYTES) {
      throw new IllegalArgumentException("a title of " + bytes + " bytes");
    }
    text = new byte[bytes];
    Arrays.fill(text, (byte) '.');
  }

  /** Appends the first bytes of an array, without zero bytes, which would end the title. */
  void append(byte[] bytes, int length) {
    byte[] visible = new byte[length];
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        visible[count] = bytes[i];
        count++;
      }
    }
    int taken = Math.min(count, text.length - DOTS_THAT_STAY);
    System.arraycopy(
        text, DOTS_THAT_STAY + taken, text, DOTS_THAT_STAY, text.length - DOTS_THAT_STAY - taken);
    System.arraycopy(visible, count - taken, text, text.length - taken, taken);
  }

  /** The text; not a copy. */
  byte[] bytes() {
    return text;
  }
}
