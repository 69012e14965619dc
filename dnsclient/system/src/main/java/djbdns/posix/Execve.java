package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A call of execve(2) that allocates nothing. For use by one thread. */
final class Execve {
  private final NativeFunction.Prepared function;
  private final MemorySegment argv;
  private final MemorySegment envp;

  Execve(Arena arena, List<String> arguments, List<String> environment) {
    function = NativeFunction.ofInt("execve", ADDRESS, ADDRESS, ADDRESS).prepare(arena);
    argv = NativeText.arrayOf(arena, arguments);
    envp = NativeText.arrayOf(arena, environment);
  }

  /** Returns the error. */
  int call(MemorySegment path) {
    try {
      int result = (int) function.handle().invokeExact(function.state(), path, argv, envp);
      return result == -1 ? function.errno() : 0;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing of its own", e);
    }
  }
}
