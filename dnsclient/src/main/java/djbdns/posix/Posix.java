package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
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
 * Identity and confinement of the process. Each call is the libc function of its name, which unlike
 * the bare system call acts on every thread where the man page says "process". Safe for use by
 * several threads, though nobody should want that.
 */
public final class Posix {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final MethodHandle geteuid = pure("geteuid", FunctionDescriptor.of(JAVA_INT));
  private final MethodHandle chdir = call("chdir", ADDRESS);
  private final MethodHandle chroot = call("chroot", ADDRESS);
  private final MethodHandle setgroups = call("setgroups", JAVA_LONG, ADDRESS);
  private final MethodHandle setgid = call("setgid", JAVA_INT);
  private final MethodHandle setuid = call("setuid", JAVA_INT);

  private static MethodHandle pure(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.critical(false));
  }

  private static MethodHandle call(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        CAPTURE_ERRNO);
  }

  @FunctionalInterface
  private interface Call {
    int invoke(Arena arena, MemorySegment errno) throws Throwable;
  }

  private static void check(String name, Call call) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE_LAYOUT);
      if (call.invoke(arena, state) == -1) {
        throw new PosixException(name, (int) ERRNO.get(state, 0L));
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing of its own", e);
    }
  }

  /** The effective user id: geteuid(2). */
  public int effectiveUserId() {
    try {
      return (int) geteuid.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing of its own", e);
    }
  }

  /** Changes the working directory that system calls see; Java keeps its own: chdir(2). */
  public void changeDirectory(String directory) throws PosixException {
    check("chdir", (arena, errno) -> (int) chdir.invokeExact(errno, arena.allocateFrom(directory)));
  }

  /** Makes a directory the root of the file system for this process: chroot(2). */
  public void changeRoot(String directory) throws PosixException {
    check(
        "chroot", (arena, errno) -> (int) chroot.invokeExact(errno, arena.allocateFrom(directory)));
  }

  /** Gives up every supplementary group: setgroups(2). */
  public void dropSupplementaryGroups() throws PosixException {
    check(
        "setgroups", (arena, errno) -> (int) setgroups.invokeExact(errno, 0L, MemorySegment.NULL));
  }

  /** Sets real, effective and saved group id when called by root: setgid(2). */
  public void setGroupId(int gid) throws PosixException {
    check("setgid", (arena, errno) -> (int) setgid.invokeExact(errno, gid));
  }

  /** Sets real, effective and saved user id when called by root: setuid(2). */
  public void setUserId(int uid) throws PosixException {
    check("setuid", (arena, errno) -> (int) setuid.invokeExact(errno, uid));
  }
}
