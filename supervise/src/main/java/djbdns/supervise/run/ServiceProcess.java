package djbdns.supervise.run;

import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ReadyNotice;
import djbdns.supervise.status.ProcessIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The process that a supervisor has under it, if there is one: run or finish, started by it or by
 * an earlier supervisor. For use by the event loop's thread.
 */
final class ServiceProcess {
  private static final String RUN = "./run";
  private static final String FINISH = "./finish";
  private static final String KILL_GROUP = "kill-group";
  private static final String NOTIFICATION_DESCRIPTOR = "notification-fd";

  private final Host host;
  private final ServiceDirectory directory;
  private final List<Handover> descriptors;
  private final Consumer<ExitStatus> whenEnded;
  private final Runnable whenReady;
  private Optional<RunningProcess> running = Optional.empty();
  private Optional<Readiness> readiness = Optional.empty();

  /**
   * @param descriptors what programs get instead of this process's input and output
   * @param whenEnded called when the process has ended
   * @param whenReady called when run has said that it is ready
   */
  ServiceProcess(
      Host host,
      ServiceDirectory directory,
      List<Handover> descriptors,
      Consumer<ExitStatus> whenEnded,
      Runnable whenReady) {
    this.host = host;
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

  /** Empty if nothing is running, or what is has ended before it could be looked at. */
  Optional<ProcessIdentity> identity() {
    return running.flatMap(RunningProcess::identity);
  }

  /** Makes what run will get, so that it can be written down before there is a run. */
  void prepareRun() throws IOException {
    Optional<Integer> wanted = notificationDescriptor();
    if (wanted.isPresent()) {
      readiness = Optional.of(Readiness.open(host, this::becomeReady, wanted.get()));
    }
  }

  /**
   * Starts run.
   *
   * @throws IOException if it cannot be executed, or the system has no process for it
   */
  void startRun() throws IOException {
    Optional<Handover> notification = readiness.map(Readiness::handover);
    start(List.of(RUN), notification, directory.has(KILL_GROUP));
    if (readiness.isPresent()) {
      readiness.get().listen();
    }
  }

  boolean hasFinish() {
    return directory.has(FINISH);
  }

  /** Starts finish, with what became of run as its arguments. */
  void startFinish(ExitStatus status) throws IOException {
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
        host.spawner()
            .spawn(
                directory.descriptor(),
                words,
                handovers,
                notification.map(Handover::theirs),
                group);
    running =
        Optional.of(
            new RunningProcess(pid, host.processTable().find(pid), group, Optional.empty()));
    host.children().watch(pid, this::ended);
  }

  /**
   * Goes on with a process of an earlier supervisor.
   *
   * @param notificationInode of the pipe through which it is to say that it is ready; 0 if it need
   *     not
   * @return whether it is still there
   */
  boolean adopt(ProcessIdentity survivor, long notificationInode) throws PosixException {
    int descriptor = host.processes().open(survivor.pid());
    if (!host.processTable().isAlive(survivor)) {
      host.descriptors().close(descriptor);
      return false;
    }
    boolean group = directory.has(KILL_GROUP) && host.processTable().leadsGroup(survivor.pid());
    running =
        Optional.of(
            new RunningProcess(
                survivor.pid(), Optional.of(survivor), group, Optional.of(descriptor)));
    host.loop().watch(descriptor, () -> adoptedEnded(descriptor));
    attempt(
        "get hold of the notification of " + directory.name(),
        () -> adoptReadiness(survivor.pid(), notificationInode));
    return true;
  }

  private void closeProcess(int descriptor) {
    host.loop().unwatch(descriptor);
    attempt("close a process", () -> host.descriptors().close(descriptor));
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

  /** Leaves what is running to somebody else. */
  void release() {
    running.ifPresent(process -> {
      host.children().forget(process.pid());
      process.pidDescriptor().ifPresent(this::closeProcess);
    });
    running = Optional.empty();
    closeReadiness();
  }

  /** Sends a signal, if anything is running. */
  void signal(Signal signal) {
    running.ifPresent(process ->
        attempt(
            "signal " + directory.name(), () -> process.signal(host.processes(), signal.number())));
  }

  private Optional<Integer> notificationDescriptor() {
    return directory
        .readNumber(NOTIFICATION_DESCRIPTOR, ReadyNotice.MIN_DESCRIPTOR, ReadyNotice.MAX_DESCRIPTOR)
        .map(Long::intValue);
  }

  /** Listens on to a run of an earlier supervisor that had not said yet that it is ready. */
  private void adoptReadiness(int pid, long inode) throws PosixException {
    Optional<Integer> wanted = inode == 0 ? Optional.empty() : notificationDescriptor();
    if (wanted.isPresent()) {
      readiness = Readiness.ofProcess(host, this::becomeReady, pid, wanted.get(), inode);
      if (readiness.isPresent()) {
        readiness.get().listen();
      }
    }
  }

  private void becomeReady() {
    closeReadiness();
    whenReady.run();
  }

  /** Of the pipe through which run is to say that it is ready; 0 if there is none. */
  long notificationInode() {
    return readiness.map(Readiness::inode).orElse(0L);
  }

  /** Gives up what was made for a run that could not be started, or has ended. */
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
      host.supervise().warn("unable to " + what, e);
    }
  }
}
