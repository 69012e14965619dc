package djbdns.supervise.run;

import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ReadyNotice;
import djbdns.supervise.status.ProcessIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The process that a supervisor supervises, if there is one: run or finish, started by it or by an
 * earlier supervisor. For use by the event loop's thread.
 */
final class ServiceProcess {
  private static final String RUN = "./run";
  private static final String FINISH = "./finish";
  private static final String KILL_GROUP = "kill-group";
  private static final String NOTIFICATION_DESCRIPTOR = "notification-fd";

  private final Platform platform;
  private final ServiceDirectory directory;
  private final List<Handover> descriptors;
  private final Consumer<ExitStatus> whenEnded;
  private final Runnable whenReady;
  private Optional<RunningProcess> running = Optional.empty();
  private Optional<Readiness> readiness = Optional.empty();

  /**
   * @param descriptors that programs get instead of this process's input and output
   * @param whenEnded called when the process has ended
   * @param whenReady called when run has said that it is ready
   */
  ServiceProcess(
      Platform platform,
      ServiceDirectory directory,
      List<Handover> descriptors,
      Consumer<ExitStatus> whenEnded,
      Runnable whenReady) {
    this.platform = platform;
    this.directory = directory;
    this.descriptors = descriptors;
    this.whenEnded = whenEnded;
    this.whenReady = whenReady;
  }

  boolean isRunning() {
    return running.isPresent();
  }

  /** 0 if nothing is running. */
  int pid() {
    return running.map(RunningProcess::pid).orElse(0);
  }

  /** Empty if nothing is running, or it ended before it could be found in the process table. */
  Optional<ProcessIdentity> identity() {
    return running.flatMap(RunningProcess::identity);
  }

  /** Makes the pipe that run will get, so that its inode can be written down before run starts. */
  void prepareRun() throws PosixException {
    Optional<Integer> wanted = notificationDescriptor();
    if (wanted.isPresent()) {
      readiness = Optional.of(Readiness.open(platform, this::becomeReady, wanted.get()));
    }
  }

  /**
   * Starts run.
   *
   * @throws PosixException if it cannot be executed, or the system has no process for it
   */
  void startRun() throws PosixException {
    Optional<Handover> notification = readiness.map(Readiness::handover);
    start(List.of(RUN), notification, directory.has(KILL_GROUP));
    if (readiness.isPresent()) {
      readiness.get().listen();
    }
  }

  boolean hasFinish() {
    return directory.has(FINISH);
  }

  /** Starts finish; its arguments say how run has ended. */
  void startFinish(ExitStatus status) throws PosixException {
    start(
        List.of(FINISH, Integer.toString(status.code()), Integer.toString(status.signal())),
        Optional.empty(),
        false);
  }

  private void start(List<String> words, Optional<Handover> notification, boolean group)
      throws PosixException {
    List<Handover> handovers = new ArrayList<>(descriptors);
    notification.ifPresent(handovers::add);
    int pid =
        platform
            .spawner()
            .spawn(
                directory.descriptor(),
                words,
                handovers,
                notification.map(Handover::theirs),
                group);
    running =
        Optional.of(
            new RunningProcess(pid, platform.processTable().find(pid), group, Optional.empty()));
    platform.children().watch(pid, this::ended);
  }

  /**
   * Takes over a process of an earlier supervisor.
   *
   * @param notificationInode of the pipe through which it is to say that it is ready; 0 if there is
   *     none
   * @return false if it has ended
   */
  boolean adopt(ProcessIdentity survivor, long notificationInode) throws PosixException {
    int descriptor = platform.processes().open(survivor.pid());
    if (!platform.processTable().isAlive(survivor)) {
      platform.calls().close(descriptor);
      return false;
    }
    boolean group = directory.has(KILL_GROUP) && platform.processTable().leadsGroup(survivor.pid());
    running =
        Optional.of(
            new RunningProcess(
                survivor.pid(), Optional.of(survivor), group, Optional.of(descriptor)));
    platform.loop().watch(descriptor, () -> adoptedEnded(descriptor));
    attempt(
        "get hold of the notification of " + directory.name(),
        () -> adoptReadiness(survivor.pid(), notificationInode));
    return true;
  }

  private void closeProcess(int descriptor) {
    platform.loop().unwatch(descriptor);
    attempt("close a process", () -> platform.calls().close(descriptor));
  }

  private void adoptedEnded(int descriptor) {
    closeProcess(descriptor);
    ended(ExitStatus.UNKNOWN);
  }

  private void ended(ExitStatus status) {
    running = Optional.empty();
    closeReadiness();
    whenEnded.accept(status);
  }

  /** Leaves the running process to another supervisor. */
  void release() {
    running.ifPresent(process -> {
      platform.children().forget(process.pid());
      process.pidDescriptor().ifPresent(this::closeProcess);
    });
    running = Optional.empty();
    closeReadiness();
  }

  /** Sends a signal, if anything is running. */
  void signal(int signal) {
    running.ifPresent(process ->
        attempt("signal " + directory.name(), () -> process.signal(platform.processes(), signal)));
  }

  private Optional<Integer> notificationDescriptor() {
    return directory
        .readNumber(NOTIFICATION_DESCRIPTOR, ReadyNotice.MIN_DESCRIPTOR, ReadyNotice.MAX_DESCRIPTOR)
        .map(Long::intValue);
  }

  /** Goes on listening to a run that has not said yet that it is ready. */
  private void adoptReadiness(int pid, long inode) throws PosixException {
    Optional<Integer> wanted = inode == 0 ? Optional.empty() : notificationDescriptor();
    if (wanted.isPresent()) {
      readiness = Readiness.ofProcess(platform, this::becomeReady, pid, wanted.get(), inode);
      if (readiness.isPresent()) {
        readiness.get().listen();
      }
    }
  }

  private void becomeReady() {
    closeReadiness();
    whenReady.run();
  }

  /** The inode of the pipe through which run is to say that it is ready; 0 if there is none. */
  long notificationInode() {
    return readiness.map(Readiness::inode).orElse(0L);
  }

  /** Closes the pipe of a run that could not be started, has ended, or is ready. */
  void closeReadiness() {
    readiness.ifPresent(open -> attempt("close a notification", open::close));
    readiness = Optional.empty();
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws PosixException;
  }

  private void attempt(String what, Attempt attempt) {
    try {
      attempt.run();
    } catch (PosixException e) {
      platform.supervise().warn("unable to " + what, e);
    }
  }
}
