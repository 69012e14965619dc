package djbdns.supervise.run;

import djbdns.posix.FileStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.ProcessIdentity;
import java.util.List;
import java.util.Optional;

/**
 * A directory of the scan directory: its supervisor, and, if it has a directory log, the logger's
 * and the pipe between them. For use by the event loop's thread.
 */
final class Service {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  private final Program svscan;
  private final Host host;
  private final FileStatus identity;
  private final boolean hasLog;
  private final Runnable whenIdle;
  private String name;
  private boolean active = true;
  private boolean stopping;
  private Optional<LogPipe> pipe = Optional.empty();
  private Optional<Supervisor> main = Optional.empty();
  private Optional<Supervisor> logger = Optional.empty();

  /**
   * @param identity of the directory, which may get another name
   * @param whenIdle called whenever a supervisor of this has ended
   */
  Service(
      Program svscan,
      Host host,
      FileStatus identity,
      String name,
      boolean hasLog,
      Runnable whenIdle) {
    this.svscan = svscan;
    this.host = host;
    this.identity = identity;
    this.name = name;
    this.hasLog = hasLog;
    this.whenIdle = whenIdle;
  }

  boolean is(FileStatus directory) {
    return identity.isSameFile(directory);
  }

  /** Notes that the directory has been seen, and what it is called now. */
  void see(String currentName) {
    name = currentName;
    active = true;
  }

  /** Notes that it has yet to be seen. */
  void forget() {
    active = false;
  }

  boolean isActive() {
    return active;
  }

  /** Whether nothing is left of it. */
  boolean isIdle() {
    return main.isEmpty() && logger.isEmpty();
  }

  /** Starts the supervisors that do not run; one that cannot be started says why. */
  void start(int scanDirectory) {
    Optional<ServiceDirectory> mainDirectory =
        main.isEmpty() ? open(scanDirectory, name) : Optional.empty();
    Optional<ServiceDirectory> logDirectory =
        hasLog && logger.isEmpty() ? open(scanDirectory, name + "/log") : Optional.empty();
    if (hasLog && pipe.isEmpty() && (mainDirectory.isPresent() || logDirectory.isPresent())) {
      try {
        pipe = Optional.of(recoverPipe(mainDirectory, logDirectory));
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
      return Optional.of(
          ServiceDirectory.open(
              host.supervise(), host.files(), host.descriptors(), scanDirectory, path, path));
    } catch (Fatal e) {
      // Fatal to one supervisor only; the next scan tries again.
      System.err.println(e.getMessage());
      return Optional.empty();
    }
  }

  /** The pipe of an earlier svscan if service or logger still have it; else a new one. */
  private LogPipe recoverPipe(
      Optional<ServiceDirectory> mainDirectory, Optional<ServiceDirectory> logDirectory)
      throws PosixException {
    Optional<LogPipe> old =
        logDirectory
            .flatMap(directory -> pipeOf(directory, STDIN))
            .or(() -> mainDirectory.flatMap(directory -> pipeOf(directory, STDOUT)));
    return old.isPresent() ? old.get() : LogPipe.make(host.files(), host.descriptors());
  }

  private Optional<LogPipe> pipeOf(ServiceDirectory directory, int descriptor) {
    Details before = directory.readDetails();
    Optional<ProcessIdentity> survivor = Survivor.of(before, host, directory);
    if (survivor.isEmpty()) {
      return Optional.empty();
    }
    try {
      return LogPipe.ofProcess(
          host.files(), host.descriptors(), survivor.get().pid(), descriptor, before.pipeInode());
    } catch (PosixException e) {
      svscan.warn("unable to get hold of the pipe of " + directory.name(), e);
      return Optional.empty();
    }
  }

  private void startMain(ServiceDirectory directory) {
    List<Handover> output =
        pipe.map(p -> List.of(new Handover(p.writeEnd(), STDOUT))).orElse(List.of());
    Supervisor supervisor = new Supervisor(host, directory, output, inode(), () -> mainLeft());
    main = Optional.of(supervisor);
    supervisor.start();
  }

  private void startLogger(ServiceDirectory directory) {
    List<Handover> input = List.of(new Handover(pipe.orElseThrow().readEnd(), STDIN));
    Supervisor supervisor = new Supervisor(host, directory, input, inode(), () -> loggerLeft());
    logger = Optional.of(supervisor);
    supervisor.start();
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
    whenIdle.run();
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

  /** The logger comes to the end of its input when nobody has the pipe's other end any more. */
  private void stopLogger() {
    closePipe();
    logger.ifPresent(Supervisor::drain);
  }

  /** Frees what it holds; nothing of it may be running. */
  void close() {
    closePipe();
  }

  private void closePipe() {
    try {
      if (pipe.isPresent()) {
        host.descriptors().close(pipe.get().writeEnd());
        host.descriptors().close(pipe.get().readEnd());
      }
    } catch (PosixException e) {
      svscan.warn("unable to close the pipe of " + name, e);
    }
    pipe = Optional.empty();
  }
}
