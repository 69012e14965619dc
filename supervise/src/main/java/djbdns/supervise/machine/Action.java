package djbdns.supervise.machine;

/** What a supervisor does in a transition, in order. */
public enum Action {
  START_RUN,
  START_FINISH,

  /** Asks for a TIMEOUT when the pause after run's last start is over, perhaps at once. */
  AWAIT_RESTART,

  /** Asks for a TIMEOUT when it is time to try again to get a process. */
  AWAIT_RETRY,

  /** Asks for a TIMEOUT when run has had its time to end, if there is such a time. */
  AWAIT_KILL,

  /** Asks for a TIMEOUT when finish has had its time, if there is such a time. */
  AWAIT_FINISH,

  /** No TIMEOUT is wanted any more. */
  CANCEL_TIMEOUT,

  SEND_TERM,
  SEND_CONT,
  SEND_STOP,
  SEND_HUP,
  SEND_ALRM,
  SEND_INT,
  SEND_KILL,
  SEND_QUIT,
  SEND_USR1,
  SEND_USR2,
  SEND_WINCH,

  /** Gives up the service directory; nothing follows. */
  LEAVE;

  /** Whether it needs a process, run's or finish's. */
  public boolean isSignal() {
    return compareTo(SEND_TERM) >= 0 && compareTo(SEND_WINCH) <= 0;
  }
}
