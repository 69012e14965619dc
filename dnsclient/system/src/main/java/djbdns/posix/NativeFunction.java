package djbdns.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * A function of libc that sets errno. It is linked when it is first called, since linking takes
 * some three milliseconds and a short command calls few of them.
 */
final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final String name;
  private final FunctionDescriptor descriptor;
  private final Linker.Option[] options;
  private MethodHandle handle;

  private NativeFunction(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    this.name = name;
    this.descriptor = descriptor;
    this.options = options;
  }

  /** A function with a fixed number of arguments that returns an int. */
  static NativeFunction ofInt(String name, MemoryLayout... arguments) {
    return new NativeFunction(name, FunctionDescriptor.of(JAVA_INT, arguments), CAPTURE_ERRNO);
  }

  /** The same with a long or a pointer-sized number as result. */
  static NativeFunction ofLong(String name, MemoryLayout... arguments) {
    return new NativeFunction(name, FunctionDescriptor.of(JAVA_LONG, arguments), CAPTURE_ERRNO);
  }

  /** A function whose arguments from {@code fixed} on are variadic, and that returns an int. */
  static NativeFunction ofVariadicInt(String name, int fixed, MemoryLayout... arguments) {
    return new NativeFunction(
        name,
        FunctionDescriptor.of(JAVA_INT, arguments),
        CAPTURE_ERRNO,
        Linker.Option.firstVariadicArg(fixed));
  }

  /** The handle; its first argument is the segment that gets errno. */
  private MethodHandle handle() {
    // Whoever comes at the same time links it as well, to the same effect.
    MethodHandle linked = handle;
    if (linked == null) {
      linked = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
      handle = linked;
    }
    return linked;
  }

  /**
   * The memory that a call needs, so that none need be allocated for it.
   *
   * @param state what the handle's first argument must be
   */
  record Prepared(MethodHandle handle, MemorySegment state) {
    /** Why the last call failed. */
    int errno() {
      return (int) ERRNO.get(state, 0L);
    }
  }

  /** Links the function for calls without an allocation. */
  Prepared prepare(Arena arena) {
    return new Prepared(handle(), arena.allocate(CAPTURE_LAYOUT));
  }

  /** Calls the function through its handle, with memory that lives as long as the call. */
  @FunctionalInterface
  interface Call {
    long invoke(MethodHandle handle, MemorySegment errno, Arena arena) throws Throwable;
  }

  /**
   * Calls the function, again if a signal interrupted it.
   *
   * @return its result
   * @throws PosixException if that is -1
   */
  long call(Call call) throws PosixException {
    while (true) {
      try {
        return callOnce(call);
      } catch (PosixException e) {
        if (!e.is(Errno.EINTR)) {
          throw e;
        }
      }
    }
  }

  /** Calls the function; an interruption by a signal is a failure with EINTR. */
  long callOnce(Call call) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE_LAYOUT);
      long result = call.invoke(handle(), state, arena);
      if (result == -1) {
        throw new PosixException(name, (int) ERRNO.get(state, 0L));
      }
      return result;
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing of its own", e);
    }
  }

  /** Calls a function that returns an error number instead of setting errno. */
  void callReturningErrno(Call call) throws PosixException {
    int errno = (int) call(call);
    if (errno != 0) {
      throw new PosixException(name, errno);
    }
  }
}
