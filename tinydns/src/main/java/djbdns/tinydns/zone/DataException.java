package djbdns.tinydns.zone;

/**
 * A data line that is refused; the message is what stands behind {@code fatal: }, the same as
 * 1.05's where that refuses the line too.
 */
public final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  private DataException(String message) {
    super(message);
  }

  /** The line makes no sense. */
  public static DataException unparsable(long lineNumber, String why) {
    return new DataException("unable to parse data line " + lineNumber + ": " + why);
  }

  /** The line is of no kind there is. */
  public static DataException leadingCharacter(long lineNumber) {
    return unparsable(lineNumber, "unrecognized leading character");
  }

  /** The message of pickdns-data for a name that is too long. */
  public static DataException outOfMemory() {
    return new DataException("out of memory");
  }

  /**
   * 1.05 finds a label over 63 bytes or a name over 255 and prints the errno it has set: EPROTO.
   */
  static DataException nameTooLong() {
    return new DataException("protocol error");
  }
}
