package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * Identity and confinement of the process. Each call is the libc function of its name, which unlike
 * the bare system call acts on every thread where the man page says "process". For use by one
 * thread.
 */
public final class Posix {
  private final NativeFunction geteuid = NativeFunction.ofInt("geteuid");
  private final NativeFunction chdir = NativeFunction.ofInt("chdir", ADDRESS);
  private final NativeFunction chroot = NativeFunction.ofInt("chroot", ADDRESS);
  private final NativeFunction setgroups = NativeFunction.ofInt("setgroups", JAVA_LONG, ADDRESS);
  private final NativeFunction setgid = NativeFunction.ofInt("setgid", JAVA_INT);
  private final NativeFunction setuid = NativeFunction.ofInt("setuid", JAVA_INT);

  /** The effective user id: geteuid(2). */
  public int effectiveUserId() {
    try {
      return (int) geteuid.call((handle, errno, _) -> (int) handle.invokeExact(errno));
    } catch (PosixException e) {
      throw new AssertionError("geteuid always succeeds", e);
    }
  }

  /** Changes the working directory that system calls see; Java keeps its own: chdir(2). */
  public void changeDirectory(String directory) throws PosixException {
    chdir.call(
        (handle, errno, arena) -> (int) handle.invokeExact(errno, arena.allocateFrom(directory)));
  }

  /** Makes a directory the root of the file system for this process: chroot(2). */
  public void changeRoot(String directory) throws PosixException {
    chroot.call(
        (handle, errno, arena) -> (int) handle.invokeExact(errno, arena.allocateFrom(directory)));
  }

  /** Gives up every supplementary group: setgroups(2). */
  public void dropSupplementaryGroups() throws PosixException {
    setgroups.call((handle, errno, _) -> (int) handle.invokeExact(errno, 0L, MemorySegment.NULL));
  }

  /** Has one supplementary group and no other: setgroups(2). */
  public void setSupplementaryGroup(int gid) throws PosixException {
    setgroups.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, 1L, arena.allocateFrom(JAVA_INT, gid)));
  }

  /** Sets real, effective and saved group id when called by root: setgid(2). */
  public void setGroupId(int gid) throws PosixException {
    setgid.call((handle, errno, _) -> (int) handle.invokeExact(errno, gid));
  }

  /** Sets real, effective and saved user id when called by root: setuid(2). */
  public void setUserId(int uid) throws PosixException {
    setuid.call((handle, errno, _) -> (int) handle.invokeExact(errno, uid));
  }
}
