package djbdns.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import djbdns.posix.Spawn.Handover;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Starting, signalling and reaping processes. Never together with {@link ProcessBuilder}, whose
 * children {@link #reap} would steal. For use by one thread, but for {@link #kill}. Strings have a
 * character for each byte (ISO 8859-1).
 */
public final class Processes {
  /**
   * The number of bytes that every libc's opaque structures fit into: file actions, attributes,
   * sets.
   */
  private static final int STRUCTURE_BYTES = 512;

  private static final short SETPGROUP = 0x02;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final int WNOHANG = 1;
  private static final int SIG_SETMASK = 2;
  private static final long SIG_IGN = 1;
  private static final long SYS_PIDFD_SEND_SIGNAL = 424;
  private static final long SYS_PIDFD_OPEN = 434;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int FIRST_PRIVATE_DESCRIPTOR = 3;

  private final NativeFunction posixSpawn =
      NativeFunction.ofInt("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private final NativeFunction actionsInit =
      NativeFunction.ofInt("posix_spawn_file_actions_init", ADDRESS);
  private final NativeFunction actionsDestroy =
      NativeFunction.ofInt("posix_spawn_file_actions_destroy", ADDRESS);
  private final NativeFunction addFchdir =
      NativeFunction.ofInt("posix_spawn_file_actions_addfchdir_np", ADDRESS, JAVA_INT);
  private final NativeFunction addDup2 =
      NativeFunction.ofInt("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  private final NativeFunction addClose =
      NativeFunction.ofInt("posix_spawn_file_actions_addclose", ADDRESS, JAVA_INT);
  private final NativeFunction addCloseFrom =
      NativeFunction.ofInt("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  private final NativeFunction attributesInit =
      NativeFunction.ofInt("posix_spawnattr_init", ADDRESS);
  private final NativeFunction attributesDestroy =
      NativeFunction.ofInt("posix_spawnattr_destroy", ADDRESS);
  private final NativeFunction setFlags =
      NativeFunction.ofInt("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private final NativeFunction setSignalMask =
      NativeFunction.ofInt("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
  private final NativeFunction setSignalDefault =
      NativeFunction.ofInt("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  private final NativeFunction pthreadSigmask =
      NativeFunction.ofInt("pthread_sigmask", JAVA_INT, ADDRESS, ADDRESS);
  private final NativeFunction waitpid =
      NativeFunction.ofInt("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
  private final NativeFunction signal = NativeFunction.ofLong("signal", JAVA_INT, JAVA_LONG);
  private final NativeFunction kill = NativeFunction.ofInt("kill", JAVA_INT, JAVA_INT);
  private final NativeFunction setsid = NativeFunction.ofInt("setsid");
  private final NativeFunction prctl =
      NativeFunction.ofVariadicInt(
          "prctl", 1, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  // By syscall(2), since older versions of libc have no functions for them.
  private final NativeFunction openPid =
      NativeFunction.ofVariadicInt("syscall", 1, JAVA_LONG, JAVA_INT, JAVA_INT);
  private final NativeFunction signalPid =
      NativeFunction.ofVariadicInt("syscall", 1, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

  /** A process that has ended. */
  public record Ended(int pid, ExitStatus status) {}

  /**
   * Starts a process, with no signal blocked or ignored: posix_spawn(3).
   *
   * @return its pid
   * @throws PosixException also if the program cannot be executed
   */
  public int spawn(Spawn spawn) throws PosixException {
    return spawn(
        spawn.program(),
        spawn.arguments(),
        spawn.environment(),
        actions -> addActions(actions, spawn),
        (attributes, arena) -> setAttributes(attributes, arena, spawn.ownGroup()));
  }

  /** Starts a program with what this process has, as {@link NewProgram} says, but its limits. */
  int spawn(String path, NewProgram program) throws PosixException {
    return spawn(
        path,
        program.arguments(),
        program.environment(),
        actions -> addHandovers(actions, program.descriptors()),
        this::setEmptyMask);
  }

  @FunctionalInterface
  private interface ActionsSetup {
    void fill(MemorySegment actions) throws PosixException;
  }

  @FunctionalInterface
  private interface AttributesSetup {
    void fill(MemorySegment attributes, Arena arena) throws PosixException;
  }

  private int spawn(
      String path,
      List<String> arguments,
      List<String> environment,
      ActionsSetup actionsSetup,
      AttributesSetup attributesSetup)
      throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
      MemorySegment attributes = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
      actionsInit.callReturningErrno(
          (handle, errno, _) -> (int) handle.invokeExact(errno, actions));
      attributesInit.callReturningErrno(
          (handle, errno, _) -> (int) handle.invokeExact(errno, attributes));
      try {
        actionsSetup.fill(actions);
        attributesSetup.fill(attributes, arena);
        return start(arena, actions, attributes, path, arguments, environment);
      } finally {
        attributesDestroy.callReturningErrno(
            (handle, errno, _) -> (int) handle.invokeExact(errno, attributes));
        actionsDestroy.callReturningErrno(
            (handle, errno, _) -> (int) handle.invokeExact(errno, actions));
      }
    }
  }

  private void addActions(MemorySegment actions, Spawn spawn) throws PosixException {
    int directory = spawn.directory();
    addFchdir.callReturningErrno(
        (handle, errno, _) -> (int) handle.invokeExact(errno, actions, directory));
    addHandovers(actions, spawn.descriptors());
    int next = FIRST_PRIVATE_DESCRIPTOR;
    for (Handover handover : sortedPrivate(spawn.descriptors())) {
      for (; next < handover.theirs(); next++) {
        int unused = next;
        addClose.callReturningErrno(
            (handle, errno, _) -> (int) handle.invokeExact(errno, actions, unused));
      }
      next = handover.theirs() + 1;
    }
    int rest = next;
    addCloseFrom.callReturningErrno(
        (handle, errno, _) -> (int) handle.invokeExact(errno, actions, rest));
  }

  private void addHandovers(MemorySegment actions, List<Handover> descriptors)
      throws PosixException {
    for (Handover handover : descriptors) {
      int ours = handover.ours();
      int theirs = handover.theirs();
      addDup2.callReturningErrno(
          (handle, errno, _) -> (int) handle.invokeExact(errno, actions, ours, theirs));
    }
  }

  private static List<Handover> sortedPrivate(List<Handover> descriptors) {
    return descriptors.stream()
        .filter(handover -> handover.theirs() >= FIRST_PRIVATE_DESCRIPTOR)
        .sorted((a, b) -> Integer.compare(a.theirs(), b.theirs()))
        .toList();
  }

  private void setAttributes(MemorySegment attributes, Arena arena, boolean ownGroup)
      throws PosixException {
    MemorySegment none = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
    MemorySegment all = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
    // sigfillset(3) leaves out two signals of libc's own, which would then be ignored.
    all.fill((byte) 0xff);
    setSignalMask.callReturningErrno(
        (handle, errno, _) -> (int) handle.invokeExact(errno, attributes, none));
    setSignalDefault.callReturningErrno(
        (handle, errno, _) -> (int) handle.invokeExact(errno, attributes, all));
    // Process group 0, as a new attributes object has it, is a new one.
    short flags = (short) (SETSIGDEF | SETSIGMASK | (ownGroup ? SETPGROUP : 0));
    setFlags.callReturningErrno(
        (handle, errno, _) -> (int) handle.invokeExact(errno, attributes, flags));
  }

  private void setEmptyMask(MemorySegment attributes, Arena arena) throws PosixException {
    MemorySegment none = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
    setSignalMask.callReturningErrno(
        (handle, errno, _) -> (int) handle.invokeExact(errno, attributes, none));
    setFlags.callReturningErrno(
        (handle, errno, _) -> (int) handle.invokeExact(errno, attributes, SETSIGMASK));
  }

  private int start(
      Arena arena,
      MemorySegment actions,
      MemorySegment attributes,
      String path,
      List<String> arguments,
      List<String> environment)
      throws PosixException {
    MemorySegment pid = arena.allocate(JAVA_INT);
    MemorySegment program = NativeText.of(arena, path);
    MemorySegment argv = NativeText.arrayOf(arena, arguments);
    MemorySegment envp = NativeText.arrayOf(arena, environment);
    posixSpawn.callReturningErrno((handle, errno, _) ->
        (int) handle.invokeExact(errno, pid, program, actions, attributes, argv, envp));
    return pid.get(JAVA_INT, 0);
  }

  /** Blocks no signal in this thread; the JVM blocks SIGQUIT in all but one: pthread_sigmask(3). */
  public void unblockSignals() throws PosixException {
    pthreadSigmask.callReturningErrno((handle, errno, arena) -> {
      MemorySegment none = arena.allocate(STRUCTURE_BYTES, Long.BYTES);
      return (int) handle.invokeExact(errno, SIG_SETMASK, none, MemorySegment.NULL);
    });
  }

  /** Ignores a signal, as do new programs then: signal(2), SIG_IGN. */
  public void ignore(int signal) throws PosixException {
    this.signal.call((handle, errno, _) -> (long) handle.invokeExact(errno, signal, SIG_IGN));
  }

  /** Takes notice of one child that has ended, orphans given to us included: waitpid(2). */
  public Optional<Ended> reap() throws PosixException {
    try {
      return wait(-1, WNOHANG);
    } catch (PosixException e) {
      if (e.is(Errno.ECHILD)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Waits for a child to end: waitpid(2). */
  public ExitStatus await(int pid) throws PosixException {
    return wait(pid, 0).orElseThrow().status();
  }

  private Optional<Ended> wait(int pid, int options) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      int ended =
          (int)
              waitpid.call(
                  (handle, errno, _) -> (int) handle.invokeExact(errno, pid, status, options));
      return ended == 0
          ? Optional.empty()
          : Optional.of(new Ended(ended, ExitStatus.ofWait(status.get(JAVA_INT, 0))));
    }
  }

  /** Sends a signal to a process, or with a negative pid to a process group: kill(2). */
  public void kill(int pid, int signal) throws PosixException {
    kill.call((handle, errno, _) -> (int) handle.invokeExact(errno, pid, signal));
  }

  /**
   * A descriptor that stands for a process, our child or not, and that can be read when it has
   * ended: pidfd_open(2).
   */
  public int open(int pid) throws PosixException {
    return (int)
        openPid.call((handle, errno, _) -> (int) handle.invokeExact(errno, SYS_PIDFD_OPEN, pid, 0));
  }

  /** Sends a signal to the process that a descriptor stands for: pidfd_send_signal(2). */
  public void signal(int pidDescriptor, int signal) throws PosixException {
    signalPid.call((handle, errno, _) ->
        (int)
            handle.invokeExact(
                errno, SYS_PIDFD_SEND_SIGNAL, pidDescriptor, signal, MemorySegment.NULL, 0));
  }

  /** Starts a session and a process group of its own: setsid(2). */
  public void startSession() throws PosixException {
    setsid.call((handle, errno, _) -> (int) handle.invokeExact(errno));
  }

  /** Asks to become the parent of orphaned descendants: prctl(2), PR_SET_CHILD_SUBREAPER. */
  public void adoptOrphans() throws PosixException {
    prctl.call((handle, errno, _) ->
        (int) handle.invokeExact(errno, PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L));
  }
}
