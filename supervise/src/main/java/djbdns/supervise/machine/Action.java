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

  /** Gives up the service directory; nothing follows. */
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
