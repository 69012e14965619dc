package djbdns.supervise.machine;

/** An action of a supervisor in a transition. */
public enum Action {
  START_RUN,
  START_FINISH,

  /** Asks for a TIMEOUT when the pause after run's last start is over, perhaps at once. */
  AWAIT_RESTART,

  /** Asks for a TIMEOUT when it is time to try again to start run. */
  AWAIT_RETRY,

  /** Asks for a TIMEOUT when the time that run has to end is over, if there is such a time. */
  AWAIT_KILL,

  /** Asks for a TIMEOUT when the time that finish has is over, if there is such a time. */
  AWAIT_FINISH,

  /** Takes back the last request for a TIMEOUT. */
  CANCEL_TIMEOUT,

  SEND_TERM(15),
  SEND_CONT(18),
  SEND_STOP(19),
  SEND_HUP(1),
  SEND_ALRM(14),
  SEND_INT(2),
  SEND_KILL(9),
  SEND_QUIT(3),
  SEND_USR1(10),
  SEND_USR2(12),
  SEND_WINCH(28),

  /** Closes the service directory; no action follows. */
  LEAVE;

  private final int signal;

  Action(int signal) {
    this.signal = signal;
  }

  Action() {
    this(0);
  }

  /** The number of the signal that it sends on Linux, signal(7); 0 if it sends none. */
  public int signal() {
    return signal;
  }
}
