package djbdns.supervise.run;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.posix.FileStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ErrorText;
import djbdns.runtime.ExitCode;
import djbdns.supervise.calls.UnableException;
import djbdns.supervise.machine.Action;
import djbdns.supervise.machine.Phase;
import djbdns.supervise.machine.ServiceEvent;
import djbdns.supervise.machine.ServiceMachine;
import djbdns.supervise.machine.ServiceState;
import djbdns.supervise.machine.Transition;
import djbdns.supervise.machine.Want;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.ProcessIdentity;
import djbdns.supervise.status.StatusRecord;
import djbdns.supervise.tai.Tai64n;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one service running: takes its decisions from {@link ServiceMachine}, carries them out, and
 * writes the result into the files status and details. For use by the event loop's thread.
 *
 * <p>The files survive the supervisor. Before a program is started, the file details says so; after
 * the start, it says which process it is. A supervisor that finds the process of an earlier one
 * takes it over. So there is never a second copy of a service, even after a supervisor was killed.
 */
final class Supervisor {
  private static final String STARTING = "starting";
  private static final String FINISHING = "finishing";

  /** The phase in the details of a supervisor that was not killed. */
  static final String LEFT = "left";

  private final Platform platform;
  private final ServiceDirectory directory;
  private final int pipeDescriptor;
  private final long pipeInode;
  private final Runnable whenLeft;
  private final ServiceProcess process;
  private final Queue<ServiceEvent> events = new ArrayDeque<>();

  private ServiceState state;
  private History history;
  private Optional<EventLoop.Timer> timer = Optional.empty();

  /** The next try to write a file that could not be written. */
  private Optional<EventLoop.Timer> writing = Optional.empty();

  private Optional<Long> lastStartNs = Optional.empty();
  private boolean busy;

  /** The last wish of the administrator before this was told to end; present from then on. */
  private Optional<Want> lastWant = Optional.empty();

  /**
   * @param directory closed by this when it ends
   * @param descriptors that its programs get instead of this process's input and output
   * @param pipeInode of the pipe among these; 0 if there is none
   * @param whenLeft called when this has ended and closed the directory
   */
  Supervisor(
      Platform platform,
      ServiceDirectory directory,
      List<Handover> descriptors,
      long pipeInode,
      Runnable whenLeft) {
    this.platform = platform;
    this.directory = directory;
    this.pipeInode = pipeInode;
    pipeDescriptor = descriptors.isEmpty() ? 0 : descriptors.getFirst().theirs();
    this.whenLeft = whenLeft;
    process =
        new ServiceProcess(platform, directory, descriptors, this::processEnded, this::becomeReady);
    state = ServiceState.initial(directory.isNormallyUp() ? Want.UP : Want.DOWN);
    history = new History(platform.now(), List.of());
  }

  /**
   * Takes over a process of an earlier supervisor, or starts run unless it is to stay down.
   *
   * @throws UnableException if it cannot be announced; the directory is closed then
   */
  void start() throws UnableException {
    Predecessor before = Predecessor.of(platform, directory, pipeDescriptor);
    history = new History(platform.now(), before.details().endings());
    before.status().ifPresent(this::resume);
    if (before.survivor().isEmpty()) {
      writeDown();
    }
    announce();
    platform.loop().watch(directory.control(), this::takeCommands);
    if (!before.survivor().map(found -> adopt(before, found)).orElse(false)) {
      apply(ServiceMachine.start(state));
    }
    writeDown();
  }

  /** Keeps the wish of the administrator from a supervisor that was killed. */
  private void resume(StatusRecord before) {
    state = ServiceState.initial(Want.ofLetter(before.want()));
    if (before.pid() == 0) {
      history.wasDown(before.since());
    }
  }

  /** To be called once the status is that of this supervisor: others read it then. */
  private void announce() throws UnableException {
    try {
      directory.announce();
    } catch (UnableException e) {
      directory.close();
      throw e;
    }
  }

