package djbdns.supervise.run;

/** Every limit of svscan and supervise. */
final class Limits {
  /** The time between two starts of run: supervise.c sleeps for it after each start. */
  static final long RESTART_MS = 1_000;

  /** The time before the next try if the system has no process for run: as supervise.c. */
  static final long RETRY_MS = 60_000;

  /** The time that a service has to end when svscan ends, without a file timeout-kill. */
  static final long KILL_MS = 5_000;

  /** The time that a program finish has to end, without a file timeout-finish. */
  static final long FINISH_MS = 5_000;

  /** The time between two scans of the scan directory: svscan.c. */
  static final long SCAN_MS = 5_000;

  /** The time before the next try to write a status that could not be written. */
  static final long WRITE_MS = 5_000;

  /** The number of services that one svscan runs: svscan.c. */
  static final int MAX_SERVICES = 1_000;

  private Limits() {}
}
