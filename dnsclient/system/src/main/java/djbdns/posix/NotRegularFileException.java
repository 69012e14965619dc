package djbdns.posix;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The file to be read is a FIFO, a device, a socket or a directory. */
public final class NotRegularFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  NotRegularFileException(Path file, boolean isDirectory) {
    super(file.toString(), null, isDirectory ? "is a directory" : "not a regular file");
  }
}
