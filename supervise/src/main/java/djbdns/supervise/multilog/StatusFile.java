package djbdns.supervise.multilog;

import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.UnableException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file that holds the first 1000 bytes of the latest line and newlines behind it, 1001 bytes in
 * all. For use by one thread.
 */
final class StatusFile {
  private static final int BYTES = LineSplitter.HEAD_BYTES + 1;
  private static final int WRITE = FileSystem.WRITE | FileSystem.NONBLOCKING;

  private final FileCalls files;
  private final Trouble trouble;
  private final String name;
  private final int descriptor;

  private StatusFile(FileCalls files, Trouble trouble, String name, int descriptor) {
    this.files = files;
    this.trouble = trouble;
    this.name = name;
    this.descriptor = descriptor;
  }

  /**
   * Opens or makes a status file, without a change of its content.
   *
   * @throws UnableException such as {@code unable to create status: access denied}
   */
  static StatusFile open(FileCalls files, Trouble trouble, int start, String name)
      throws UnableException {
    try {
      int created = files.open(start, name, WRITE | FileSystem.APPEND | FileSystem.CREATE, 0600);
      files.close(created);
    } catch (PosixException e) {
      throw new UnableException("create " + name, e);
    }
    try {
      return new StatusFile(files, trouble, name, files.open(start, name, WRITE, 0));
    } catch (PosixException e) {
      throw new UnableException("write " + name, e);
    }
  }

  /** Writes the line, if it is selected. */
  boolean update(byte[] line, int length, boolean selected) {
    if (selected) {
      byte[] text = Arrays.copyOf(line, BYTES);
      Arrays.fill(text, length, BYTES, (byte) '\n');
      write(text);
    }
    return selected;
  }

  private void write(byte[] text) {
    while (true) {
      try {
        if (files.writeAt(descriptor, text, BYTES, 0) == BYTES) {
          return;
        }
        trouble.pause("unable to write " + name, Optional.empty());
      } catch (PosixException e) {
        String what = e.is(Errno.ESPIPE) ? "unable to move to beginning of " : "unable to write ";
        trouble.pause(what + name, Optional.of(e));
      }
    }
  }
}
