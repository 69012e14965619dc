package djbdns.supervise.machine;

/** The last command about the service that a supervisor has got. */
public enum Want {
  /** Start it whenever it is down. */
  UP('u'),

  /** Leave it down. */
  DOWN('d'),

  /** Leave it as it is: do not start it again when it has ended. */
  ONCE('\0');

  private final char letter;

  Want(char letter) {
    this.letter = letter;
  }

  /** The letter in the status file. */
  public char letter() {
    return letter;
  }

  /** The value of a letter in the status file; {@link #ONCE} for an unknown letter. */
  public static Want ofLetter(char letter) {
    return switch (letter) {
      case 'u' -> UP;
      case 'd' -> DOWN;
      default -> ONCE;
    };
  }
}
