package djbdns.master;

import djbdns.wire.MalformedTextException;

/**
 * The numbers of a {@code $GENERATE}: {@code start-stop} or {@code start-stop/step}.
 *
 * @param start 0 to 2<sup>31</sup> - 1
 * @param stop not below {@code start}, and reached if the steps lead there
 * @param step from 1
 */
record GeneratedRange(int start, int stop, int step) {
  /** The most records that one line may make. */
  static final int MAX_RECORDS = 1_000_000;

  static GeneratedRange parse(String text) throws MalformedTextException {
    int dash = text.indexOf('-');
    int slash = text.indexOf('/', Math.max(0, dash));
    try {
      int stopEnd = slash < 0 ? text.length() : slash;
      int start = number(text.substring(0, Math.max(0, dash)));
      int stop = number(text.substring(dash + 1, stopEnd));
      int step = slash < 0 ? 1 : number(text.substring(slash + 1));
      if (dash < 0 || stop < start || step < 1) {
        throw new MalformedTextException("bad range: " + text);
      }
      if (((long) stop - start) / step >= MAX_RECORDS) {
        throw new MalformedTextException(
            "range makes more than " + MAX_RECORDS + " records: " + text);
      }
      return new GeneratedRange(start, stop, step);
    } catch (NumberFormatException e) {
      throw new MalformedTextException("bad range: " + text);
    }
  }

  private static int number(String digits) {
    if (digits.startsWith("+") || digits.startsWith("-")) {
      throw new NumberFormatException();
    }
    return Integer.parseInt(digits);
  }
}
