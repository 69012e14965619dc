package djbdns.tinydns.lint;

import djbdns.wire.Name;
import java.util.Optional;

/**
 * The bound on how far aliases are followed. Clients at many locations and times can each have a
 * way of their own through many aliases, and a DNAME record that makes names longer has one for
 * each name: to follow all of them could take the square of the file's length. One thread.
 */
final class Effort {
  private static final long ALWAYS = 1_000_000;
  private static final long FOR_RECORD = 100;

  /**
   * A step costs as much as its name has labels to be looked up, and at least what it leaves
   * behind.
   */
  private static final int CHEAPEST_STEP = 10;

  private long left;
  private Optional<Finding> end = Optional.empty();

  Effort(long records) {
    left = ALWAYS + FOR_RECORD * records;
  }

  /**
   * Takes the cost of a step; false if nothing is left for it.
   *
   * @param line where the way starts
   */
  boolean spend(Name place, long line) {
    left -= Math.max(CHEAPEST_STEP, place.labelCount());
    if (left < 0 && end.isEmpty()) {
      end =
          Optional.of(
              new Finding(line, "aliases have too many ways: not all of them were followed"));
    }
    return left >= 0;
  }

  /** True if some way was not followed to its end. */
  boolean isSpent() {
    return end.isPresent();
  }

  /** Says so, if it is. */
  Optional<Finding> end() {
    return end;
  }
}
