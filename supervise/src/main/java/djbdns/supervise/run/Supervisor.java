package djbdns.supervise.run;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn.Handover;
import djbdns.runtime.ErrorText;
import djbdns.runtime.ExitCode;
import djbdns.runtime.Fatal;
import djbdns.supervise.machine.Action;
import djbdns.supervise.machine.Phase;
import djbdns.supervise.machine.ServiceEvent;
import djbdns.supervise.machine.ServiceMachine;
import djbdns.supervise.machine.ServiceState;
import djbdns.supervise.machine.Transition;
import djbdns.supervise.machine.Want;
import djbdns.supervise.status.Details;
import djbdns.supervise.status.Ending;
import djbdns.supervise.status.ProcessIdentity;
import djbdns.supervise.status.StatusRecord;
import djbdns.supervise.tai.Tai64n;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Keeps one service running: asks {@link ServiceMachine} what to do, does it, and writes down what
 * has become of it. For use by the event loop's thread.
 *
 * <p>What is written down survives the supervisor. Before a program is started, the file details
 * says so; once it has been, it says which process it is. A supervisor that finds a process of an
 * earlier one in there goes on with that one. So there is never a second copy of a service, however
 * a supervisor has ended.
 */
final class Supervisor {
  private static final String RUN = "./run";
  private static final String FINISH = "./finish";
  private static final String LEFT = "left";

  private final Host host;
  private final ServiceDirectory directory;
  private final List<Handover> descriptors;
  private final long pipeInode;
  private final Runnable whenLeft;
  private final Queue<ServiceEvent> events = new ArrayDeque<>();

  private ServiceState state;
  private Optional<RunningProcess> process = Optional.empty();
  private Optional<Readiness> readiness = Optional.empty();
  private Optional<EventLoop.Timer> timer = Optional.empty();
  private Tai64n since;
  private Optional<Tai64n> readySince = Optional.empty();
  private List<Ending> endings = List.of();
  private Optional<Long> lastStartNs = Optional.empty();
  private ExitStatus lastStatus = ExitStatus.UNKNOWN;
  private boolean busy;

  /** What was wanted of the service when this was told to end; present from then on. */
  private Optional<Want> lastWant = Optional.empty();

  /**
   * @param directory belongs to this from now on
   * @param descriptors what its programs get instead of this process's input and output
   * @param pipeInode of the pipe among these; 0 if there is none
   * @param whenLeft called when this has ended and given the directory up
   */
  Supervisor(
      Host host,
      ServiceDirectory directory,
      List<Handover> descriptors,
      long pipeInode,
      Runnable whenLeft) {
    this.host = host;
    this.directory = directory;
    this.descriptors = descriptors;
    this.pipeInode = pipeInode;
    this.whenLeft = whenLeft;
    state = ServiceState.initial(directory.isNormallyUp() ? Want.UP : Want.DOWN);
    since = host.now();
  }

  /**
   * Goes on with a process that is still there, or starts run unless it is to stay down.
   *
   * @throws Fatal if it cannot; it has given the directory up then
   */
  void start() {
    Details before = directory.readDetails();
    endings = before.endings();
    resume(before);
    Optional<ProcessIdentity> survivor = Survivor.of(before, host, directory);
    if (survivor.isEmpty()) {
      writeDown();
    }
    announce();
    host.loop().watch(directory.control(), this::takeCommands);
    if (!survivor.map(found -> adopt(before, found)).orElse(false)) {
      apply(ServiceMachine.start(state));
    }
    writeDown();
  }

  /** What is wanted of a service outlives a supervisor that has been killed. */
  private void resume(Details before) {
    if (!before.bootId().equals(host.processTable().bootId()) || before.phase().equals(LEFT)) {
      return;
    }
    directory
        .readStatus()
        .ifPresent(old -> {
          state = ServiceState.initial(Want.ofLetter(old.want()));
          since = old.pid() == 0 ? old.since() : since;
        });
  }

  /** Not before the status is that of this supervisor: who sees it looks at that. */
  private void announce() {
    try {
      directory.announce();
    } catch (Fatal e) {
      directory.close();
      throw e;
    }
  }

