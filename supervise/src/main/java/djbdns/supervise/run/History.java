package djbdns.supervise.run;

import djbdns.posix.ExitStatus;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.Ending;
import djbdns.supervise.tai.Tai64n;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a service has come up, got ready and ended. For use by the event loop's thread. */
final class History {
  private Tai64n since;
  private Optional<Tai64n> ready = Optional.empty();
  private ExitStatus lastStatus = ExitStatus.UNKNOWN;
  private final List<Ending> endings;

  /**
   * @param endings from before, the latest first
   */
  History(Tai64n now, List<Ending> endings) {
    since = now;
    this.endings = new ArrayList<>(endings);
  }

  /** When it has last come up or gone down. */
  Tai64n since() {
    return since;
  }

  Optional<Tai64n> ready() {
    return ready;
  }

  /** How run has ended last. */
  ExitStatus lastStatus() {
    return lastStatus;
  }

  List<Ending> endings() {
    return List.copyOf(endings);
  }

  void cameUp(Tai64n at) {
    since = at;
    ready = Optional.empty();
  }

  /** It came up, and perhaps got ready, under an earlier supervisor. */
  void wasUp(Tai64n at, Optional<Tai64n> readyAt) {
    since = at;
    ready = readyAt;
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
