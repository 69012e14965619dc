package djbdns.supervise.status;

import djbdns.supervise.tai.Tai64n;

/**
 * An end of the program run.
 *
 * @param code its argument of exit(3); -1 if a signal killed it or that is not known
 * @param signal the number of the signal that killed it; 0 if it exited or that is not known
 */
public record Ending(Tai64n at, int code, int signal) {
  /** True if no supervisor was its parent, so that its exit status is not known. */
  public boolean isUnknown() {
    return code == -1 && signal == 0;
  }
}
