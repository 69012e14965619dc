package djbdns.supervise.run;

import djbdns.posix.FileStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.Program;
import djbdns.supervise.calls.UnableException;
import java.util.List;
import java.util.Optional;

/**
 * A directory in the scan directory: its supervisor, and, if it has a directory log, the supervisor
 * of the logger and the pipe between them. For use by the event loop's thread.
 */
final class Service {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  private final Program svscan;
  private final Platform platform;
  private final FileStatus identity;
  private final Runnable whenIdle;
  private String name;
  private boolean hasLog;
  private boolean isNewLogReported;
  private boolean active = true;
  private boolean stopping;
  private Optional<LogPipe> pipe = Optional.empty();
  private boolean writeEndOpen;
  private Optional<Supervisor> main = Optional.empty();
  private Optional<Supervisor> logger = Optional.empty();

  /** The name of the directory to which this has given way. */
  private Optional<String> successor = Optional.empty();

  /**
   * @param identity of the directory, which may get another name
   * @param whenIdle called each time a supervisor of this has ended
   */
  Service(Program svscan, Platform platform, FileStatus identity, String name, Runnable whenIdle) {
    this.svscan = svscan;
    this.platform = platform;
    this.identity = identity;
    this.name = name;
    this.whenIdle = whenIdle;
  }

  boolean is(FileStatus directory) {
    return identity.isSameFile(directory);
  }

  /** Notes that the scan has found the directory, and its present name. */
  void see(String currentName) {
    name = currentName;
    active = true;
  }

  /** Notes that the present scan has not found the directory yet. */
  void forget() {
    active = false;
  }

  boolean isActive() {
    return active;
  }

  /** True if it has no supervisor. */
  boolean isIdle() {
    return main.isEmpty() && logger.isEmpty();
  }

  /**
   * Starts the supervisors that do not run; the reason is reported if one cannot be started.
   *
   * @param logExists true if there is a directory log now; for a service that is running, the time
   *     of its start counts
   */
  void start(int scanDirectory, boolean logExists) {
    if (isIdle()) {
      hasLog = logExists;
      isNewLogReported = false;
      if (!hasLog) {
        // Nothing would ever read from it.
        closePipe();
      }
    } else if (logExists && !hasLog && !isNewLogReported) {
      isNewLogReported = true;
      svscan.warn(
          "unable to start "
              + name
              + "/log beside a running service; to start both, run: svc -dx "
              + name);
    }
    Optional<ServiceDirectory> mainDirectory =
        main.isEmpty() ? open(scanDirectory, name) : Optional.empty();
    Optional<ServiceDirectory> logDirectory =
        hasLog && logger.isEmpty() ? open(scanDirectory, name + "/log") : Optional.empty();
    if (hasLog && pipe.isEmpty() && (mainDirectory.isPresent() || logDirectory.isPresent())) {
      try {
        pipe = Optional.of(recoverPipe(mainDirectory, logDirectory));
        writeEndOpen = true;
      } catch (PosixException e) {
        svscan.warn("unable to create pipe for " + name, e);
        mainDirectory.ifPresent(ServiceDirectory::close);
        logDirectory.ifPresent(ServiceDirectory::close);
        return;
      }
    }
    mainDirectory.ifPresent(this::startMain);
    logDirectory.ifPresent(this::startLogger);
  }

