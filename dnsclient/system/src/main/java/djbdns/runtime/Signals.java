package djbdns.runtime;

import sun.misc.Signal;

/** Signals to the process. The only user of what the JDK has for them. */
public final class Signals {
  private Signals() {}

  /**
   * Runs an action, on a thread of its own, whenever a signal comes, in place of what the signal
   * does by default.
   *
   * @param name without {@code SIG}, such as {@code HUP}; not {@code QUIT}, {@code KILL} or {@code
   *     STOP}, which are the JVM's or the kernel's
   */
  public static void handle(String name, Runnable action) {
    Signal.handle(new Signal(name), _ -> action.run());
  }
}
