package djbdns.tinydns.master;

/**
 * A place in a master file.
 *
 * @param file as {@link MasterFiles} knows it
 * @param line from 1; of an entry of several lines, the first
 */
public record Position(String file, long line) {
  /** {@code file:line}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
