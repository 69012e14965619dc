package djbdns.tools.hostile;

/** Numbers that look random and are the same in each run. */
final class Numbers {
  private Numbers() {}

  /** 0 to {@code bound - 1}. */
  static int of(int bound, long... values) {
    long mixed = 0;
    for (long value : values) {
      mixed = mix(mixed + value + 0x9e3779b97f4a7c15L);
    }
    return (int) Long.remainderUnsigned(mixed, bound);
  }

  /** The same of a text. */
  static int of(int bound, String text) {
    return of(bound, text.hashCode());
  }

  /** The number behind a label's first character; 0 if there is none. */
  static int in(String label) {
    int number = 0;
    for (int i = 1; i < label.length() && i < 9; i++) {
      char digit = label.charAt(i);
      if (digit < '0' || digit > '9') {
        return 0;
      }
      number = 10 * number + digit - '0';
    }
    return number;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
