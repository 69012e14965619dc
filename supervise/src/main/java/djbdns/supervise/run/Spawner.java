package djbdns.supervise.run;

import djbdns.posix.PosixException;
import djbdns.posix.Processes;
import djbdns.posix.ResourceLimits;
import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.ResourceLimits.Resource;
import djbdns.posix.Spawn;
import djbdns.posix.Spawn.Handover;
import java.util.List;

/**
 * Starts programs with the environment and the limits that this process was started with. For use
 * by the event loop's thread.
 *
 * <p>A supervisor of hundreds of services needs more descriptors than a program usually may have,
 * so it raises its own limit, and lowers it for as long as it takes to start a program.
 */
final class Spawner {
  private final Processes processes;
  private final ResourceLimits limits;
  private final List<String> environment;
  private final Limit theirs;
  private final Limit ours;

  Spawner(Processes processes, ResourceLimits limits, List<String> environment)
      throws PosixException {
    this.processes = processes;
    this.limits = limits;
    this.environment = environment;
    theirs = limits.get(Resource.NOFILE);
    ours = theirs.withSoft(theirs.hard());
    limits.set(Resource.NOFILE, ours);
  }

  /**
   * Starts a program in a directory.
   *
   * @param words the path of the program, relative to the directory, and its arguments
   * @return its pid
   */
  int spawn(int directory, List<String> words, List<Handover> descriptors, boolean ownGroup)
      throws PosixException {
    limits.set(Resource.NOFILE, theirs);
    try {
      return processes.spawn(
          new Spawn(directory, words.getFirst(), words, environment, descriptors, ownGroup));
    } finally {
      limits.set(Resource.NOFILE, ours);
    }
  }
}
