package djbdns.supervise.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.posix.Errno;
import djbdns.posix.FileIdentity;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.Program;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.calls.UnableException;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.NumberText;
import djbdns.supervise.status.StatusRecord;
import java.util.Optional;

/**
 * A service directory that is being supervised: its lock, its FIFOs and the files with the status
 * of the service. Every access goes through descriptors of the directory and of its directory
 * supervise, since both may be renamed or removed meanwhile; supervise may be a link to another
 * place. For use by the event loop's thread.
 *
 * <p>No open waits, so that a FIFO in the place of a file stops nothing.
 */
final class ServiceDirectory {
  private static final String SUPERVISE = "supervise";
  private static final String LOCK = "lock";
  private static final String CONTROL = "control";
  private static final String OK = "ok";
  private static final String STATUS = "status";
  private static final String DETAILS = "details";
  private static final int DIRECTORY_MODE = 0700;
  private static final int FIFO_MODE = 0600;
  private static final int FILE_MODE = 0644;
  private static final int MAX_FILE_BYTES = 4096;

  /** Stands for a descriptor that is not open. */
  private static final int NONE = -1;

  private final Program supervise;
  private final SystemCalls calls;
  private final String name;
  private int directory = NONE;
  private int state = NONE;
  private FileIdentity stateIdentity = new FileIdentity(0, 0, 0);
  private int lock = NONE;
  private int control = NONE;
  private int controlWriteEnd = NONE;
  private int ok = NONE;
  private boolean normallyUp;

  private ServiceDirectory(Platform platform, String name) {
    this.supervise = platform.supervise();
    this.calls = platform.calls();
    this.name = name;
  }