  /** Takes a process over; false if that is not possible. */
  private boolean adopt(Predecessor before, ProcessIdentity survivor) {
    Details details = before.details();
    try {
      if (!process.adopt(survivor, details.notificationInode())) {
        return false;
      }
    } catch (PosixException e) {
      platform.supervise().warn("unable to take over the process of " + directory.name(), e);
      return false;
    }
    // While the process was being started, the status was still the one before the start.
    Optional<Tai64n> since =
        before.status().map(StatusRecord::since).filter(_ -> !details.phase().equals(STARTING));
    history.cameUp(since.orElse(history.since()), details.ready());
    state =
        new ServiceState(
            details.phase().equals(FINISHING) ? Phase.FINISHING : Phase.UP,
            state.want(),
            before.status().map(StatusRecord::paused).orElse(false),
            details.ready().isPresent(),
            false);
    return true;
  }

  private void takeCommands() {
    String commands = directory.readCommands();
    for (int i = 0; i < commands.length() && state.phase() != Phase.LEFT; i++) {
      ServiceEvent.ofCommand(commands.charAt(i)).ifPresent(this::handle);
    }
  }

  /** Ends the service, then this; kills a program that does not end in time. */
  void stop() {
    beginToStop();
    handle(ServiceEvent.COMMAND_DOWN);
    handle(ServiceEvent.COMMAND_EXIT);
  }

  /** Ends a logger after it has read the rest of its input, then this. */
  void drain() {
    beginToStop();
    handle(ServiceEvent.DRAIN);
  }

  private void beginToStop() {
    lastWant = lastWant.or(() -> Optional.of(state.want()));
  }

  private boolean isStopping() {
    return lastWant.isPresent();
  }

  private void handle(ServiceEvent event) {
    events.add(event);
    if (busy) {
      return;
    }
    ServiceState before = state;
    Optional<Long> startBefore = lastStartNs;
    busy = true;
    for (ServiceEvent next = events.poll(); next != null; next = events.poll()) {
      applyOrRecover(ServiceMachine.next(state, next));
    }
    busy = false;
    // After a start that failed the state may be the same, but not the time.
    if (state.phase() != Phase.LEFT && !(state.equals(before) && lastStartNs.equals(startBefore))) {
      writeDown();
    }
  }

  /** After a mistake of the program, no service may count as up that has no process. */
  private void applyOrRecover(Transition transition) {
    try {
      apply(transition);
    } catch (RuntimeException e) {
      platform.report(e);
      if (state.phase() == Phase.UP && !process.isRunning()) {
        process.closeReadiness();
        events.add(ServiceEvent.START_FAILED);
      }
    }
  }

  private void apply(Transition transition) {
    state = transition.next();
    transition.actions().forEach(this::perform);
  }

  private void perform(Action action) {
    switch (action) {
      case START_RUN -> startRun();
      case START_FINISH -> startFinish();
      case AWAIT_RESTART -> await(restartDelayMs());
      case AWAIT_RETRY -> await(Limits.RETRY_MS);
      case AWAIT_KILL -> awaitIfAny(killDelayMs());
      case AWAIT_FINISH -> awaitIfAny(finishDelayMs());
      case CANCEL_TIMEOUT -> cancelTimeout();
      case SEND_TERM,
          SEND_CONT,
          SEND_STOP,
          SEND_HUP,
          SEND_ALRM,
          SEND_INT,
          SEND_KILL,
          SEND_QUIT,
          SEND_USR1,
          SEND_USR2,
          SEND_WINCH ->
          process.signal(action.signal());
      case LEAVE -> leave();
    }
  }

  private void await(long delayMs) {
    cancelTimeout();
    timer = Optional.of(platform.loop().schedule(delayMs, () -> handle(ServiceEvent.TIMEOUT)));
  }

  private void awaitIfAny(Optional<Long> delayMs) {
    cancelTimeout();
    delayMs.filter(ms -> ms > 0).ifPresent(this::await);
  }

  private void cancelTimeout() {
    timer.ifPresent(platform.loop()::cancel);
    timer = Optional.empty();
  }

  private long restartDelayMs() {
    return lastStartNs
        .map(start ->
            Limits.RESTART_MS - TimeUnit.NANOSECONDS.toMillis(platform.calls().nowNs() - start))
        .map(ms -> Math.max(0, ms))
        .orElse(0L);
  }

  /**
   * Empty for a run that has not been told to end, such as the last one of a supervisor that
   * leaves.
   */
  private Optional<Long> killDelayMs() {
    if (!isStopping() && state.want() != Want.DOWN) {
      return Optional.empty();
    }
    return directory
        .readNumber("timeout-kill", 0, Integer.MAX_VALUE)
        .filter(ms -> ms > 0)
        .or(() -> isStopping() ? Optional.of(Limits.KILL_MS) : Optional.empty());
  }

