package djbdns.supervise.run;

import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Processes.Ended;
import djbdns.supervise.calls.ProcessCalls;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The processes that this one has started, and the orphans that it has inherited, which it only
 * reaps. For use by the event loop's thread.
 */
final class Children {
  private final ProcessCalls processes;
  private final Map<Integer, Consumer<ExitStatus>> watchers = new HashMap<>();

  Children(ProcessCalls processes) {
    this.processes = processes;
  }

  /** Calls a watcher when a child has ended. */
  void watch(int pid, Consumer<ExitStatus> watcher) {
    watchers.put(pid, watcher);
  }

  /** Calls no watcher when a child has ended. */
  void forget(int pid) {
    watchers.remove(pid);
  }

  /** Reaps every child that has ended; to be called whenever the signal CHLD has come. */
  void reap() throws PosixException {
    for (Optional<Ended> ended = processes.reap(); ended.isPresent(); ended = processes.reap()) {
      Consumer<ExitStatus> watcher = watchers.remove(ended.get().pid());
      if (watcher != null) {
        watcher.accept(ended.get().status());
      }
    }
  }
}
