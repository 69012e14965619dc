package djbdns.supervise.multilog;

import djbdns.runtime.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The actions for each line: the words of the command line (multilog.c). Unknown words are ignored,
 * as in the original. All strings have a character for each byte.
 *
 * @param timestamps true if every line gets a TAI64N stamp first
 * @param actions for each line, in order
 */
record Script(boolean timestamps, List<Action> actions) {
  private static final long DEFAULT_MAX_FILES = 10;
  private static final long MIN_MAX_FILES = 2;
  private static final long DEFAULT_MAX_BYTES = 99999;
  private static final long MIN_MAX_BYTES = 4096;
  private static final long MAX_MAX_BYTES = 16777215;

  Script {
    actions = List.copyOf(actions);
  }

  /** A step of the script. */
  sealed interface Action {}

  /** {@code +pattern}: selects the line if it matches. */
  record Select(Pattern pattern) implements Action {}

  /** {@code -pattern}: deselects the line if it matches. */
  record Deselect(Pattern pattern) implements Action {}

  /** {@code e}: prints the first 200 bytes of a selected line on standard error. */
  record Alert() implements Action {}

  /** {@code =file}: keeps the first 1000 bytes of the latest selected line in a file. */
  record Status(String file) implements Action {}

  /**
   * {@code ./directory}: appends a selected line to a log.
   *
   * @param maxBytes size of {@code current}, 4096 to 16777215
   * @param maxFiles the number of old files at which the oldest is deleted, at least 2; unsigned
   * @param processor the command that filters a full file, for {@code sh -c}
   */
  record Log(String directory, long maxBytes, long maxFiles, Optional<String> processor)
      implements Action {}

  /** Reads the words. */
  static Script parse(List<String> words) {
    boolean timestamps = !words.isEmpty() && words.getFirst().startsWith("t");
    List<Action> actions = new ArrayList<>();
    long maxBytes = DEFAULT_MAX_BYTES;
    long maxFiles = DEFAULT_MAX_FILES;
    Optional<String> processor = Optional.empty();
    for (String word : words) {
      String rest = word.isEmpty() ? "" : word.substring(1);
      switch (word.isEmpty() ? '\0' : word.charAt(0)) {
        case '+' -> actions.add(new Select(new Pattern(rest)));
        case '-' -> actions.add(new Deselect(new Pattern(rest)));
        case 'e' -> actions.add(new Alert());
        case '=' -> actions.add(new Status(rest));
        case 's' -> maxBytes = clamp(Decimal.scan(rest), MIN_MAX_BYTES, MAX_MAX_BYTES);
        case 'n' -> maxFiles = clamp(Decimal.scan(rest), MIN_MAX_FILES, -1);
        case '!' -> processor = Optional.of(rest);
        case '.', '/' -> actions.add(new Log(word, maxBytes, maxFiles, processor));
        default -> {}
      }
    }
    return new Script(timestamps, actions);
  }

  /** The logs, in order. */
  List<Log> logs() {
    return actions.stream().filter(Log.class::isInstance).map(Log.class::cast).toList();
  }

  private static long clamp(long number, long min, long max) {
    if (Long.compareUnsigned(number, min) < 0) {
      return min;
    }
    return Long.compareUnsigned(number, max) > 0 ? max : number;
  }
}
