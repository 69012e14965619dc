package djbdns.supervise.calls;

import djbdns.posix.PosixException;
import djbdns.posix.Processes.Ended;
import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.Spawn;
import java.util.Optional;

/**
 * The system calls that a supervisor makes on processes. For use by one thread. A method that
 * declares {@link PosixException} throws it when the call fails.
 */
public interface ProcessCalls {
  /** Starts a process: posix_spawn(3). */
  int spawn(Spawn spawn) throws PosixException;

  /** Removes one child that has ended, if there is one: waitpid(2), WNOHANG. */
  Optional<Ended> reap() throws PosixException;

  /** Sends a signal to a process, or with a negative pid to a process group: kill(2). */
  void kill(int pid, int signal) throws PosixException;

  /** A new descriptor of a process, which can be read when it has ended: pidfd_open(2). */
  int open(int pid) throws PosixException;

  /** Sends a signal to the process of a descriptor: pidfd_send_signal(2). */
  void signal(int pidDescriptor, int signal) throws PosixException;

  /** Makes this process the parent of its orphaned descendants: prctl(2). */
  void adoptOrphans() throws PosixException;

  /** The limit of open files of this process: getrlimit(2), RLIMIT_NOFILE. */
  Limit openFiles() throws PosixException;

  void limitOpenFiles(Limit limit) throws PosixException;

  /**
   * Runs an action, on a thread of its own, whenever a signal comes.
   *
   * @param signal without {@code SIG}, such as {@code HUP}
   */
  void handle(String signal, Runnable action);
}
