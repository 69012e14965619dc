package djbdns.supervise.run;

import djbdns.posix.Errno;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.ProcessCalls;
import djbdns.supervise.status.ProcessIdentity;
import java.util.Optional;

/**
 * A process that a supervisor supervises.
 *
 * @param identity empty if it had ended before it could be found in the process table
 * @param group true if it leads a process group that gets its signals too
 * @param pidDescriptor of a process that an earlier supervisor has started; empty for a child,
 *     whose pid cannot be reused before it is reaped
 */
record RunningProcess(
    int pid, Optional<ProcessIdentity> identity, boolean group, Optional<Integer> pidDescriptor) {

  /** Sends a signal; does nothing if the process has just ended. */
  void signal(ProcessCalls processes, int signal) throws PosixException {
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
