package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The system's users, and who this process acts for. Each call is the libc function of its name,
 * which unlike the bare system call acts on every thread. For use by one thread.
 */
public final class Accounts {
  private static final int UID_OFFSET = 16;
  private static final int GID_OFFSET = 20;

  private final NativeFunction getpwnam = NativeFunction.ofLong("getpwnam", ADDRESS);
  private final NativeFunction setgroups = NativeFunction.ofInt("setgroups", JAVA_LONG, ADDRESS);
  private final NativeFunction setgid = NativeFunction.ofInt("setgid", JAVA_INT);
  private final NativeFunction setuid = NativeFunction.ofInt("setuid", JAVA_INT);

  /** Looks up a user by name: getpwnam(3). */
  public Optional<Account> find(String name) throws PosixException {
    long address =
        getpwnam.call(
            (handle, errno, arena) -> (long) handle.invokeExact(errno, NativeText.of(arena, name)));
    if (address == 0) {
      return Optional.empty();
    }
    MemorySegment entry = MemorySegment.ofAddress(address).reinterpret(GID_OFFSET + Integer.BYTES);
    return Optional.of(
        new Account(entry.get(JAVA_INT, UID_OFFSET), entry.get(JAVA_INT, GID_OFFSET)));
  }

  /** Belongs to one group and no other from now on: setgroups(2), setgid(2). */
  public void becomeGroup(int gid) throws PosixException {
    setgroups.call((handle, errno, arena) ->
        (int) handle.invokeExact(errno, 1L, arena.allocateFrom(JAVA_INT, gid)));
    setgid.call((handle, errno, _) -> (int) handle.invokeExact(errno, gid));
  }

  /** Acts for a user from now on: setuid(2). */
  public void becomeUser(int uid) throws PosixException {
    setuid.call((handle, errno, _) -> (int) handle.invokeExact(errno, uid));
  }
}
