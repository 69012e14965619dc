package djbdns.supervise.run;

import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.posix.ResourceLimits;
import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.ResourceLimits.Resource;
import djbdns.posix.Spawn;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ReadyNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts programs with the environment and the limits that this process was started with. For use
 * by the event loop's thread.
 *
 * <p>A supervisor of hundreds of services needs more descriptors than a program usually may have,
 * so it raises its own limit, and lowers it for as long as it takes to start a program.
 */
final class Spawner {
  private static final String NOTIFICATION = ReadyNotice.VARIABLE + "=";

  private final Processes processes;
  private final ResourceLimits limits;
  private final List<String> environment;
  private final Limit theirs;
  private final Limit ours;

  Spawner(Processes processes, ResourceLimits limits, List<String> environment)
      throws PosixException {
    this.processes = processes;
    this.limits = limits;
    // If this has a supervisor of its own, that is told by nobody below.
    this.environment =
        environment.stream().filter(variable -> !variable.startsWith(NOTIFICATION)).toList();
    theirs = limits.get(Resource.NOFILE);
    ours = theirs.withSoft(theirs.hard());
    limits.set(Resource.NOFILE, ours);
  }

  /**
   * Starts a program in a directory.
   *
   * @param words the path of the program, relative to the directory, and its arguments
   * @param notification the descriptor through which it is to say that it is ready, if it is to
   * @return its pid
   */
  int spawn(
      int directory,
      List<String> words,
      List<Handover> descriptors,
      Optional<Integer> notification,
      boolean ownGroup)
      throws PosixException {
    List<String> variables = new ArrayList<>(environment);
    notification.ifPresent(descriptor -> variables.add(NOTIFICATION + descriptor));
    limits.set(Resource.NOFILE, theirs);
    try {
      return processes.spawn(
          new Spawn(directory, words.getFirst(), words, variables, descriptors, ownGroup));
    } finally {
      limits.set(Resource.NOFILE, ours);
    }
  }
}