  private Optional<Long> finishDelayMs() {
    return process.isRunning()
        ? directory
            .readNumber("timeout-finish", 0, Integer.MAX_VALUE)
            .or(() -> Optional.of(Limits.FINISH_MS))
        : Optional.empty();
  }

  private void startRun() {
    lastStartNs = Optional.of(platform.calls().nowNs());
    history.cameUp(platform.now(), Optional.empty());
    try {
      process.prepareRun();
      announceProcess(STARTING);
      process.startRun();
    } catch (PosixException e) {
      runFailed(e);
    }
  }

  /** Writes down that there will be a process, so that a supervisor after this one looks for it. */
  private void announceProcess(String phase) throws PosixException {
    ProcessIdentity soon = new ProcessIdentity(0, platform.processTable().nowTicks());
    directory.write(details(phase, Optional.of(soon)));
  }

  private void runFailed(PosixException cause) {
    process.closeReadiness();
    if (cause.is(Errno.EAGAIN) || cause.is(Errno.ENOMEM)) {
      platform
          .supervise()
          .warn("unable to fork for " + directory.name() + ", sleeping 60 seconds", cause);
      events.add(ServiceEvent.START_FAILED);
      return;
    }
    // The original's new process prints this.
    platform.reportFatal("unable to start " + directory.name() + "/run: " + ErrorText.of(cause));
    history.ended(platform.now(), new ExitStatus(ExitCode.SYSTEM, 0));
    events.add(ServiceEvent.RUN_ENDED);
  }

  private void startFinish() {
    if (!process.hasFinish()) {
      events.add(ServiceEvent.FINISH_ENDED);
      return;
    }
    try {
      announceProcess(FINISHING);
      process.startFinish(history.lastStatus());
    } catch (PosixException e) {
      platform.supervise().warn("unable to start " + directory.name() + "/finish", e);
      events.add(ServiceEvent.FINISH_ENDED);
    }
  }

  /** Handles the end of run, or of finish. */
  private void processEnded(ExitStatus status) {
    if (state.phase() == Phase.UP) {
      history.ended(platform.now(), status);
      handle(ServiceEvent.RUN_ENDED);
    } else {
      handle(ServiceEvent.FINISH_ENDED);
    }
  }

  private void becomeReady() {
    history.gotReady(platform.now());
    handle(ServiceEvent.READY);
  }

  /**
   * Writes status and details. The wish in them is the administrator's; the end of this process
   * does not change it.
   */
  private void writeDown() {
    writing.ifPresent(platform.loop()::cancel);
    writing = Optional.empty();
    boolean hasDetails = directory.write(details(nameOf(state.phase()), process.identity()));
    boolean hasStatus =
        directory.write(
            new StatusRecord(
                history.since(),
                state.phase() == Phase.UP ? process.pid() : 0,
                state.paused(),
                lastWant.orElse(state.want()).letter()));
    if (!hasDetails || !hasStatus) {
      // Until then the next supervisor, and readers of the status, find old values.
      writing = Optional.of(platform.loop().schedule(Limits.WRITE_MS, this::writeDown));
    }
  }

  private Details details(String phase, Optional<ProcessIdentity> identity) {
    return new Details(
        phase,
        platform.processTable().bootId(),
        Optional.of(directory.stateIdentity()),
        identity,
        pipeInode,
        process.notificationInode(),
        history.ready(),
        history.endings());
  }

  private static String nameOf(Phase phase) {
    return switch (phase) {
      case DOWN -> "down";
      case LEFT -> LEFT;
      case WAITING -> "waiting";
      case UP -> "up";
      case FINISHING, FINISHING_FIRST -> FINISHING;
    };
  }

  /** True if its directory has been removed, and another one has its directory supervise. */
  boolean isReplacedBy(FileStatus supervise) {
    return directory.isReplacedBy(supervise);
  }

  /** Ends this and not the service, which the next supervisor takes over, as from a killed one. */
  void giveWay() {
    cancelTimeout();
    writeDown();
    process.release();
    giveUp();
  }

  private void leave() {
    writeDown();
    giveUp();
  }

  private void giveUp() {
    writing.ifPresent(platform.loop()::cancel);
    platform.loop().unwatch(directory.control());
    directory.close();
    whenLeft.run();
  }
}
