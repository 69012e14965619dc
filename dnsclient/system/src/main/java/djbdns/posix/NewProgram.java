package djbdns.posix;

import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.ResourceLimits.Resource;
import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * A program to be executed with what this process has: the descriptors that are inherited, the
 * working directory, the ignored signals, but no signal blocked. Strings have a character for each
 * byte (ISO 8859-1). For use by one thread.
 *
 * @param paths where the program may be, to be tried in order
 * @param arguments its arguments, its name first
 * @param environment {@code NAME=value}
 * @param softLimits what it may use, where that is not what this process may
 * @param descriptors which of ours it gets under another number, whatever that number is here
 */
public record NewProgram(
    List<String> paths,
    List<String> arguments,
    List<String> environment,
    Map<Resource, Long> softLimits,
    List<Spawn.Handover> descriptors) {

  private static final int THIS_PROCESS = 0;

  public NewProgram {
    paths = List.copyOf(paths);
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    softLimits = Map.copyOf(softLimits);
    descriptors = List.copyOf(descriptors);
  }

  /**
   * Becomes the program, which keeps the pid; returns only if that cannot be: execve(2).
   *
   * @param triesNext is told the error of each path that failed, and whether to try the next one
   * @throws PosixException if something else failed; nothing has changed then
   */
  public void takeOver(IntPredicate triesNext) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      new TakeOver(arena, this).run(triesNext);
    }
  }

  /**
   * Starts the program as a child: posix_spawn(3). The limits are set at once but after its start,
   * since this process could not start it with them.
   *
   * @param triesNext is told the error of each path that failed, and whether to try the next one
   * @return its pid; nothing if it cannot be executed
   */
  public OptionalInt spawn(IntPredicate triesNext) throws PosixException {
    ResourceLimits limits = new ResourceLimits();
    Map<Resource, Limit> changes = changes(limits);
    Processes processes = new Processes();
    if (!changes.isEmpty()) {
      rehearse(processes);
    }
    OptionalInt pid = start(processes, triesNext);
    if (pid.isPresent()) {
      for (Map.Entry<Resource, Limit> change : changes.entrySet()) {
        limit(limits, pid.getAsInt(), change.getKey(), change.getValue());
      }
    }
    return pid;
  }

  /** The limits to set; all that setting them takes has then been done once. */
  private Map<Resource, Limit> changes(ResourceLimits limits) throws PosixException {
    Map<Resource, Limit> changes = new EnumMap<>(Resource.class);
    for (Map.Entry<Resource, Long> entry : softLimits.entrySet()) {
      Limit present = limits.get(entry.getKey());
      limit(limits, THIS_PROCESS, entry.getKey(), present);
      changes.put(entry.getKey(), present.withSoft(entry.getValue()));
    }
    return changes;
  }

  /** Starts nothing once, so that the first limit is set as soon as the program has started. */
  private void rehearse(Processes processes) throws PosixException {
    try {
      int pid = processes.spawn("", this);
      throw new AssertionError("there is a program without a name: process " + pid);
    } catch (PosixException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  private OptionalInt start(Processes processes, IntPredicate triesNext) {
    for (String path : paths) {
      try {
        return OptionalInt.of(processes.spawn(path, this));
      } catch (PosixException e) {
        if (!triesNext.test(e.errno())) {
          break;
        }
      }
    }
    return OptionalInt.empty();
  }

  private static void limit(ResourceLimits limits, int pid, Resource resource, Limit limit)
      throws PosixException {
    try {
      limits.set(pid, resource, limit);
    } catch (PosixException e) {
      // A program that has become another user's by its mode keeps the higher limit.
      if (!e.is(Errno.EPERM)) {
        throw e;
      }
    }
  }
}
