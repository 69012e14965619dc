package djbdns.supervise.run;

import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.posix.Processes.Ended;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The processes that this one has started, and those that it has inherited: orphans, which it only
 * buries. For use by the event loop's thread.
 */
final class Children {
  private final Processes processes;
  private final Map<Integer, Consumer<ExitStatus>> watchers = new HashMap<>();

  Children(Processes processes) {
    this.processes = processes;
  }

  /** Calls when a child has ended. */
  void watch(int pid, Consumer<ExitStatus> watcher) {
    watchers.put(pid, watcher);
  }

  /** Calls nobody when a child has ended. */
  void forget(int pid) {
    watchers.remove(pid);
  }

  /** Takes notice of every child that has ended; whenever the signal CHLD has come. */
  void reap() throws PosixException {
    for (Optional<Ended> ended = processes.reap(); ended.isPresent(); ended = processes.reap()) {
      Consumer<ExitStatus> watcher = watchers.remove(ended.get().pid());
      if (watcher != null) {
        watcher.accept(ended.get().status());
      }
    }
  }
}
