package djbdns.supervise.run;

import djbdns.posix.PosixException;
import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.Spawn;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ReadyNotice;
import djbdns.supervise.calls.ProcessCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts programs with the environment and the limits that this process was started with. For use
 * by the event loop's thread.
 *
 * <p>A supervisor of hundreds of services needs more descriptors than a program usually may have,
 * so it raises its own limit, and lowers it while it starts a program.
 */
final class Spawner {
  private static final String NOTIFICATION = ReadyNotice.VARIABLE + "=";

  private final ProcessCalls processes;
  private final List<String> environment;
  private final Limit theirs;
  private final Limit ours;

  Spawner(ProcessCalls processes, List<String> environment) throws PosixException {
    this.processes = processes;
    // A supervisor above this one waits for no notice of the programs below.
    this.environment =
        environment.stream().filter(variable -> !variable.startsWith(NOTIFICATION)).toList();
    theirs = processes.openFiles();
    ours = theirs.withSoft(theirs.hard());
    processes.limitOpenFiles(ours);
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
    processes.limitOpenFiles(theirs);
    try {
      return processes.spawn(
          new Spawn(directory, words.getFirst(), words, variables, descriptors, ownGroup));
    } finally {
      processes.limitOpenFiles(ours);
    }
  }
}
