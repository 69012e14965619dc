package djbdns.supervise.machine;

/** What a supervisor has last been told about its service. */
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

  /** How the status file says it. */
  public char letter() {
    return letter;
  }

  /** What a letter of the status file says; whatever is not known is {@link #ONCE}. */
  public static Want ofLetter(char letter) {
    return switch (letter) {
      case 'u' -> UP;
      case 'd' -> DOWN;
      default -> ONCE;
    };
  }
}
