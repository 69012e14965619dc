package djbdns.posix;

/**
 * How a process ended: waitpid(2).
 *
 * @param code what it passed to exit(3), 0 to 255; -1 if a signal killed it
 * @param signal what killed it; 0 if it exited
 */
public record ExitStatus(int code, int signal) {
  /** For a process that is not our child: nobody tells. */
  public static final ExitStatus UNKNOWN = new ExitStatus(-1, 0);

  static ExitStatus ofWait(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? new ExitStatus(status >> 8 & 0xff, 0) : new ExitStatus(-1, signal);
  }

  public boolean isCrash() {
    return code == -1;
  }
}
