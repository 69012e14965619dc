package djbdns.supervise.control;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ReadyNotice;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.NumberText;
import djbdns.supervise.status.StatusRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A service directory seen from outside. For use by one thread. No method waits, whatever is in the
 * place of the files that it opens.
 */
final class ServiceView implements AutoCloseable {
  private static final int MAX_FILE_BYTES = 4096;

  private final FileSystem files;
  private final Descriptors descriptors;
  private final int directory;

  private ServiceView(FileSystem files, Descriptors descriptors, int directory) {
    this.files = files;
    this.descriptors = descriptors;
    this.directory = directory;
  }

  /**
   * Looks into a directory.
   *
   * @throws PosixException if nobody could change into it
   */
  static ServiceView open(FileSystem files, Descriptors descriptors, String path)
      throws PosixException {
    return new ServiceView(files, descriptors, files.openDirectory(FileSystem.CURRENT, path));
  }

  /** Whether the service is to run unless somebody says otherwise: there is no file down. */
  boolean isNormallyUp() throws PosixException {
    try {
      files.status(directory, "down");
      return false;
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return true;
      }
      throw e;
    }
  }

  /**
   * Why nobody will ever learn that the service is ready; empty if it is to say so.
   *
   * @param endsRun whether what is running now is about to end
   */
  Optional<String> whyNeverReady(boolean endsRun) {
    Optional<String> descriptor = read("notification-fd");
    if (descriptor.isEmpty()) {
      return Optional.of("there is no file notification-fd (a daemon of this suite takes 3 in it)");
    }
    int min = ReadyNotice.MIN_DESCRIPTOR;
    int max = ReadyNotice.MAX_DESCRIPTOR;
    if (NumberText.parse(descriptor.get(), min, max).isEmpty()) {
      return Optional.of("notification-fd is not a number from " + min + " to " + max);
    }
    boolean goesOn = !endsRun && status().filter(status -> status.pid() != 0).isPresent();
    return goesOn && details().filter(ServiceView::saysWhenReady).isEmpty()
        ? Optional.of("it was started without notification-fd and has to be restarted")
        : Optional.empty();
  }

  private static boolean saysWhenReady(Details details) {
    return details.ready().isPresent() || details.notificationInode() != 0;
  }

  private Optional<String> read(String path) {
    try {
      byte[] bytes = files.read(directory, path, MAX_FILE_BYTES);
      return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a supervisor is there, which reads from supervise/ok.
   *
   * @throws PosixException ENOENT where there has never been one
   */
  boolean isSupervised() throws PosixException {
    try {
      descriptors.close(openForWriting("supervise/ok"));
      return true;
    } catch (PosixException e) {
      if (e.is(Errno.ENXIO)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Sends commands.
   *
   * @throws PosixException ENXIO where no supervisor reads them
   */
  void control(String commands) throws PosixException {
    int control = openForWriting("supervise/control");
    try {
      byte[] letters = commands.getBytes(StandardCharsets.ISO_8859_1);
      if (letters.length > 0) {
        descriptors.setNonblocking(control, false);
        descriptors.write(control, letters);
      }
    } finally {
      descriptors.close(control);
    }
  }

  private int openForWriting(String path) throws PosixException {
    return files.open(directory, path, FileSystem.WRITE | FileSystem.NONBLOCKING);
  }

  /** The bytes of supervise/status. */
  byte[] readStatus() throws PosixException {
    return files.read(directory, "supervise/status", MAX_FILE_BYTES);
  }

  /** The present status; empty if there is none that can be read. */
  Optional<StatusRecord> status() {
    try {
      return StatusRecord.unpack(readStatus());
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  /** What only our supervisors write down; empty for others. */
  Optional<Details> details() {
    return read("supervise/details").map(Details::parse);
  }

  /**
   * Has changes of the status and the end of the supervisor reported.
   *
   * @param watches as {@link Descriptors#watches} has made them
   * @throws PosixException where there is no directory supervise
   */
  void watch(int watches) throws PosixException {
    int supervise = files.open(directory, "supervise", FileSystem.READ | FileSystem.NONBLOCKING);
    try {
      descriptors.watch(watches, supervise, Descriptors.IN_MOVED_TO | Descriptors.IN_CLOSE_NOWRITE);
    } finally {
      descriptors.close(supervise);
    }
  }

  @Override
  public void close() throws PosixException {
    descriptors.close(directory);
  }
}
