package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Files by name, each relative to the directory that a descriptor stands for ({@link #CURRENT} for
 * the working directory), so that a program can work in many directories and does not care what
 * they are called now. File names are strings with a character for each byte (ISO 8859-1): names
 * that mean nothing in the locale's encoding work as well.
 *
 * <p>For use by one thread. Every method throws {@link PosixException} when the call fails.
 */
public final class FileSystem {
  /** Stands for the working directory: AT_FDCWD. */
  public static final int CURRENT = -100;

  public static final int READ = 0;
  public static final int WRITE = 1;
  public static final int READ_WRITE = 2;
  public static final int CREATE = 0100;
  public static final int EXCLUSIVE = 0200;
  public static final int NO_TERMINAL = 0400;
  public static final int TRUNCATE = 01000;
  public static final int APPEND = 02000;
  public static final int NONBLOCKING = 04000;
  private static final int CLOSE_ON_EXEC = 02000000;
  private static final int PATH = 010000000;

  private static final int STATX_BASIC = 0x7ff;
  private static final int STATX_BIRTH = 0x800;
  private static final int STATX_BYTES = 256;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int RENAME_NOREPLACE = 1;
  // struct linux_dirent64
  private static final int LENGTH_OFFSET = 16;
  private static final int NAME_OFFSET = 19;
  private static final int ENTRIES_BYTES = 16 * 1024;
  private static final int MAX_PATH_BYTES = 4096;

  private final NativeFunction openat =
      NativeFunction.ofVariadicInt("openat", 3, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private final NativeFunction chdir = NativeFunction.ofInt("chdir", ADDRESS);
  private final NativeFunction fchdir = NativeFunction.ofInt("fchdir", JAVA_INT);
  private final NativeFunction mkdirat =
      NativeFunction.ofInt("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
  private final NativeFunction mkfifoat =
      NativeFunction.ofInt("mkfifoat", JAVA_INT, ADDRESS, JAVA_INT);
  private final NativeFunction renameat =
      NativeFunction.ofInt("renameat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
  private final NativeFunction renameat2 =
      NativeFunction.ofInt("renameat2", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private final NativeFunction linkat =
      NativeFunction.ofInt("linkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private final NativeFunction unlinkat =
      NativeFunction.ofInt("unlinkat", JAVA_INT, ADDRESS, JAVA_INT);
  private final NativeFunction fchmodat =
      NativeFunction.ofInt("fchmodat", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private final NativeFunction utimensat =
      NativeFunction.ofInt("utimensat", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private final NativeFunction fchownat =
      NativeFunction.ofInt("fchownat", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
  private final NativeFunction fchmod = NativeFunction.ofInt("fchmod", JAVA_INT, JAVA_INT);
  private final NativeFunction statx =
      NativeFunction.ofInt("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private final NativeFunction readlinkat =
      NativeFunction.ofLong("readlinkat", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  private final NativeFunction getdents =
      NativeFunction.ofLong("getdents64", JAVA_INT, ADDRESS, JAVA_LONG);
  private final NativeFunction read = NativeFunction.ofLong("read", JAVA_INT, ADDRESS, JAVA_LONG);
  private final NativeFunction close = NativeFunction.ofInt("close", JAVA_INT);
  private final NativeFunction umask = NativeFunction.ofInt("umask", JAVA_INT);

  /**
   * Opens a file: openat(2). The descriptor is closed when a new program is executed.
   *
   * @param flags of the constants of this class
   * @param mode permissions if the file is created
   */
  public int open(int directory, String path, int flags, int mode) throws PosixException {
    return (int)
        openat.call((handle, errno, arena) ->
            (int)
                handle.invokeExact(
                    errno, directory, NativeText.of(arena, path), flags | CLOSE_ON_EXEC, mode));
  }

  /** Opens a file that exists. */
  public int open(int directory, String path, int flags) throws PosixException {
    return open(directory, path, flags, 0);
  }

  /** Makes a directory the working directory of system calls; Java keeps its own: chdir(2). */
  public void enter(String directory) throws PosixException {
    chdir.call(
        (handle, errno, arena) -> (int) handle.invokeExact(errno, NativeText.of(arena, directory)));
  }

  /** The same with the directory that a descriptor stands for: fchdir(2). */
  public void enter(int directory) throws PosixException {
    fchdir.call((handle, errno, _) -> (int) handle.invokeExact(errno, directory));
  }

  /**
   * Opens a directory as a place for other files, where chdir(2) would go there: to search it, but
   * not to read it, must be permitted.
   */
  public int openDirectory(int directory, String path) throws PosixException {
    // Whatever is not a directory has no such entry; an empty name is not that of the root.
    return open(directory, path.isEmpty() ? path : path + "/.", PATH);
  }

  /** Makes a directory: mkdirat(2). */
  public void makeDirectory(int directory, String path, int mode) throws PosixException {
    mkdirat.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, directory, NativeText.of(arena, path), mode));
  }

  /** Makes a FIFO: mkfifoat(3). */
  public void makeFifo(int directory, String path, int mode) throws PosixException {
    mkfifoat.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, directory, NativeText.of(arena, path), mode));
  }

  /**
   * Sets the times of a file's last access and change: utimensat(2).
   *
   * @param unixSeconds before 1970 if negative
   */
  public void setTimes(int directory, String path, long unixSeconds) throws PosixException {
    utimensat.call((handle, errno, arena) -> {
      // Two of struct timespec: seconds and nanoseconds.
      MemorySegment times = arena.allocateFrom(JAVA_LONG, unixSeconds, 0, unixSeconds, 0);
      return (int) handle.invokeExact(errno, directory, NativeText.of(arena, path), times, 0);
    });
  }

  /** Gives a file a new name in the same directory, in place of what has that name: renameat(2). */
  public void rename(int directory, String from, String to) throws PosixException {
    renameat.call((handle, errno, arena) ->
        (int)
            handle.invokeExact(
                errno, directory, NativeText.of(arena, from), directory, NativeText.of(arena, to)));
  }

  /**
   * The same, but nothing may have that name: renameat2(2), RENAME_NOREPLACE. Not every file system
   * can do that; EINVAL and ENOSYS say so.
   */
  public void renameToUnused(int directory, String from, String to) throws PosixException {
    renameat2.call((handle, errno, arena) ->
        (int)
            handle.invokeExact(
                errno,
                directory,
                NativeText.of(arena, from),
                directory,
                NativeText.of(arena, to),
                RENAME_NOREPLACE));
  }

  /** Gives a file a further name in the same directory: linkat(2). */
  public void link(int directory, String from, String to) throws PosixException {
    linkat.call((handle, errno, arena) ->
        (int)
            handle.invokeExact(
                errno,
                directory,
                NativeText.of(arena, from),
                directory,
                NativeText.of(arena, to),
                0));
  }

  /** Removes a name: unlinkat(2). */
  public void unlink(int directory, String path) throws PosixException {
    unlinkat.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, directory, NativeText.of(arena, path), 0));
  }

  /** Removes an empty directory: unlinkat(2), AT_REMOVEDIR. */
  public void removeDirectory(int directory, String path) throws PosixException {
    unlinkat.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, directory, NativeText.of(arena, path), AT_REMOVEDIR));
  }

  /** Sets owner and group by name: fchownat(2). */
  public void changeOwner(int directory, String path, Account owner) throws PosixException {
    fchownat.call((handle, errno, arena) ->
        (int)
            handle.invokeExact(
                errno, directory, NativeText.of(arena, path), owner.uid(), owner.gid(), 0));
  }

  /** Sets permissions by name: fchmodat(2). */
  public void changeMode(int directory, String path, int mode) throws PosixException {
    fchmodat.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, directory, NativeText.of(arena, path), mode, 0));
  }

  /** Sets the permissions of an open file: fchmod(2). */
  public void changeMode(int descriptor, int mode) throws PosixException {
    fchmod.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor, mode));
  }

  /** The status of a file, links followed: statx(2). */
  public FileStatus status(int directory, String path) throws PosixException {
    return status(directory, path, 0);
  }

  /** The status of a file that may be a link itself: statx(2), AT_SYMLINK_NOFOLLOW. */
  public FileStatus linkStatus(int directory, String path) throws PosixException {
    return status(directory, path, AT_SYMLINK_NOFOLLOW);
  }

  /** The status of an open file: statx(2). */
  public FileStatus status(int descriptor) throws PosixException {
    return status(descriptor, "", AT_EMPTY_PATH);
  }

  private FileStatus status(int directory, String path, int flags) throws PosixException {
    byte[] bytes = new byte[STATX_BYTES];
    MemorySegment copy = MemorySegment.ofArray(bytes);
    statx.call((handle, errno, arena) -> {
      MemorySegment buffer = arena.allocate(STATX_BYTES, Long.BYTES);
      int result =
          (int)
              handle.invokeExact(
                  errno,
                  directory,
                  NativeText.of(arena, path),
                  flags,
                  STATX_BASIC | STATX_BIRTH,
                  buffer);
      copy.copyFrom(buffer);
      return result;
    });
    // struct statx is the same on every architecture.
    long device =
        (long) copy.get(JAVA_INT.withByteAlignment(1), 136) << 32
            | Integer.toUnsignedLong(copy.get(JAVA_INT.withByteAlignment(1), 140));
    boolean hasBirth = (copy.get(JAVA_INT.withByteAlignment(1), 0) & STATX_BIRTH) != 0;
    long birthNs =
        TimeUnit.SECONDS.toNanos(copy.get(JAVA_LONG.withByteAlignment(1), 80))
            + copy.get(JAVA_INT.withByteAlignment(1), 88);
    long inode = copy.get(JAVA_LONG.withByteAlignment(1), 32);
    return new FileStatus(
        new FileIdentity(device, inode, hasBirth ? birthNs : 0),
        Short.toUnsignedInt(copy.get(JAVA_SHORT.withByteAlignment(1), 28)),
        Integer.toUnsignedLong(copy.get(JAVA_INT.withByteAlignment(1), 16)),
        copy.get(JAVA_LONG.withByteAlignment(1), 40));
  }

  /** The beginning of a file, which is opened without waiting for anybody: read(2). */
  public byte[] read(int directory, String path, int maxBytes) throws PosixException {
    int descriptor = open(directory, path, READ | NONBLOCKING);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(maxBytes);
      long length =
          read.call((handle, errno, _) ->
              (long) handle.invokeExact(errno, descriptor, buffer, (long) maxBytes));
      return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    } finally {
      close.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor));
    }
  }

  /** The target of a symbolic link: readlinkat(2). */
  public String readLink(int directory, String path) throws PosixException {
    byte[] target = new byte[MAX_PATH_BYTES];
    int length =
        (int)
            readlinkat.call((handle, errno, arena) -> {
              MemorySegment buffer = arena.allocate(MAX_PATH_BYTES);
              long result =
                  (long)
                      handle.invokeExact(
                          errno,
                          directory,
                          NativeText.of(arena, path),
                          buffer,
                          (long) MAX_PATH_BYTES);
              MemorySegment.copy(buffer, JAVA_BYTE, 0, target, 0, MAX_PATH_BYTES);
              return result;
            });
    return new String(target, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** The names in a directory, dot files included, in the file system's order: getdents64(2). */
  public List<String> list(int directory) throws PosixException {
    // A descriptor of its own, since reading moves the position.
    int descriptor = open(directory, ".", READ);
    try (Arena arena = Arena.ofConfined()) {
      List<String> names = new ArrayList<>();
      MemorySegment entries = arena.allocate(ENTRIES_BYTES, Long.BYTES);
      while (true) {
        long length =
            getdents.call((handle, errno, _) ->
                (long) handle.invokeExact(errno, descriptor, entries, (long) ENTRIES_BYTES));
        if (length == 0) {
          return names;
        }
        addNames(entries, length, names);
      }
    } finally {
      close.call((handle, errno, _) -> (int) handle.invokeExact(errno, descriptor));
    }
  }

  private static void addNames(MemorySegment entries, long length, List<String> names) {
    for (long at = 0; at < length; ) {
      String name = entries.getString(at + NAME_OFFSET, StandardCharsets.ISO_8859_1);
      if (!name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
      at += Short.toUnsignedInt(entries.get(JAVA_SHORT, at + LENGTH_OFFSET));
    }
  }

  /** Sets which permissions new files never get: umask(2). */
  public void setCreationMask(int mask) throws PosixException {
    umask.call((handle, errno, _) -> (int) handle.invokeExact(errno, mask));
  }
}
