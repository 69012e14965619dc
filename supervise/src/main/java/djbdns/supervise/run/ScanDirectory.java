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
 * The directory whose subdirectories are services: looks through it every 5 seconds, as svscan.c
 * does, and at once when something in it has changed. For use by the event loop's thread.
 *
 * <p>A service is its directory, not the name: what is renamed, or removed and linked again, goes
 * on as it is. A service without a name any more goes on too, until it is told to end.
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

  /** Starts what is there and watches for changes. */
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

  /** Looks through the directory now, and again in 5 seconds. */
  void scanAll() {
    if (stopping) {
      return;
    }
    // First, so that there is a next time whatever happens in this one.
    nextScan.ifPresent(platform.loop()::cancel);
    nextScan = Optional.of(platform.loop().schedule(Limits.SCAN_MS, this::scanAll));
    scan(true);
  }

  /**
   * @param complete whether a new directory is started even though it has no program run yet.
   *     Whoever makes a service in the scan directory itself may not be done when the kernel tells
   *     of it; who links a finished one is.
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
      // Only a scan of all tries again what did not work, so that nothing is tried in a loop.
      if (complete) {
        startAgain(known.get(), name);
      }
    }
  }

  private void startAgain(Service service, String name) {
    Optional<Boolean> logExists = logExists(name);
    // What it has come in place of may have been removed only now.
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
   * Has the services give way whose directory this one has come in place of.
   *
   * @return whether it may start now; else the next scan tries again
   */
  private boolean makeWayFor(String name, boolean logExists) {
    boolean may = true;
    for (Service old : services) {
      may &= old.giveWayTo(directory, name, logExists);
    }
    return may;
  }

  /** Empty, and reported, if that cannot be known. */
  private Optional<Boolean> logExists(String name) {
    try {
      return Optional.of(platform.calls().exists(directory, name + "/log"));
    } catch (PosixException e) {
      svscan.warn("unable to stat " + name + "/log", e);
      return Optional.empty();
    }
  }

  /** Ends every service, then its logger, and says when that is done. */
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
