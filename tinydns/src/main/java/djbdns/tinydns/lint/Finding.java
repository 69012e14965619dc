package djbdns.tinydns.lint;

/**
 * Something that its author hardly meant.
 *
 * @param line of the data file, from 1
 * @param what printable ASCII
 */
public record Finding(long line, String what) implements Comparable<Finding> {
  /** By line, then by text. */
  @Override
  public int compareTo(Finding other) {
    int byLine = Long.compare(line, other.line);
    return byLine != 0 ? byLine : what.compareTo(other.what);
  }
}
