package djbdns.runtime;

/** The exit codes of djbdns and daemontools. */
public final class ExitCode {
  public static final int SUCCESS = 0;

  /** The command line makes no sense. */
  public static final int USAGE = 100;

  /** Something the command needed from the system or from its input went wrong. */
  public static final int SYSTEM = 111;

  private ExitCode() {}
}
