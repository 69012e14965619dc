package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalInt;

/**
 * Open files by descriptor. For use by one thread, but for {@link #write}, which any thread may
 * call once the thread that owns this has. Every method throws {@link PosixException} when the call
 * fails.
 */
public final class Descriptors {
  private static final int LOCK_EXCLUSIVE = 2;
  private static final int LOCK_NOWAIT = 4;
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int FD_CLOEXEC = 1;
  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final int SPLICE_F_NONBLOCK = 2;
  private static final int EVENTS_BYTES = 4096;

  /** Events of inotify(7). */
  public static final int IN_CLOSE_NOWRITE = 0x10;

  public static final int IN_MOVED_FROM = 0x40;
  public static final int IN_MOVED_TO = 0x80;
  public static final int IN_CREATE = 0x100;
  public static final int IN_DELETE = 0x200;

  private final NativeFunction close = NativeFunction.ofInt("close", JAVA_INT);
  private final NativeFunction read = NativeFunction.ofLong("read", JAVA_INT, ADDRESS, JAVA_LONG);
  private final NativeFunction pread =
      NativeFunction.ofLong("pread", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private final NativeFunction write = NativeFunction.ofLong("write", JAVA_INT, ADDRESS, JAVA_LONG);
  private final NativeFunction pwrite =
      NativeFunction.ofLong("pwrite", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private final NativeFunction splice =
      NativeFunction.ofLong("splice", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private final NativeFunction fsync = NativeFunction.ofInt("fsync", JAVA_INT);
  private final NativeFunction ftruncate = NativeFunction.ofInt("ftruncate", JAVA_INT, JAVA_LONG);
  private final NativeFunction flock = NativeFunction.ofInt("flock", JAVA_INT, JAVA_INT);
  private final NativeFunction dup = NativeFunction.ofInt("dup", JAVA_INT);
  private final NativeFunction dup2 = NativeFunction.ofInt("dup2", JAVA_INT, JAVA_INT);
  private final NativeFunction fcntl =
      NativeFunction.ofVariadicInt("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT);
  private final NativeFunction pipe2 = NativeFunction.ofInt("pipe2", ADDRESS, JAVA_INT);
  private final NativeFunction eventfd = NativeFunction.ofInt("eventfd", JAVA_INT, JAVA_INT);
  private final NativeFunction inotifyInit = NativeFunction.ofInt("inotify_init1", JAVA_INT);
  private final NativeFunction inotifyAdd =
      NativeFunction.ofInt("inotify_add_watch", JAVA_INT, ADDRESS, JAVA_INT);

  /** Both ends of a pipe. */
  public record Pipe(int readEnd, int writeEnd) {}

  /** Closes a descriptor: close(2). */
  public void close(int descriptor) throws PosixException {
    close.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor));
  }

  /**
   * Reads what is there: read(2).
   *
   * @param buffer off the heap
   * @return 0 at the end of the file
   */
  public int read(int descriptor, MemorySegment buffer) throws PosixException {
    return (int)
        read.call((handle, errno, _) ->
            (long) handle.invokeExact(errno, descriptor, buffer, buffer.byteSize()));
  }

  /** Reads from a position: pread(2). */
  public int read(int descriptor, MemorySegment buffer, long position) throws PosixException {
    return (int)
        pread.call((handle, errno, _) ->
            (long) handle.invokeExact(errno, descriptor, buffer, buffer.byteSize(), position));
  }

  /** Reads up to as many bytes as an array takes. */
  public int read(int descriptor, byte[] bytes) throws PosixException {
    return (int)
        read.call((handle, errno, arena) -> {
          MemorySegment buffer = arena.allocate(bytes.length);
          long length = (long) handle.invokeExact(errno, descriptor, buffer, (long) bytes.length);
          if (length > 0) {
            MemorySegment.ofArray(bytes).copyFrom(buffer.asSlice(0, length));
          }
          return length;
        });
  }

  /**
   * Writes what can be written now: write(2).
   *
   * @param buffer off the heap
   * @return how many bytes, perhaps not all
   */
  public int write(int descriptor, MemorySegment buffer) throws PosixException {
    return (int)
        write.call((handle, errno, _) ->
            (long) handle.invokeExact(errno, descriptor, buffer, buffer.byteSize()));
  }

  /** Writes to a position: pwrite(2). */
  public int write(int descriptor, MemorySegment buffer, long position) throws PosixException {
    return (int)
        pwrite.call((handle, errno, _) ->
            (long) handle.invokeExact(errno, descriptor, buffer, buffer.byteSize(), position));
  }

  /** Writes bytes of the heap. */
  public int write(int descriptor, byte[] bytes) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(bytes.length);
      buffer.copyFrom(MemorySegment.ofArray(bytes));
      return write(descriptor, buffer);
    }
  }