  /** Whether the process could be got hold of. */
  private boolean adopt(Details before, ProcessIdentity survivor) {
    try {
      int descriptor = host.processes().open(survivor.pid());
      if (!host.processTable().isAlive(survivor)) {
        host.descriptors().close(descriptor);
        return false;
      }
      boolean group = directory.has("kill-group") && host.processTable().leadsGroup(survivor.pid());
      process =
          Optional.of(
              new RunningProcess(
                  survivor.pid(), Optional.of(survivor), group, Optional.of(descriptor)));
      host.loop().watch(descriptor, () -> adoptedEnded(descriptor));
    } catch (PosixException e) {
      return false;
    }
    Optional<StatusRecord> status = directory.readStatus();
    status.ifPresent(old -> since = old.since());
    readySince = before.ready();
    state =
        new ServiceState(
            before.phase().equals("finishing") ? Phase.FINISHING : Phase.UP,
            state.want(),
            status.map(StatusRecord::paused).orElse(false),
            before.ready().isPresent(),
            false);
    return true;
  }

  private void adoptedEnded(int descriptor) {
    host.loop().unwatch(descriptor);
    attempt("close a process", () -> host.descriptors().close(descriptor));
    ended(ExitStatus.UNKNOWN);
  }

  private void takeCommands() {
    String commands = directory.readCommands();
    for (int i = 0; i < commands.length() && state.phase() != Phase.LEFT; i++) {
      ServiceEvent.ofCommand(commands.charAt(i)).ifPresent(this::handle);
    }
  }

  /** Ends the service, then this; what does not end in time is killed. */
  void stop() {
    beginToStop();
    handle(ServiceEvent.COMMAND_DOWN);
    handle(ServiceEvent.COMMAND_EXIT);
  }

