package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The resource limits of this process and of what it starts: getrlimit(2). For use by one thread.
 */
public final class ResourceLimits {
  /** The kinds of limits. */
  public enum Resource {
    CPU(0),
    FSIZE(1),
    DATA(2),
    STACK(3),
    CORE(4),
    RSS(5),
    NPROC(6),
    NOFILE(7),
    MEMLOCK(8),
    AS(9);

    private final int number;

    Resource(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /**
   * A limit.
   *
   * @param soft what is enforced; unsigned, all ones for none
   * @param hard up to where the soft one may be raised
   */
  public record Limit(long soft, long hard) {
    /** The same with another soft limit. */
    public Limit withSoft(long newSoft) {
      return new Limit(newSoft, hard);
    }

    /** As struct rlimit. */
    MemorySegment toNative(Arena arena) {
      return arena.allocateFrom(JAVA_LONG, soft, hard);
    }
  }

  private final NativeFunction getrlimit = NativeFunction.ofInt("getrlimit", JAVA_INT, ADDRESS);
  private final NativeFunction setrlimit = NativeFunction.ofInt("setrlimit", JAVA_INT, ADDRESS);

  private final NativeFunction prlimit =
      NativeFunction.ofInt("prlimit", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

  /** A limit of this process: getrlimit(2). */
  public Limit get(Resource resource) throws PosixException {
    long[] pair = new long[2];
    int number = resource.number;
    getrlimit.call((handle, errno, arena) -> {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      int result = (int) handle.invokeExact(errno, number, limit);
      pair[0] = limit.getAtIndex(JAVA_LONG, 0);
      pair[1] = limit.getAtIndex(JAVA_LONG, 1);
      return result;
    });
    return new Limit(pair[0], pair[1]);
  }

  /** Sets a limit of this process: setrlimit(2). */
  public void set(Resource resource, Limit limit) throws PosixException {
    int number = resource.number;
    setrlimit.call(
        (handle, errno, arena) -> (int) handle.invokeExact(errno, number, limit.toNative(arena)));
  }

  /** Sets a limit of another process: prlimit(2). */
  public void set(int pid, Resource resource, Limit limit) throws PosixException {
    int number = resource.number;
    prlimit.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, pid, number, limit.toNative(arena), MemorySegment.NULL));
  }
}
