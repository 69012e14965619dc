package djbdns.supervise.control;

import djbdns.posix.PosixException;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.StatusRecord;
import djbdns.supervise.tai.Tai64n;
import java.util.Optional;

/** A state of a service that svc can wait for. */
enum Goal {
  UP('u', "up"),
  READY('U', "ready"),
  DOWN('d', "down"),
  RESTARTED('r', "up again"),
  GONE('x', "no longer supervised");

  private final char letter;
  private final String text;

  Goal(char letter, String text) {
    this.letter = letter;
    this.text = text;
  }

  static Optional<Goal> of(String letters) {
    for (Goal goal : values()) {
      if (letters.equals(Character.toString(goal.letter))) {
        return Optional.of(goal);
      }
    }
    return Optional.empty();
  }

  /** The text in messages, after "until it is". */
  String text() {
    return text;
  }

  /**
   * True if the service has reached it.
   *
   * @param before the time when the service last came up or went down before it got its commands
   * @param endsRun true if the commands end the run of that time
   */
  boolean isReached(ServiceView view, Optional<Tai64n> before, boolean endsRun)
      throws PosixException {
    boolean supervised = view.hasSupervisor();
    if (this == GONE || !supervised) {
      return this == GONE && !supervised;
    }
    Optional<StatusRecord> status = view.status();
    boolean up = status.filter(s -> s.pid() != 0).isPresent();
    boolean isNew = !status.map(StatusRecord::since).equals(before);
    return switch (this) {
      case UP -> up;
      case READY -> up && (isNew || !endsRun) && isReady(view);
      case DOWN -> status.isPresent() && !up;
      case RESTARTED -> up && isNew;
      case GONE -> false;
    };
  }

  private static boolean isReady(ServiceView view) {
    return view.details().flatMap(Details::ready).isPresent();
  }
}
