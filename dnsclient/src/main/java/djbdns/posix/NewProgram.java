package djbdns.posix;

import djbdns.posix.ResourceLimits.Resource;
import java.lang.foreign.Arena;
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
    Processes processes = new Processes();
    for (String path : paths) {
      try {
        int pid = processes.spawn(path, this);
        limit(pid);
        return OptionalInt.of(pid);
      } catch (PosixException e) {
        if (!triesNext.test(e.errno())) {
          break;
        }
      }
    }
    return OptionalInt.empty();
  }

  private void limit(int pid) throws PosixException {
    ResourceLimits limits = new ResourceLimits();
    for (Map.Entry<Resource, Long> limit : softLimits.entrySet()) {
      Resource resource = limit.getKey();
      limits.set(pid, resource, limits.get(resource).withSoft(limit.getValue()));
    }
  }
}
