package djbdns.supervise.machine;

import java.util.Optional;

/** An event for a supervisor: a command from its control FIFO, or one that it observes itself. */
public enum ServiceEvent {
  COMMAND_UP('u'),
  COMMAND_DOWN('d'),
  COMMAND_ONCE('o'),
  COMMAND_EXIT('x'),
  COMMAND_PAUSE('p'),
  COMMAND_CONTINUE('c'),
  COMMAND_HANGUP('h'),
  COMMAND_ALARM('a'),
  COMMAND_INTERRUPT('i'),
  COMMAND_TERMINATE('t'),
  COMMAND_KILL('k'),
  COMMAND_QUIT('q'),
  COMMAND_USER1('1'),
  COMMAND_USER2('2'),
  COMMAND_WINDOW('w'),

  /**
   * For the supervisor of a logger: the input ends; the logger reads the rest, and then both end.
   */
  DRAIN,

  /** The program run has said that it is ready. */
  READY,

  /** The program run has ended, or could not be executed. */
  RUN_ENDED,

  /** The program finish has ended, could not be executed, or does not exist. */
  FINISH_ENDED,

  /** The system had no process for run. */
  START_FAILED,

  /** The time set by the last action {@code AWAIT_...} is over. */
  TIMEOUT;

  private static final char NONE = '\0';

  private final char letter;

  ServiceEvent(char letter) {
    this.letter = letter;
  }

  ServiceEvent() {
    this(NONE);
  }

  /** The event of a letter in the control FIFO; empty for a letter without a meaning. */
  public static Optional<ServiceEvent> ofCommand(char letter) {
    for (ServiceEvent event : values()) {
      if (event.letter == letter && letter != NONE) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }
}
