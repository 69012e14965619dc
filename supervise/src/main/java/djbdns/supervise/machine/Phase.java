package djbdns.supervise.machine;

/** The state of the programs that a supervisor runs. */
public enum Phase {
  /** Nothing runs, and no start is planned. */
  DOWN,

  /** Nothing runs; run is started when the pause after its last start is over. */
  WAITING,

  /** The program run is running. */
  UP,

  /** The program run has ended, and finish is running. */
  FINISHING,

  /** The program run has ended, finish is running, and run is started once more after it. */
  FINISHING_FIRST,

  /** The supervisor has ended. */
  LEFT
}
