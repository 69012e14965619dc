package djbdns.supervise.run;

import djbdns.posix.Errno;
import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.supervise.status.ProcessIdentity;
import java.util.Optional;

/**
 * The process that a supervisor has under it.
 *
 * @param identity empty if it had ended before it could be looked at
 * @param group whether it leads a process group that gets its signals too
 * @param pidDescriptor stands for a process that an earlier supervisor has started; empty for a
 *     child, whose pid cannot be another's before it is buried
 */
record RunningProcess(
    int pid, Optional<ProcessIdentity> identity, boolean group, Optional<Integer> pidDescriptor) {

  /** Sends a signal; nothing happens if the process has just ended. */
  void signal(Processes processes, int signal) throws PosixException {
    try {
      if (group) {
        processes.kill(-pid, signal);
      } else if (pidDescriptor.isPresent()) {
        processes.signal(pidDescriptor.get(), signal);
      } else {
        processes.kill(pid, signal);
      }
    } catch (PosixException e) {
      if (!e.is(Errno.ESRCH)) {
        throw e;
      }
    }
  }
}
