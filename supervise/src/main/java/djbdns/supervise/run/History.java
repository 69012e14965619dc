package djbdns.supervise.run;

import djbdns.posix.ExitStatus;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.Ending;
import djbdns.supervise.tai.Tai64n;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The times when a service came up, got ready and ended. For use by the event loop's thread. */
final class History {
  private Tai64n since;
  private Optional<Tai64n> ready = Optional.empty();
  private ExitStatus lastStatus = ExitStatus.UNKNOWN;
  private final List<Ending> endings;

  /**
   * @param endings of earlier runs, the latest first
   */
  History(Tai64n now, List<Ending> endings) {
    since = now;
    this.endings = new ArrayList<>(endings);
  }

  /** The time when it last came up or went down. */
  Tai64n since() {
    return since;
  }

  Optional<Tai64n> ready() {
    return ready;
  }

  /** The exit status of the last run. */
  ExitStatus lastStatus() {
    return lastStatus;
  }

  List<Ending> endings() {
    return List.copyOf(endings);
  }

  /**
   * Notes a start of run.
   *
   * @param readyAt the time when it got ready, if it has
   */
  void cameUp(Tai64n at, Optional<Tai64n> readyAt) {
    since = at;
    ready = readyAt;
  }

  /** Notes that it went down under an earlier supervisor. */
  void wasDown(Tai64n at) {
    since = at;
  }

  void gotReady(Tai64n at) {
    ready = Optional.of(at);
  }

  void ended(Tai64n at, ExitStatus status) {
    since = at;
    ready = Optional.empty();
    lastStatus = status;
    endings.addFirst(new Ending(at, status.code(), status.signal()));
    if (endings.size() > Details.MAX_ENDINGS) {
      endings.removeLast();
    }
  }
}