  /**
   * Opens a directory and takes its lock.
   *
   * @param parent descriptor of the directory that the path is relative to
   * @param path also the name in messages
   * @throws UnableException if one of the steps fails; everything opened is closed again
   */
  static ServiceDirectory open(Platform platform, int parent, String path) throws UnableException {
    ServiceDirectory opened = new ServiceDirectory(platform, path);
    try {
      opened.open(parent);
      return opened;
    } catch (UnableException e) {
      opened.close();
      throw e;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws PosixException;
  }

  private static void step(String attempt, Step step) throws UnableException {
    try {
      step.run();
    } catch (PosixException e) {
      throw new UnableException(attempt, e);
    }
  }

  private void open(int parent) throws UnableException {
    step("chdir to " + name, () -> directory = calls.openDirectory(parent, name));
    step("stat " + name + "/down", () -> normallyUp = !calls.exists(directory, "down"));
    makeSuperviseDirectory();
    step("acquire " + pathOf(LOCK), this::acquireLock);
    step("stat " + name + "/" + SUPERVISE, () -> stateIdentity = calls.status(state).identity());
    makeFifo(CONTROL);
    step("read " + pathOf(CONTROL), () -> control = openFifo(CONTROL, FileSystem.READ));
    step("write " + pathOf(CONTROL), () -> controlWriteEnd = openFifo(CONTROL, FileSystem.WRITE));
  }

  /** Reports no error: where this fails, taking the lock fails too, and that is reported. */
  private void makeSuperviseDirectory() {
    try {
      calls.makeDirectory(directory, SUPERVISE, DIRECTORY_MODE);
    } catch (PosixException e) {
      makeTargetOfDanglingLink();
    }
  }

  /** Debian's supervise: the directory may be a link to a file system that can be written. */
  private void makeTargetOfDanglingLink() {
    try {
      if (!calls.exists(directory, SUPERVISE)) {
        calls.makeDirectory(directory, calls.readLink(directory, SUPERVISE), DIRECTORY_MODE);
      }
    } catch (PosixException e) {
      return;
    }
  }

  /** Also makes an overlay file system copy the directory, which gives it another identity. */
  private void acquireLock() throws PosixException {
    state = calls.openDirectory(directory, SUPERVISE);
    int flags = FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.APPEND | FileSystem.CREATE;
    lock = calls.open(state, LOCK, flags, FIFO_MODE);
    calls.lock(lock);
  }

  private String pathOf(String file) {
    return name + "/" + SUPERVISE + "/" + file;
  }

  /** Reports no error: the FIFO may exist, and one that cannot be made cannot be opened either. */
  private void makeFifo(String file) {
    try {
      calls.makeFifo(state, file, FIFO_MODE);
    } catch (PosixException e) {
      return;
    }
  }

  private int openFifo(String file, int mode) throws PosixException {
    int descriptor = calls.open(state, file, mode | FileSystem.NONBLOCKING);
    if (!calls.status(descriptor).isFifo()) {
      calls.close(descriptor);
      // Any other file can always be read, and the event loop would never come to rest.
      throw new PosixException("open", Errno.EEXIST);
    }
    return descriptor;
  }

  /**
   * Shows others that a supervisor runs; from now on they read the status.
   *
   * @throws UnableException if the FIFO ok cannot be opened
   */
  void announce() throws UnableException {
    makeFifo(OK);
    step("read " + pathOf(OK), () -> ok = openFifo(OK, FileSystem.READ));
  }

  /** The name of the directory in messages. */
  String name() {
    return name;
  }

  /** The descriptor of the directory, in which programs are started. */
  int descriptor() {
    return directory;
  }

  /** The descriptor that becomes readable when a command comes. */
  int control() {
    return control;
  }

  /** True if there was no file {@code down} when the supervisor started. */
  boolean isNormallyUp() {
    return normallyUp;
  }

  FileStatus status() throws PosixException {
    return calls.status(directory);
  }

  /** The identity of the directory supervise. */
  FileIdentity stateIdentity() {
    return stateIdentity;
  }

  /**
   * True if the directory has been removed, and another one has its directory supervise, by a link,
   * as some distributions make them.
   */
  boolean isReplacedBy(FileStatus supervise) {
    try {
      return calls.status(state).isSameFile(supervise) && calls.status(directory).links() == 0;
    } catch (PosixException e) {
      this.supervise.warn("unable to stat " + name, e);
      return false;
    }
  }

  /** Reads the commands that have come, in their order. */
  String readCommands() {
    byte[] letters = new byte[MAX_FILE_BYTES];
    try {
      int length = calls.read(control, letters);
      return new String(letters, 0, length, ISO_8859_1);
    } catch (PosixException e) {
      if (!e.is(Errno.EAGAIN)) {
        supervise.warn("unable to read " + pathOf(CONTROL), e);
      }
      return "";
    }
  }

  /** True if the directory has such a file, which is then taken for a program or a setting. */
  boolean has(String file) {
    return calls.isVisible(directory, file);
  }

  /** The first bytes of a file; empty if it does not exist or cannot be read, which is reported. */
  private Optional<String> read(int parent, String file, String path) {
    try {
      return Optional.of(new String(calls.read(parent, file, MAX_FILE_BYTES), ISO_8859_1));
    } catch (PosixException e) {
      if (!e.is(Errno.ENOENT)) {
        supervise.warn("unable to read " + path, e);
      }
      return Optional.empty();
    }
  }

  /**
   * Reads a number that the administrator has written into a file.
   *
   * @return empty if there is no such file, or it holds no such number, which is reported
   */
  Optional<Long> readNumber(String file, long min, long max) {
    String path = name + "/" + file;
    Optional<String> text = read(directory, file, path);
    Optional<Long> number = text.flatMap(digits -> NumberText.parse(digits, min, max));
    if (text.isPresent() && number.isEmpty()) {
      supervise.warn("unable to use " + path + ": not a number from " + min + " to " + max);
    }
    return number;
  }

  private Optional<String> readState(String file) {
    return read(state, file, pathOf(file));
  }

  /** Reads the details that the supervisor before this one has left. */
  Details readDetails() {
    return readState(DETAILS).map(Details::parse).orElseGet(Details::none);
  }

  /** Reads the status that the supervisor before this one has left. */
  Optional<StatusRecord> readStatus() {
    return readState(STATUS).map(text -> text.getBytes(ISO_8859_1)).flatMap(StatusRecord::unpack);
  }

  /** Writes the status; false if that fails, which is reported. */
  boolean write(StatusRecord status) {
    return replace(STATUS, status.pack());
  }

  /** Writes the details; false if that fails, which is reported. */
  boolean write(Details details) {
    return replace(DETAILS, details.format().getBytes(ISO_8859_1));
  }

  /** Replaces a file as a whole: a reader gets the old one or the new one. */
  private boolean replace(String file, byte[] bytes) {
    String fresh = file + ".new";
    int flags = FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.CREATE | FileSystem.TRUNCATE;
    String attempt = "open " + pathOf(fresh);
    try {
      int descriptor = calls.open(state, fresh, flags, FILE_MODE);
      try {
        attempt = "write " + pathOf(fresh);
        if (calls.write(descriptor, bytes) < bytes.length) {
          supervise.warn("unable to " + attempt + ": partial write");
          return false;
        }
      } finally {
        close(descriptor);
      }
      attempt = "rename " + pathOf(fresh) + " to " + file;
      calls.rename(state, fresh, file);
      return true;
    } catch (PosixException e) {
      supervise.warn("unable to " + attempt, e);
      return false;
    }
  }

  /** Gives up the lock and everything that is open; another process may supervise the service. */
  void close() {
    for (int descriptor : new int[] {ok, controlWriteEnd, control, lock, state, directory}) {
      if (descriptor != NONE) {
        close(descriptor);
      }
    }
  }

  private void close(int descriptor) {
    try {
      calls.close(descriptor);
    } catch (PosixException e) {
      supervise.warn("unable to close a file in " + name, e);
    }
  }
}
