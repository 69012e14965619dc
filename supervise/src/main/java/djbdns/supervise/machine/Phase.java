package djbdns.supervise.machine;

/** What a supervisor has under it. */
public enum Phase {
  /** Nothing runs, and nothing is to. */
  DOWN,

  /** Nothing runs; run is started when the pause after its last start is over. */
  WAITING,

  /** The program run is running. */
  UP,

  /** The program run has ended, and finish is running. */
  FINISHING,

  /** The same, and run is to be started once more after it. */
  FINISHING_FIRST,

  /** The supervisor has ended. */
  LEFT
}
