package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import djbdns.posix.ResourceLimits.Resource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** New soft limits, and the way back, neither of which needs memory. For use by one thread. */
final class LimitChange {
  /** A limit of this process before and after, as struct rlimit. */
  private record Change(
      NativeFunction.Prepared setrlimit, int resource, MemorySegment before, MemorySegment after) {}

  private final Change[] changes;

  LimitChange(Arena arena, Map<Resource, Long> softLimits) throws PosixException {
    changes = new Change[softLimits.size()];
    NativeFunction setrlimit = NativeFunction.ofInt("setrlimit", JAVA_INT, ADDRESS);
    ResourceLimits limits = new ResourceLimits();
    int at = 0;
    for (Map.Entry<Resource, Long> entry : softLimits.entrySet()) {
      ResourceLimits.Limit present = limits.get(entry.getKey());
      changes[at] =
          new Change(
              setrlimit.prepare(arena),
              entry.getKey().number(),
              present.toNative(arena),
              present.withSoft(entry.getValue()).toNative(arena));
      at++;
    }
  }

  void make() throws PosixException {
    for (Change change : changes) {
      set(change.setrlimit, change.resource, change.after);
    }
  }

  /** Sets all limits as they were; also a rehearsal, before anything has been changed. */
  void undo() throws PosixException {
    for (Change change : changes) {
      set(change.setrlimit, change.resource, change.before);
    }
  }

  private static void set(NativeFunction.Prepared setrlimit, int resource, MemorySegment limit)
      throws PosixException {
    int result;
    try {
      result = (int) setrlimit.handle().invokeExact(setrlimit.state(), resource, limit);
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing of its own", e);
    }
    if (result == -1) {
      throw new PosixException("setrlimit", setrlimit.errno());
    }
  }
}