  /** The same for a logger whose input has come to its end: lets it read the rest. */
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
    busy = true;
    ServiceState before = state;
    Optional<RunningProcess> processBefore = process;
    for (ServiceEvent next = events.poll(); next != null; next = events.poll()) {
      apply(ServiceMachine.next(state, next));
    }
    busy = false;
    if (state.phase() != Phase.LEFT && !(state.equals(before) && process.equals(processBefore))) {
      writeDown();
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
      case SEND_TERM -> signal(Signal.TERM);
      case SEND_CONT -> signal(Signal.CONT);
      case SEND_STOP -> signal(Signal.STOP);
      case SEND_HUP -> signal(Signal.HUP);
      case SEND_ALRM -> signal(Signal.ALRM);
      case SEND_INT -> signal(Signal.INT);
      case SEND_KILL -> signal(Signal.KILL);
      case SEND_QUIT -> signal(Signal.QUIT);
      case SEND_USR1 -> signal(Signal.USR1);
      case SEND_USR2 -> signal(Signal.USR2);
      case SEND_WINCH -> signal(Signal.WINCH);
      case LEAVE -> leave();
    }
  }

  private void signal(Signal signal) {
    process.ifPresent(running ->
        attempt(
            "signal " + directory.name(), () -> running.signal(host.processes(), signal.number())));
  }

  private void await(long delayMs) {
    cancelTimeout();
    timer = Optional.of(host.loop().schedule(delayMs, () -> handle(ServiceEvent.TIMEOUT)));
  }

  private void awaitIfAny(Optional<Long> delayMs) {
    cancelTimeout();
    delayMs.filter(ms -> ms > 0).ifPresent(this::await);
  }

  private void cancelTimeout() {
    timer.ifPresent(EventLoop.Timer::cancel);
    timer = Optional.empty();
  }

  private long restartDelayMs() {
    return lastStartNs
        .map(start -> Limits.RESTART_MS - (System.nanoTime() - start) / 1_000_000)
        .map(ms -> Math.max(0, ms))
        .orElse(0L);
  }

  /**
   * Nothing for what has not been told to end, such as the last run of a supervisor that leaves.
   */
  private Optional<Long> killDelayMs() {
    if (!isStopping() && state.want() != Want.DOWN) {
      return Optional.empty();
    }
    return directory
        .readNumber("timeout-kill", Integer.MAX_VALUE)
        .filter(ms -> ms > 0 || !isStopping())
        .or(() -> isStopping() ? Optional.of(Limits.KILL_MS) : Optional.empty());
  }

  private Optional<Long> finishDelayMs() {
    return process.isEmpty()
        ? Optional.empty()
        : directory
            .readNumber("timeout-finish", Integer.MAX_VALUE)
            .or(() -> Optional.of(Limits.FINISH_MS));
  }

  private void startRun() {
    lastStartNs = Optional.of(System.nanoTime());
    readySince = Optional.empty();
    try {
      writeStarting();
      boolean group = directory.has("kill-group");
      List<Handover> handovers = new ArrayList<>(descriptors);
      readiness = openReadiness(handovers);
      begin(List.of(RUN), handovers, group);
      since = host.now();
      if (readiness.isPresent()) {
        readiness.get().listen(this::becomeReady);
      }
    } catch (IOException e) {
      runFailed(e);
    }
  }

  private void begin(List<String> words, List<Handover> handovers, boolean group)
      throws PosixException {
    int pid = host.spawner().spawn(directory.descriptor(), words, handovers, group);
    process =
        Optional.of(
            new RunningProcess(pid, host.processTable().find(pid), group, Optional.empty()));
    host.children().watch(pid, this::ended);
  }

  private void runFailed(IOException cause) {
    closeReadiness();
    if (cause instanceof PosixException e && (e.is(Errno.EAGAIN) || e.is(Errno.ENOMEM))) {
      String attempt = "unable to fork for " + directory.name() + ", sleeping 60 seconds";
      host.supervise().warn(attempt, e);
      events.add(ServiceEvent.START_FAILED);
      return;
    }
    // As if the new process had said it.
    System.err.println(
        "supervise: fatal: unable to start " + directory.name() + "/run: " + ErrorText.of(cause));
    recordEnding(new ExitStatus(ExitCode.SYSTEM, 0));
    events.add(ServiceEvent.RUN_ENDED);
  }

  private void startFinish() {
    if (!directory.has(FINISH)) {
      events.add(ServiceEvent.FINISH_ENDED);
      return;
    }
    try {
      begin(
          List.of(
              FINISH, Integer.toString(lastStatus.code()), Integer.toString(lastStatus.signal())),
          descriptors,
          false);
    } catch (PosixException e) {
      host.supervise().warn("unable to start " + directory.name() + "/finish", e);
      events.add(ServiceEvent.FINISH_ENDED);
    }
  }

  /** Takes notice of the end of run, or of finish. */
  private void ended(ExitStatus status) {
    process = Optional.empty();
    if (state.phase() == Phase.UP) {
      closeReadiness();
      recordEnding(status);
      handle(ServiceEvent.RUN_ENDED);
    } else {
      handle(ServiceEvent.FINISH_ENDED);
    }
  }

  private void recordEnding(ExitStatus status) {
    lastStatus = status;
    since = host.now();
    readySince = Optional.empty();
    List<Ending> all = new ArrayList<>(List.of(new Ending(since, status.code(), status.signal())));
    all.addAll(endings);
    endings = all.subList(0, Math.min(all.size(), Details.MAX_ENDINGS));
  }

  private Optional<Readiness> openReadiness(List<Handover> handovers) throws PosixException {
    Optional<Long> wanted =
        directory.readNumber("notification-fd", Limits.MAX_NOTIFICATION_DESCRIPTOR);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Readiness opened = new Readiness(host);
    handovers.add(new Handover(opened.writeEnd(), wanted.get().intValue()));
    return Optional.of(opened);
  }

  private void becomeReady() {
    readySince = Optional.of(host.now());
    handle(ServiceEvent.READY);
  }

  private void closeReadiness() {
    readiness.ifPresent(open -> attempt("close a notification", open::close));
    readiness = Optional.empty();
  }

  private void writeStarting() throws IOException {
    directory.write(
        details("starting", Optional.of(new ProcessIdentity(0, ProcessTable.nowTicks()))));
  }

  /** What is wanted is the administrator's will: that this ends is not the end of it. */
  private void writeDown() {
    directory.write(details(nameOf(state.phase()), process.flatMap(RunningProcess::identity)));
    boolean up = state.phase() == Phase.UP;
    directory.write(
        new StatusRecord(
            since,
            up ? process.map(RunningProcess::pid).orElse(0) : 0,
            state.paused(),
            lastWant.orElse(state.want()).letter()));
  }

  private Details details(String phase, Optional<ProcessIdentity> identity) {
    return new Details(
        phase, host.processTable().bootId(), identity, pipeInode, readySince, endings);
  }

  private static String nameOf(Phase phase) {
    return switch (phase) {
      case DOWN -> "down";
      case LEFT -> LEFT;
      case WAITING -> "waiting";
      case UP -> "up";
      case FINISHING, FINISHING_FIRST -> "finishing";
    };
  }

  private void leave() {
    writeDown();
    host.loop().unwatch(directory.control());
    directory.close();
    whenLeft.run();
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
