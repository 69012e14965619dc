package djbdns.supervise.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.ReadyNotice;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.NumberText;
import djbdns.supervise.status.StatusRecord;
import java.util.Optional;

/**
 * A service directory as a program sees it that is not its supervisor. For use by one thread. No
 * open waits, so that a FIFO in the place of a file stops nothing.
 */
final class ServiceView implements AutoCloseable {
  private static final int MAX_FILE_BYTES = 4096;

  private final SystemCalls calls;
  private final int directory;

  private ServiceView(SystemCalls calls, int directory) {
    this.calls = calls;
    this.directory = directory;
  }

  /**
   * Opens a directory.
   *
   * @throws PosixException where chdir(2) would fail
   */
  static ServiceView open(SystemCalls calls, String path) throws PosixException {
    return new ServiceView(calls, calls.openDirectory(FileSystem.CURRENT, path));
  }

  /** True if the supervisor starts the service without a command: there is no file down. */
  boolean isNormallyUp() throws PosixException {
    return !calls.exists(directory, "down");
  }

  /**
   * The reason why the service will never say that it is ready; empty if it is to say so.
   *
   * @param endsRun true if the present run is about to end
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
      return Optional.of(new String(calls.read(directory, path, MAX_FILE_BYTES), ISO_8859_1));
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  /**
   * True if a supervisor runs, which reads from supervise/ok.
   *
   * @throws PosixException ENOENT where none has ever run
   */
  boolean isSupervised() throws PosixException {
    try {
      calls.close(openForWriting("supervise/ok"));
      return true;
    } catch (PosixException e) {
      if (e.is(Errno.ENXIO)) {
        return false;
      }
      throw e;
    }
  }

  /** True if a supervisor runs; false as well where none has ever run. */
  boolean hasSupervisor() throws PosixException {
    try {
      return isSupervised();
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Sends commands.
   *
   * @throws PosixException ENXIO if no supervisor runs
   */
  void control(String commands) throws PosixException {
    int control = openForWriting("supervise/control");
    try {
      byte[] letters = commands.getBytes(ISO_8859_1);
      if (letters.length > 0) {
        calls.setNonblocking(control, false);
        calls.write(control, letters);
      }
    } finally {
      calls.close(control);
    }
  }

  private int openForWriting(String path) throws PosixException {
    return calls.open(directory, path, FileSystem.WRITE | FileSystem.NONBLOCKING);
  }

  /** Reads the bytes of supervise/status. */
  byte[] readStatus() throws PosixException {
    return calls.read(directory, "supervise/status", MAX_FILE_BYTES);
  }

  /** Reads the status; empty if there is none that can be read. */
  Optional<StatusRecord> status() {
    try {
      return StatusRecord.unpack(readStatus());
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  /** Reads the details, which only our supervisors write; empty for others. */
  Optional<Details> details() {
    return read("supervise/details").map(Details::parse);
  }

  /**
   * Watches for changes of the status and for the end of the supervisor. Reading the files sets off
   * no watch.
   *
   * @param watches as {@link SystemCalls#watches} has made them
   * @throws PosixException if no supervisor runs
   */
  void watch(int watches) throws PosixException {
    int flags = FileSystem.READ | FileSystem.NONBLOCKING;
    watch(watches, calls.open(directory, "supervise", flags), Descriptors.IN_MOVED_TO);
    watch(watches, openForWriting("supervise/ok"), Descriptors.IN_CLOSE_NOWRITE);
  }

  private void watch(int watches, int descriptor, int events) throws PosixException {
    try {
      calls.watch(watches, descriptor, events);
    } finally {
      calls.close(descriptor);
    }
  }

  @Override
  public void close() throws PosixException {
    calls.close(directory);
  }
}
