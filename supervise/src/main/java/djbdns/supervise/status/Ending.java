package djbdns.supervise.status;

import djbdns.supervise.tai.Tai64n;

/**
 * How the program run has once ended.
 *
 * @param code what it passed to exit(3); -1 if a signal killed it or nobody knows
 * @param signal what killed it; 0 if it exited or nobody knows
 */
public record Ending(Tai64n at, int code, int signal) {
  /** Whether the supervisor was not there to see it. */
  public boolean isUnknown() {
    return code == -1 && signal == 0;
  }
}
