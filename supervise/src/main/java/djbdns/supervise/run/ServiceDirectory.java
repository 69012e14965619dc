package djbdns.supervise.run;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.FileIdentity;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.NumberText;
import djbdns.supervise.status.StatusRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A service directory that is being supervised: its lock, its FIFOs and the files that say how the
 * service is. All of it hangs on descriptors of the directory and of its directory supervise, which
 * may be renamed or lose their names meanwhile; supervise may be a link to somewhere else. For use
 * by the event loop's thread.
 *
 * <p>Every file is opened without waiting, so that a FIFO in its place stops nobody.
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

  private final Program supervise;
  private final FileSystem files;
  private final Descriptors descriptors;
  private final String name;
  private final int directory;
  private final int state;
  private final FileIdentity stateIdentity;
  private final int lock;
  private final int control;
  private final int controlWriteEnd;
  private final boolean normallyUp;
  private int ok = -1;

  /**
   * Opens a directory and takes its lock.
   *
   * @param supervise for the messages
   * @param parent descriptor of the directory that the name is relative to
   * @param path relative to the parent
   * @param name for the messages
   * @throws Fatal in the original's words; everything opened is closed again
   */
  static ServiceDirectory open(
      Program supervise,
      FileSystem files,
      Descriptors descriptors,
      int parent,
      String path,
      String name) {
    return new Opening(supervise, files, descriptors, name).open(parent, path);
  }

  private ServiceDirectory(Opening opening) {
    supervise = opening.supervise;
    files = opening.files;
    descriptors = opening.descriptors;
    name = opening.name;
    directory = opening.directory;
    state = opening.state;
    stateIdentity = opening.stateIdentity;
    lock = opening.lock;
    control = opening.control;
    controlWriteEnd = opening.controlWriteEnd;
    normallyUp = opening.normallyUp;
  }

  /** The steps to a directory that is open; each can fail, and what was opened before is closed. */
  private static final class Opening {
    private final Program supervise;
    private final FileSystem files;
    private final Descriptors descriptors;
    private final String name;
    private int directory = -1;
    private int state = -1;
    private FileIdentity stateIdentity = new FileIdentity(0, 0, 0);
    private int lock = -1;
    private int control = -1;
    private int controlWriteEnd = -1;
    private boolean normallyUp;

    Opening(Program supervise, FileSystem files, Descriptors descriptors, String name) {
      this.supervise = supervise;
      this.files = files;
      this.descriptors = descriptors;
      this.name = name;
    }

    @FunctionalInterface
    private interface Step {
      void run() throws PosixException;
    }

    private void step(String attempt, Step step) {
      try {
        step.run();
      } catch (PosixException e) {
        throw supervise.fatal("unable to " + attempt, e);
      }
    }

    ServiceDirectory open(int parent, String path) {
      try {
        step("chdir to " + name, () -> directory = files.openDirectory(parent, path));
        step("stat " + name + "/down", () -> normallyUp = !exists("down"));
        makeSuperviseDirectory();
        step(
            "acquire " + pathOf(name, LOCK),
            () -> {
              state = files.openDirectory(directory, SUPERVISE);
              acquireLock();
            });
        step(
            "stat " + name + "/" + SUPERVISE, () -> stateIdentity = files.status(state).identity());
        makeFifo(files, state, CONTROL);
        step("read " + pathOf(name, CONTROL), () -> control = openControl(FileSystem.READ));
        step(
            "write " + pathOf(name, CONTROL),
            () -> controlWriteEnd = openControl(FileSystem.WRITE));
        return new ServiceDirectory(this);
      } catch (Fatal e) {
        for (int descriptor : new int[] {controlWriteEnd, control, lock, state, directory}) {
          if (descriptor != -1) {
            step("close " + name, () -> descriptors.close(descriptor));
          }
        }
        throw e;
      }
    }

    private int openControl(int mode) throws PosixException {
      return openFifo(files, descriptors, state, CONTROL, mode);
    }

    private boolean exists(String path) throws PosixException {
      try {
        files.status(directory, path);
        return true;
      } catch (PosixException e) {
        if (e.is(Errno.ENOENT)) {
          return false;
        }
        throw e;
      }
    }

    /** Where it cannot be made, the lock cannot be taken either, and that is what is reported. */
    private void makeSuperviseDirectory() {
      try {
        files.makeDirectory(directory, SUPERVISE, DIRECTORY_MODE);
      } catch (PosixException e) {
        makeTargetOfDanglingLink();
      }
    }

    /** Debian's supervise: the directory may be a link to where something can be written. */
    private void makeTargetOfDanglingLink() {
      try {
        if (!exists(SUPERVISE)) {
          files.makeDirectory(directory, files.readLink(directory, SUPERVISE), DIRECTORY_MODE);
        }
      } catch (PosixException e) {
        return;
      }
    }

    /** Also has an overlay file system copy the directory, which gives it another identity. */
    private void acquireLock() throws PosixException {
      int flags = FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.APPEND | FileSystem.CREATE;
      lock = files.open(state, LOCK, flags, FIFO_MODE);
      descriptors.lock(lock, false);
    }
  }

  private static String pathOf(String name, String file) {
    return name + "/" + SUPERVISE + "/" + file;
  }

  /** One that is there already will do; one that cannot be made cannot be opened either. */
  private static void makeFifo(FileSystem files, int directory, String path) {
    try {
      files.makeFifo(directory, path, FIFO_MODE);
    } catch (PosixException e) {
      return;
    }
  }

  private static int openFifo(
      FileSystem files, Descriptors descriptors, int directory, String path, int mode)
      throws PosixException {
    int descriptor = files.open(directory, path, mode | FileSystem.NONBLOCKING);
    if (!files.status(descriptor).isFifo()) {
      descriptors.close(descriptor);
      // Anything else could always be read, and the event loop would never come to rest.
      throw new PosixException("open", Errno.EEXIST);
    }
    return descriptor;
  }

  /**
   * Lets others see that a supervisor is there; they look at the status then.
   *
   * @throws Fatal in the original's words
   */
  void announce() {
    makeFifo(files, state, OK);
    try {
      ok = openFifo(files, descriptors, state, OK, FileSystem.READ);
    } catch (PosixException e) {
      throw supervise.fatal("unable to read " + pathOf(name, OK), e);
    }
  }

  /** What it is called in messages. */
  String name() {
    return name;
  }

  /** For starting programs in it. */
  int descriptor() {
    return directory;
  }

  /** Becomes readable when a command comes. */
  int control() {
    return control;
  }

  /** Whether there was no file {@code down} when the supervisor started. */
  boolean isNormallyUp() {
    return normallyUp;
  }

  FileStatus status() throws PosixException {
    return files.status(directory);
  }

  /** Of the directory supervise. */
  FileIdentity stateIdentity() {
    return stateIdentity;
  }

  /**
   * Whether the directory has been removed, and another one has its directory supervise: by a link,
   * as some distributions make them.
   */
  boolean isReplacedBy(FileStatus supervise) {
    try {
      return files.status(state).isSameFile(supervise) && files.status(directory).links() == 0;
    } catch (PosixException e) {
      this.supervise.warn("unable to stat " + name, e);
      return false;
    }
  }

  /** The commands that have come, in their order. */
  String readCommands() {
    byte[] letters = new byte[MAX_FILE_BYTES];
    try {
      int length = descriptors.read(control, letters);
      return new String(letters, 0, length, StandardCharsets.ISO_8859_1);
    } catch (PosixException e) {
      if (!e.is(Errno.EAGAIN)) {
        supervise.warn("unable to read " + pathOf(name, CONTROL), e);
      }
      return "";
    }
  }

  /** Whether there is such a program, or at least something of its name. */
  boolean has(String path) {
    try {
      files.status(directory, path);
      return true;
    } catch (PosixException e) {
      return false;
    }
  }

  /** The beginning of a small file; empty if there is none that can be read. */
  private Optional<String> read(int parent, String file, String path) {
    try {
      byte[] bytes = files.read(parent, file, MAX_FILE_BYTES);
      return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (PosixException e) {
      if (!e.is(Errno.ENOENT)) {
        supervise.warn("unable to read " + path, e);
      }
      return Optional.empty();
    }
  }

  /**
   * A number that the administrator has written into a file.
   *
   * @return empty if there is no such file, or something else in it, which is reported
   */
  Optional<Long> readNumber(String path, long min, long max) {
    Optional<String> text = read(directory, path, name + "/" + path);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> number = text.flatMap(digits -> NumberText.parse(digits, min, max));
    if (number.isEmpty()) {
      supervise.warn(
          "unable to use " + name + "/" + path + ": not a number from " + min + " to " + max);
    }
    return number;
  }

  private Optional<String> readState(String file) {
    return read(state, file, pathOf(name, file));
  }

  /** What the supervisor before this one has left. */
  Details readDetails() {
    return readState(DETAILS).map(Details::parse).orElseGet(Details::none);
  }

  /** The status that the supervisor before this one has left. */
  Optional<StatusRecord> readStatus() {
    return readState(STATUS)
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
        .flatMap(StatusRecord::unpack);
  }

  /** Whether it is written; why not has been said then. */
  boolean write(StatusRecord status) {
    return replace(STATUS, status.pack());
  }

  /** As above. */
  boolean write(Details details) {
    return replace(DETAILS, details.format().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Never leaves a half-written file: who reads it gets the old one or the new one. */
  private boolean replace(String file, byte[] bytes) {
    String fresh = file + ".new";
    int flags = FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.CREATE | FileSystem.TRUNCATE;
    String attempt = "open " + pathOf(name, fresh);
    try {
      int descriptor = files.open(state, fresh, flags, FILE_MODE);
      try {
        attempt = "write " + pathOf(name, fresh);
        if (descriptors.write(descriptor, bytes) < bytes.length) {
          supervise.warn("unable to " + attempt + ": partial write");
          return false;
        }
      } finally {
        close(descriptor);
      }
      attempt = "rename " + pathOf(name, fresh) + " to " + file;
      files.rename(state, fresh, file);
      return true;
    } catch (PosixException e) {
      supervise.warn("unable to " + attempt, e);
      return false;
    }
  }

  /** Gives the directory up: somebody else may supervise it now. */
  void close() {
    if (ok != -1) {
      close(ok);
    }
    close(controlWriteEnd);
    close(control);
    close(lock);
    close(state);
    close(directory);
  }

  private void close(int descriptor) {
    try {
      descriptors.close(descriptor);
    } catch (PosixException e) {
      supervise.warn("unable to close a file in " + name, e);
    }
  }
}
