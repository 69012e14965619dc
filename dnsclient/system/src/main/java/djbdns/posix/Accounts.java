package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The system's users. For use by one thread. */
public final class Accounts {
  private static final int UID_OFFSET = 16;
  private static final int GID_OFFSET = 20;

  private final NativeFunction getpwnam = NativeFunction.ofLong("getpwnam", ADDRESS);

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
}