  private Optional<ServiceDirectory> open(int scanDirectory, String path) {
    try {
      return Optional.of(ServiceDirectory.open(platform, scanDirectory, path));
    } catch (UnableException e) {
      // The next scan tries again.
      platform.reportFatal(e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The pipe of an earlier svscan if the service or the logger still has it; otherwise a new one.
   */
  private LogPipe recoverPipe(
      Optional<ServiceDirectory> mainDirectory, Optional<ServiceDirectory> logDirectory)
      throws PosixException {
    Optional<LogPipe> old =
        logDirectory
            .flatMap(directory -> pipeOf(directory, STDIN))
            .or(() -> mainDirectory.flatMap(directory -> pipeOf(directory, STDOUT)));
    return old.isPresent() ? old.get() : LogPipe.make(platform.calls());
  }

  private Optional<LogPipe> pipeOf(ServiceDirectory directory, int descriptor) {
    Predecessor before = Predecessor.of(platform, directory, descriptor);
    if (before.survivor().isEmpty()) {
      return Optional.empty();
    }
    try {
      return LogPipe.ofProcess(
          platform, before.survivor().get().pid(), descriptor, before.details().pipeInode());
    } catch (PosixException e) {
      svscan.warn("unable to get hold of the pipe of " + directory.name(), e);
      return Optional.empty();
    }
  }

  private void startMain(ServiceDirectory directory) {
    List<Handover> output =
        pipe.map(p -> List.of(new Handover(p.writeEnd(), STDOUT))).orElse(List.of());
    Supervisor supervisor = new Supervisor(platform, directory, output, inode(), () -> mainLeft());
    main = start(supervisor);
  }

  private void startLogger(ServiceDirectory directory) {
    List<Handover> input = List.of(new Handover(pipe.orElseThrow().readEnd(), STDIN));
    Supervisor supervisor = new Supervisor(platform, directory, input, inode(), () -> loggerLeft());
    logger = start(supervisor);
  }

  private Optional<Supervisor> start(Supervisor supervisor) {
    try {
      supervisor.start();
      return Optional.of(supervisor);
    } catch (UnableException e) {
      // As above.
      platform.reportFatal(e.getMessage());
      return Optional.empty();
    }
  }

  private long inode() {
    return pipe.map(LogPipe::inode).orElse(0L);
  }

  private void mainLeft() {
    main = Optional.empty();
    if (stopping) {
      stopLogger();
    }
    whenIdle.run();
  }

  private void loggerLeft() {
    logger = Optional.empty();
    if (stopping) {
      closePipe();
    }
    whenIdle.run();
  }

  /**
   * Gives way to a service whose directory has replaced the directory of this one: it has the same
   * directory supervise, by a link, and takes over the processes. If the logger's supervise is not
   * the same, the logger ends first, so that no two loggers read from one pipe. If the new
   * directory has no directory log, this goes on: nothing would read the output of the service.
   *
   * @param newName the name of that directory
   * @param logExists true if it has a directory log
   * @param supervise the status of its directory supervise, if there is one
   * @param logSupervise the same of its logger
   * @return true if that service may start now
   */
  boolean giveWayTo(
      String newName,
      boolean logExists,
      Optional<FileStatus> supervise,
      Optional<FileStatus> logSupervise) {
    if (successor.equals(Optional.of(newName))) {
      return isIdle();
    }
    boolean isMain = isReplaced(main, supervise);
    boolean isLogger = isReplaced(logger, logSupervise);
    boolean isReplaced = isMain || (main.isEmpty() && isLogger);
    if (!isReplaced || (logger.isPresent() && !logExists)) {
      return true;
    }
    successor = Optional.of(newName);
    main.ifPresent(Supervisor::giveWay);
    logger.ifPresent(isLogger ? Supervisor::giveWay : Supervisor::stop);
    return isIdle();
  }

  private static boolean isReplaced(
      Optional<Supervisor> supervisor, Optional<FileStatus> supervise) {
    return supervisor.isPresent() && supervise.filter(supervisor.get()::isReplacedBy).isPresent();
  }

  /** Ends the service, and once it has ended, its logger. */
  void stop() {
    stopping = true;
    if (main.isPresent()) {
      main.get().stop();
    } else {
      stopLogger();
    }
  }

  /**
   * Closes the write end of the pipe, so that the logger reads the end of its input once the
   * service has ended too. The read end stays open: a logger may have to be started to read the
   * rest.
   */
  private void stopLogger() {
    if (logger.isEmpty()) {
      closePipe();
    } else {
      closeWriteEnd();
      logger.get().drain();
    }
  }

  /** Closes the pipe; neither service nor logger may be running. */
  void close() {
    closePipe();
  }

  private void closePipe() {
    closeWriteEnd();
    pipe.ifPresent(p -> close(p.readEnd()));
    pipe = Optional.empty();
  }

  private void closeWriteEnd() {
    if (writeEndOpen) {
      pipe.ifPresent(p -> close(p.writeEnd()));
      writeEndOpen = false;
    }
  }

  private void close(int descriptor) {
    try {
      platform.calls().close(descriptor);
    } catch (PosixException e) {
      svscan.warn("unable to close the pipe of " + name, e);
    }
  }
}