  /**
   * Moves bytes from a pipe to a position in a file without a stop in this process, so that one of
   * the two has them whenever the process is killed: splice(2).
   *
   * @return 0 when nobody can write to the pipe any more
   * @throws PosixException EAGAIN when the pipe is empty
   */
  public int splice(int pipe, int file, long position, long length) throws PosixException {
    return (int)
        splice.call((handle, errno, arena) -> {
          MemorySegment offset = arena.allocateFrom(JAVA_LONG, position);
          return (long)
              handle.invokeExact(
                  errno, pipe, MemorySegment.NULL, file, offset, length, SPLICE_F_NONBLOCK);
        });
  }

  /** Waits until the file is on the disk: fsync(2). */
  public void synchronize(int descriptor) throws PosixException {
    fsync.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor));
  }

  /** Cuts a file: ftruncate(2). */
  public void truncate(int descriptor, long sizeBytes) throws PosixException {
    ftruncate.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor, sizeBytes));
  }

  /**
   * Takes the exclusive lock that daemontools take, which belongs to the open file and all its
   * duplicates: flock(2).
   *
   * @param wait whether to wait for it
   * @throws PosixException EAGAIN if somebody has it
   */
  public void lock(int descriptor, boolean wait) throws PosixException {
    int operation = wait ? LOCK_EXCLUSIVE : LOCK_EXCLUSIVE | LOCK_NOWAIT;
    flock.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor, operation));
  }

  /** Another descriptor for the same open file, which new programs inherit: dup(2). */
  public int duplicate(int descriptor) throws PosixException {
    return (int) dup.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor));
  }

  /** Makes a number stand for another's open file, which new programs inherit: dup2(2). */
  public void duplicate(int descriptor, int number) throws PosixException {
    if (descriptor == number) {
      setInherited(number, true);
    } else {
      dup2.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor, number));
    }
  }

  /**
   * Another descriptor for the same open file, which new programs do not inherit: fcntl(2),
   * F_DUPFD_CLOEXEC.
   *
   * @return nothing if the descriptor is not open
   */
  public OptionalInt duplicatePrivately(int descriptor) throws PosixException {
    try {
      return OptionalInt.of(control(descriptor, F_DUPFD_CLOEXEC, 0));
    } catch (PosixException e) {
      if (e.is(Errno.EBADF)) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  private int control(int descriptor, int command, int argument) throws PosixException {
    return (int)
        fcntl.call(
            (handle, errno, _) -> (int) handle.invokeExact(errno, descriptor, command, argument));
  }

  /** True if new programs inherit a descriptor: fcntl(2), FD_CLOEXEC. */
  public boolean isInherited(int descriptor) throws PosixException {
    return (control(descriptor, F_GETFD, 0) & FD_CLOEXEC) == 0;
  }

  /** Says whether new programs inherit a descriptor: fcntl(2), FD_CLOEXEC. */
  public void setInherited(int descriptor, boolean inherited) throws PosixException {
    control(descriptor, F_SETFD, inherited ? 0 : FD_CLOEXEC);
  }

  /** Says whether calls wait for a descriptor: fcntl(2), O_NONBLOCK. */
  public void setNonblocking(int descriptor, boolean nonblocking) throws PosixException {
    int flags = control(descriptor, F_GETFL, 0);
    control(descriptor, F_SETFL, nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
  }

  /** Makes a pipe that new programs do not inherit: pipe2(2). */
  public Pipe pipe() throws PosixException {
    int[] ends = new int[2];
    pipe2.call((handle, errno, arena) -> {
      MemorySegment pair = arena.allocate(JAVA_INT, 2);
      int result = (int) handle.invokeExact(errno, pair, O_CLOEXEC);
      ends[0] = pair.getAtIndex(JAVA_INT, 0);
      ends[1] = pair.getAtIndex(JAVA_INT, 1);
      return result;
    });
    return new Pipe(ends[0], ends[1]);
  }

  /** Makes a counter that becomes readable when somebody adds to it: eventfd(2), not blocking. */
  public int event() throws PosixException {
    return (int)
        eventfd.call(
            (handle, errno, _) -> (int) handle.invokeExact(errno, 0, O_NONBLOCK | O_CLOEXEC));
  }

  /** Makes an empty set of watches, not blocking: inotify_init1(2). */
  public int watches() throws PosixException {
    return (int)
        inotifyInit.call(
            (handle, errno, _) -> (int) handle.invokeExact(errno, O_NONBLOCK | O_CLOEXEC));
  }

  /**
   * Watches what a descriptor stands for: inotify_add_watch(2).
   *
   * @param events of the constants {@code IN_...}
   */
  public void watch(int watches, int descriptor, int events) throws PosixException {
    inotifyAdd.call((handle, errno, arena) ->
        (int)
            handle.invokeExact(
                errno, watches, arena.allocateFrom("/proc/self/fd/" + descriptor), events));
  }

  /** Reads and forgets what has come: events of watches, or a counter. */
  public void drain(int descriptor) throws PosixException {
    try {
      read(descriptor, new byte[EVENTS_BYTES]);
    } catch (PosixException e) {
      if (!e.is(Errno.EAGAIN)) {
        throw e;
      }
    }
  }
}
