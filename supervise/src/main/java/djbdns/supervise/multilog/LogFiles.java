package djbdns.supervise.multilog;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.tai.Tai64n;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The old files of one log directory. Turns {@code current} into one of them (fullcurrent and
 * finish in multilog.c), and deletes the oldest (filesfit).
 *
 * <pre>{@code
 * current -> previous ------------------> @TIME.s
 *                     \\-> processed ---/
 * }</pre>
 *
 * <p>A file gets its new name by link(2) before the old one is removed, and a file with two names
 * is finished: if the process is killed in between, no file is finished twice. For use by one
 * thread.
 */
final class LogFiles {
  /** The mode of a file that is safely on the disk. */
  static final int SAFE_MODE = 0744;

  /** The suffixes of files that were closed properly, and of those that were not. */
  enum Ending {
    SAFE(".s"),
    UNFINISHED(".u");

    private final String suffix;

    Ending(String suffix) {
      this.suffix = suffix;
    }
  }

  private static final int APPEND =
      FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.APPEND | FileSystem.CREATE;

  private final FileCalls files;
  private final Trouble trouble;
  private final Processor processor;
  private final InstantSource clock;
  private final Script.Log spec;
  private final int directory;

  /**
   * @param directory descriptor
   */
  LogFiles(
      FileCalls files,
      Trouble trouble,
      Processor processor,
      InstantSource clock,
      Script.Log spec,
      int directory) {
    this.files = files;
    this.trouble = trouble;
    this.processor = processor;
    this.clock = clock;
    this.spec = spec;
    this.directory = directory;
  }

  /** Opens a file to append to it, and makes it if it does not exist. */
  int openToAppend(String name) throws PosixException {
    return files.open(directory, name, APPEND, 0600);
  }

  /** The path of a file in messages. */
  String path(String name) {
    return spec.directory() + "/" + name;
  }

  /** Renames {@code current} to {@code previous}. */
  void retireCurrent() {
    trouble.retry(
        "unable to rename current to previous in directory " + spec.directory(),
        () -> files.rename(directory, "current", "previous"));
  }

  /** Gives {@code previous}, which is complete, to the processor, or makes it an old file. */
  void finishPrevious() {
    trouble.retry(
        "unable to set mode of " + path("previous"),
        () -> files.changeMode(directory, "previous", SAFE_MODE));
    if (spec.processor().isEmpty()) {
      finish("previous", Ending.SAFE);
      return;
    }
    while (!process(spec.processor().get())) {
      trouble.pause("processor failed in " + spec.directory(), Optional.empty());
    }
    makeSafe("processed", SAFE_MODE);
    makeSafe("newstate", 0);
    trouble.retry(
        "unable to remove " + path("previous"), () -> files.unlink(directory, "previous"));
    trouble.retry(
        "unable to rename newstate to state in directory " + spec.directory(),
        () -> files.rename(directory, "newstate", "state"));
    finish("processed", Ending.SAFE);
  }

  /** Runs the processor once; true if it succeeded. */
  private boolean process(String command) {
    while (true) {
      int pid;
      try {
        pid = processor.start(directory, command);
      } catch (PosixException e) {
        if (e.is(Errno.EAGAIN) || e.is(Errno.ENOMEM)) {
          trouble.pause("unable to fork for processor in " + spec.directory(), Optional.of(e));
          continue;
        }
        // In the original the child reports this.
        trouble.unableToRun(command, e);
        return false;
      }
      ExitStatus status =
          trouble.get(
              "wait failed for processor in " + spec.directory(), () -> processor.await(pid));
      if (status.isCrash()) {
        trouble.pause("processor crashed in " + spec.directory(), Optional.empty());
      }
      return status.code() == 0;
    }
  }

  /**
   * Forces a file that the processor has written to the disk.
   *
   * @param mode 0 to leave it as it is
   */
  private void makeSafe(String name, int mode) {
    int descriptor = trouble.get("unable to create " + path(name), () -> openToAppend(name));
    trouble.retry(
        "unable to write " + path(name) + " to disk", () -> files.synchronize(descriptor));
    if (mode != 0) {
      trouble.retry(
          "unable to set mode of " + path(name), () -> files.changeMode(descriptor, mode));
    }
    trouble.retry("unable to close " + path(name), () -> files.close(descriptor));
  }

  /** Makes a file, if it exists, an old file, and deletes the oldest ones. */
  void finish(String name, Ending ending) {
    Optional<FileStatus> status =
        trouble.get("unable to stat " + path(name), () -> statusIfExists(name));
    if (status.isEmpty()) {
      return;
    }
    if (status.get().links() == 1) {
      while (!linkOld(name, Tai64n.of(clock.instant()) + ending.suffix)) {
        // The next moment has another name.
      }
    }
    trouble.retry("unable to remove " + path(name), () -> files.unlink(directory, name));
    while (trouble.get("unable to read " + spec.directory(), this::deleteOneIfTooMany)) {
      // More than one is deleted if the script has changed.
    }
  }

  private boolean linkOld(String name, String old) {
    try {
      files.link(directory, name, old);
      return true;
    } catch (PosixException e) {
      trouble.pause("unable to link to " + path(old), Optional.of(e));
      return false;
    }
  }

  /** The status of a file in the directory; empty if it does not exist. */
  Optional<FileStatus> statusIfExists(String name) throws PosixException {
    try {
      return Optional.of(files.status(directory, name));
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Deletes the oldest file if there are too many; true if there may be more to delete. */
  private boolean deleteOneIfTooMany() throws PosixException {
    List<String> old =
        files.list(directory).stream()
            .filter(name -> name.startsWith("@") && name.length() >= Tai64n.TEXT_LENGTH)
            .toList();
    if (Long.compareUnsigned(old.size(), spec.maxFiles()) < 0) {
      return false;
    }
    String oldest = old.stream().min(String::compareTo).orElseThrow();
    String label = oldest.substring(0, Tai64n.TEXT_LENGTH);
    String victim = old.stream().filter(name -> name.startsWith(label)).findFirst().orElseThrow();
    try {
      files.unlink(directory, victim);
      return true;
    } catch (PosixException e) {
      // It may be a directory. The original tries again without end and without a pause.
      trouble.warn("unable to remove " + path(victim), e);
      return false;
    }
  }
}
