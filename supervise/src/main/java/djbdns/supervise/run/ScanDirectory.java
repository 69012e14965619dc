package djbdns.supervise.run;

import djbdns.posix.Descriptors;
import djbdns.posix.FileStatus;
import djbdns.posix.PosixException;
import djbdns.runtime.Program;
import djbdns.supervise.calls.SystemCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory whose subdirectories are services: scanned every 5 seconds, as svscan.c does, and
 * at once when an entry has changed. For use by the event loop's thread.
 *
 * <p>A service is its directory, not the name of it: a service that is renamed, or removed and
 * linked again, goes on. A service that has no name left goes on too, until it is told to end.
 */
final class ScanDirectory {
  private static final int CHANGES =
      Descriptors.IN_CREATE
          | Descriptors.IN_DELETE
          | Descriptors.IN_MOVED_FROM
          | Descriptors.IN_MOVED_TO;

  private final Program svscan;
  private final Platform platform;
  private final int directory;
  private final Runnable whenStopped;
  private final List<Service> services = new ArrayList<>();
  private Optional<EventLoop.Timer> nextScan = Optional.empty();
  private boolean stopping;

  /**
   * @param directory descriptor of the scan directory
   * @param whenStopped called once {@link #stop} has ended every service
   */
  ScanDirectory(Program svscan, Platform platform, int directory, Runnable whenStopped) {
    this.svscan = svscan;
    this.platform = platform;
    this.directory = directory;
    this.whenStopped = whenStopped;
  }

  /** Starts the services and watches for changes. */
  void start() {
    watch();
    scanAll();
  }

  private void watch() {
    SystemCalls calls = platform.calls();
    try {
      int watches = calls.watches();
      calls.watch(watches, directory, CHANGES);
      platform
          .loop()
          .watch(
              watches,
              () -> {
                drain(watches);
                scan(false);
              });
    } catch (PosixException e) {
      svscan.warn("unable to watch directory, looking every 5 seconds", e);
    }
  }

  private void drain(int watches) {
    try {
      platform.calls().drain(watches);
    } catch (PosixException e) {
      svscan.warn("unable to read changes of directory", e);
    }
  }

  /** Scans the directory now, and again in 5 seconds. */
  void scanAll() {
    if (stopping) {
      return;
    }
    // First, so that there is a next scan even if this one fails.
    nextScan.ifPresent(platform.loop()::cancel);
    nextScan = Optional.of(platform.loop().schedule(Limits.SCAN_MS, this::scanAll));
    scan(true);
  }

  /**
   * @param complete true if a new directory is started even though it has no program run yet. A
   *     service that is made in the scan directory itself may not be finished when the kernel
   *     reports its directory; one that is linked is.
   */
  private void scan(boolean complete) {
    if (stopping) {
      return;
    }
    List<String> names;
    try {
      names = platform.calls().list(directory);
    } catch (PosixException e) {
      svscan.warn("unable to read directory", e);
      return;
    }
    services.forEach(Service::forget);
    for (String name : names) {
      if (!name.startsWith(".")) {
        look(name, complete);
      }
    }
    services.removeIf(this::isGone);
  }

  private boolean isGone(Service service) {
    boolean gone = !service.isActive() && service.isIdle();
    if (gone) {
      service.close();
    }
    return gone;
  }

  private void look(String name, boolean complete) {
    FileStatus status;
    try {
      status = platform.calls().status(directory, name);
    } catch (PosixException e) {
      svscan.warn("unable to stat " + name, e);
      return;
    }
    if (!status.isDirectory()) {
      return;
    }
    Optional<Service> known = services.stream().filter(service -> service.is(status)).findFirst();
    if (known.isEmpty() && (complete || platform.calls().isVisible(directory, name + "/run"))) {
      add(status, name);
    } else if (known.isPresent()) {
      known.get().see(name);
      // Only a complete scan tries a failed start again, so that there is no loop.
      if (complete) {
        startAgain(known.get(), name);
      }
    }
  }

  private void startAgain(Service service, String name) {
    Optional<Boolean> logExists = logExists(name);
    // The directory that it replaces may have been removed only now.
    if (logExists.isPresent() && (!service.isIdle() || makeWayFor(name, logExists.get()))) {
      service.start(directory, logExists.get());
    }
  }

  private void add(FileStatus status, String name) {
    if (services.size() >= Limits.MAX_SERVICES) {
      svscan.warn("unable to start " + name + ": running too many services");
      return;
    }
    Optional<Boolean> logExists = logExists(name);
    if (logExists.isPresent() && makeWayFor(name, logExists.get())) {
      Service service = new Service(svscan, platform, status, name, this::endIfStopped);
      services.add(service);
      service.start(directory, logExists.get());
    }
  }

  /**
   * Makes the services give way whose directories this one has replaced.
   *
   * @return true if it may start now; otherwise the next scan tries again
   */
  private boolean makeWayFor(String name, boolean logExists) {
    Optional<FileStatus> supervise = status(name + "/supervise");
    Optional<FileStatus> logSupervise = status(name + "/log/supervise");
    boolean may = true;
    for (Service old : services) {
      may &= old.giveWayTo(name, logExists, supervise, logSupervise);
    }
    return may;
  }

  private Optional<FileStatus> status(String path) {
    try {
      return Optional.of(platform.calls().status(directory, path));
    } catch (PosixException e) {
      // It does not exist yet, or cannot be used, which its supervisor will report.
      return Optional.empty();
    }
  }

  /** True if there is a directory log; empty if that cannot be known, which is reported. */
  private Optional<Boolean> logExists(String name) {
    try {
      return Optional.of(platform.calls().exists(directory, name + "/log"));
    } catch (PosixException e) {
      svscan.warn("unable to stat " + name + "/log", e);
      return Optional.empty();
    }
  }

  /** Ends every service, then its logger, and then calls the handler. */
  void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    nextScan.ifPresent(platform.loop()::cancel);
    services.forEach(Service::stop);
    endIfStopped();
  }

  private void endIfStopped() {
    if (stopping && services.stream().allMatch(Service::isIdle)) {
      whenStopped.run();
    }
  }
}
