package djbdns.posix;

import java.io.IOException;

/** A system call failed; carries its errno, see errno(3). */
public final class PosixException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  public PosixException(String call, int errno) {
    super(call + ": errno " + errno);
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }

  /** True if it failed for this reason, one of {@link Errno}. */
  public boolean is(int expected) {
    return errno == expected;
  }
}
