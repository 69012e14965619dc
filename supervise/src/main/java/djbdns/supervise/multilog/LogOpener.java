package djbdns.supervise.multilog;

import djbdns.posix.FileIdentity;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.UnableException;
import djbdns.supervise.multilog.LogFiles.Ending;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Locks log directories and restores their order (restart in multilog.c): a {@code current} that
 * was closed properly is continued, other files become old files. Before that, a {@code current}
 * whose writer was killed is cut back to the bytes that are not in the spool.
 *
 * <p>For use by one thread.
 */
final class LogOpener {
  private static final int READ = FileSystem.READ | FileSystem.NONBLOCKING;
  private static final int RENEW =
      FileSystem.WRITE | FileSystem.NONBLOCKING | FileSystem.TRUNCATE | FileSystem.CREATE;

  private final FileCalls files;
  private final Trouble trouble;
  private final Processor processor;
  private final InstantSource clock;
  private final String bootId;

  LogOpener(
      FileCalls files, Trouble trouble, Processor processor, InstantSource clock, String bootId) {
    this.files = files;
    this.trouble = trouble;
    this.processor = processor;
    this.clock = clock;
    this.bootId = bootId;
  }

  /** Makes a call whose failure ends the program. */
  private <T> T require(String what, Trouble.Getter<T> step) throws UnableException {
    try {
      return step.get();
    } catch (PosixException e) {
      throw new UnableException(what, e);
    }
  }

  /**
   * Opens a log.
   *
   * @param start descriptor of the directory that names are relative to
   * @param all the directories of the script, in any of which there may be a spool
   * @throws UnableException such as {@code unable to lock directory ./main: temporary failure}
   */
  OpenLog open(int start, Script.Log spec, List<String> all) throws UnableException {
    String name = spec.directory();
    int directory = require("open directory " + name, () -> openDirectory(start, name));
    LogFiles logFiles = new LogFiles(files, trouble, processor, clock, spec, directory);
    require("lock directory " + name, () -> lock(logFiles));
    FileIdentity identity =
        require("open directory " + name, () -> files.status(directory).identity());
    String path = logFiles.path("current");
    Optional<FileStatus> found = require("stat " + path, () -> logFiles.statusIfExists("current"));
    boolean isSafe = found.isPresent() && found.get().isOwnerExecutable();
    if (found.isPresent() && !isSafe) {
      cut(start, directory, path, found.get(), all);
    }
    if (!isSafe) {
      recover(logFiles, directory);
    }
    String what = isSafe ? "append to " + path : "write to " + path;
    int current = require(what, () -> logFiles.openToAppend("current"));
    FileStatus status = require("set mode of " + path, () -> openForReading(current));
    return new OpenLog(
        logFiles, directory, identity, current, status.identity(), status.sizeBytes());
  }

  private int openDirectory(int start, String name) throws PosixException {
    try {
      files.makeDirectory(start, name, 0700);
    } catch (PosixException _) {
      // It exists, or the open fails and is reported.
    }
    int directory = files.open(start, name, READ, 0);
    // Fails for a file, and for a directory that may be listed but not entered.
    files.status(directory, ".");
    return directory;
  }

  private int lock(LogFiles logFiles) throws PosixException {
    int descriptor = logFiles.openToAppend("lock");
    files.lock(descriptor);
    return descriptor;
  }

  private FileStatus openForReading(int current) throws PosixException {
    files.changeMode(current, 0644);
    return files.status(current);
  }

  /** Cuts the bytes off {@code current} that the spool still has. */
  private void cut(int start, int directory, String path, FileStatus found, List<String> all)
      throws UnableException {
    FileIdentity identity = found.identity();
    for (Snapshot snapshot : spools(start, all)) {
      for (Snapshot.Log log : snapshot.logs()) {
        if (log.current().equals(identity) && found.sizeBytes() > log.sizeBytes()) {
          require("cut " + path, () -> truncate(directory, log.sizeBytes()));
          return;
        }
      }
    }
  }

  private boolean truncate(int directory, long sizeBytes) throws PosixException {
    int descriptor = files.open(directory, "current", FileSystem.WRITE | FileSystem.NONBLOCKING, 0);
    files.truncate(descriptor, sizeBytes);
    files.close(descriptor);
    return true;
  }

  private List<Snapshot> spools(int start, List<String> all) {
    List<Snapshot> found = new ArrayList<>();
    for (String name : all) {
      try {
        int directory = files.open(start, name, READ, 0);
        Spool.peek(files, trouble, directory, bootId).ifPresent(found::add);
        files.close(directory);
      } catch (PosixException _) {
        // It does not exist yet, or cannot be opened, which ends the program later.
      }
    }
    return found;
  }

  private void recover(LogFiles logFiles, int directory) throws UnableException {
    unlinkIfExists(directory, "state");
    unlinkIfExists(directory, "newstate");
    boolean isProcessed =
        require("stat " + logFiles.path("processed"), () -> logFiles.statusIfExists("processed"))
            .map(FileStatus::isOwnerExecutable)
            .orElse(false);
    if (isProcessed) {
      unlinkIfExists(directory, "previous");
      logFiles.finish("processed", Ending.SAFE);
    } else {
      unlinkIfExists(directory, "processed");
      logFiles.finish("previous", Ending.UNFINISHED);
    }
    logFiles.finish("current", Ending.UNFINISHED);
    require(
        "write to " + logFiles.path("state"),
        () -> {
          int descriptor = files.open(directory, "state", RENEW, 0644);
          files.close(descriptor);
          return descriptor;
        });
  }

  private void unlinkIfExists(int directory, String name) {
    try {
      files.unlink(directory, name);
    } catch (PosixException _) {
      // As in the original: if it still exists, a later step fails.
    }
  }
}
