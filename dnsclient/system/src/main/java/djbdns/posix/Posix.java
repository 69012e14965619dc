package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * Identity and confinement of the process. Each call is the libc function of its name, which unlike
 * the bare system call acts on every thread where the man page says "process". For use by one
 * thread.
 */
public final class Posix {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_GET_ACTION_AVAIL = 2;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
  private static final int SECCOMP_RET_ERRNO = 0x00050000;

  /** The kernel's struct sock_filter. */
  private static final int INSTRUCTION_BYTES = 8;

  /** struct sock_fprog: the number of instructions, padding, and where they are. */
  private static final int PROGRAM_BYTES = 16;

  private final NativeFunction geteuid = NativeFunction.ofInt("geteuid");
  private final NativeFunction chdir = NativeFunction.ofInt("chdir", ADDRESS);
  private final NativeFunction chroot = NativeFunction.ofInt("chroot", ADDRESS);
  private final NativeFunction setgroups = NativeFunction.ofInt("setgroups", JAVA_LONG, ADDRESS);
  private final NativeFunction setgid = NativeFunction.ofInt("setgid", JAVA_INT);
  private final NativeFunction setuid = NativeFunction.ofInt("setuid", JAVA_INT);
  private final NativeFunction prctl =
      NativeFunction.ofVariadicInt(
          "prctl", 1, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  // libc has no function of its own for seccomp(2).
  private final NativeFunction seccomp =
      NativeFunction.ofVariadicInt("syscall", 1, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS);

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

  /**
   * Has no program that this thread, or one that it starts, executes give them more rights:
   * prctl(2), PR_SET_NO_NEW_PRIVS. Other threads are not concerned.
   */
  public void renounceNewPrivileges() throws PosixException {
    prctl.call(
        (handle, errno, _) -> (int) handle.invokeExact(errno, PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L));
  }

  /**
   * True if the kernel has filters of system calls: seccomp(2), SECCOMP_GET_ACTION_AVAIL, which is
   * there since Linux 4.14.
   *
   * @param number the system call's on this machine
   * @throws PosixException if it does not let us know, as in a container that forbids the call
   */
  public boolean hasSystemCallFilters(int number) throws PosixException {
    try {
      seccomp.call((handle, errno, arena) -> {
        MemorySegment action = arena.allocateFrom(JAVA_INT, SECCOMP_RET_ERRNO);
        return (int) handle.invokeExact(errno, (long) number, SECCOMP_GET_ACTION_AVAIL, 0, action);
      });
      return true;
    } catch (PosixException e) {
      if (e.is(Errno.ENOSYS) || e.is(Errno.EINVAL) || e.is(Errno.EOPNOTSUPP)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Has the kernel ask a program about every system call of every thread from now on: seccomp(2),
   * SECCOMP_FILTER_FLAG_TSYNC. All threads renounce new privileges as this one must have done.
   *
   * @param number the system call's on this machine
   * @param program instructions of classic BPF, 8 bytes each
   */
  public void filterSystemCalls(int number, byte[] program) throws PosixException {
    long thread =
        seccomp.call((handle, errno, arena) -> {
          MemorySegment instructions = arena.allocate(program.length, INSTRUCTION_BYTES);
          instructions.copyFrom(MemorySegment.ofArray(program));
          MemorySegment header = arena.allocate(PROGRAM_BYTES, Long.BYTES);
          header.set(JAVA_SHORT, 0, (short) (program.length / INSTRUCTION_BYTES));
          header.set(ADDRESS, Long.BYTES, instructions);
          return (int)
              handle.invokeExact(
                  errno, (long) number, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, header);
        });
    if (thread != 0) {
      // A thread has a filter of its own that cannot be replaced.
      throw new PosixException("seccomp", Errno.ESRCH);
    }
  }
}
