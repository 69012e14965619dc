package djbdns.supervise.run;

/** Every limit of svscan and supervise. */
final class Limits {
  /** Between two starts of run: supervise.c sleeps for it after each start. */
  static final long RESTART_MS = 1_000;

  /** Before the next try where the system has no process for run: as supervise.c. */
  static final long RETRY_MS = 60_000;

  /** What a service has to end in when svscan ends, unless its file timeout-kill says otherwise. */
  static final long KILL_MS = 5_000;

  /** What a finish program has to end in, unless the file timeout-finish says otherwise. */
  static final long FINISH_MS = 5_000;

  /** Between two looks at the scan directory: svscan.c. */
  static final long SCAN_MS = 5_000;

  /** Before the status is written again that could not be. */
  static final long WRITE_MS = 5_000;

  /** How many services one svscan runs: svscan.c. */
  static final int MAX_SERVICES = 1_000;

  private Limits() {}
}
