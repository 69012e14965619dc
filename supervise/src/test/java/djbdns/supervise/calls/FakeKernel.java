package djbdns.supervise.calls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.posix.Descriptors;
import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.posix.PosixException;
import djbdns.posix.Spawn;
import djbdns.posix.Spawn.Handover;
import djbdns.supervise.calls.FakeProcess.OpenFile;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A machine in memory: files, FIFOs, watches, processes and time. Time passes only while a process
 * of ours waits, so that a test of hours takes no time. For use by one thread.
 *
 * <p>Programs are files with a {@link Script}. Processes of ours make their calls through {@link
 * FakeCalls}.
 */
public final class FakeKernel {
  private static final int INIT = 1;
  private static final int SIGKILL = 9;
  private static final int SIGCONT = 18;
  private static final int SIGSTOP = 19;
  private static final Set<Integer> ENDING = Set.of(1, 2, 3, 10, 12, 14, 15);
  private static final Instant BOOT = Instant.ofEpochSecond(1_000_000_000);

  /** A failure of a call on paths that end so. */
  private record Fault(String call, String path, int errno) {}

  private record Event(long dueNs, long order, Runnable action) {}

  private final Inode root = new Inode(1, Inode.Type.DIRECTORY, 0755, 0);
  private final Inode proc = new Inode(2, Inode.Type.DIRECTORY, 0755, 0);
  private final Map<Integer, FakeProcess> processes = new TreeMap<>();
  private final Map<Inode, OpenFile> locks = new HashMap<>();
  private final List<Inode.Watch> watches = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>((a, b) ->
          a.dueNs() == b.dueNs()
              ? Long.compare(a.order(), b.order())
              : Long.compare(a.dueNs(), b.dueNs()));
  private String bootId = "boot-1";
  private long nowNs;
  private long order;
  private long nextInode = 10;
  private int nextPid = 100;
  private BiConsumer<FakeProcess, Collection<FakeProcess>> whenStarted = (_, _) -> {};
  private Runnable whenIdle = () -> {};

  public FakeKernel() {
    root.parent = Optional.of(root);
    proc.parent = Optional.of(root);
    root.entries.put("proc", proc);
  }

  // Time

  /** The time since the boot. */
  public long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(nowNs);
  }

  long nowNs() {
    return nowNs;
  }

  Instant now() {
    return BOOT.plusNanos(nowNs);
  }

  /** Has something happen after a time. */
  public void after(long ms, Runnable action) {
    order++;
    events.add(new Event(nowNs + TimeUnit.MILLISECONDS.toNanos(ms), order, action));
  }

  /** Goes to the next event, but not further than a time; false if there was none. */
  boolean advance(long untilNs) {
    whenIdle.run();
    if (events.isEmpty() || events.peek().dueNs() > untilNs) {
      nowNs = untilNs;
      return false;
    }
    Event event = events.remove();
    nowNs = Math.max(nowNs, event.dueNs());
    event.action().run();
    return true;
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }

  /** Calls whenever every process waits and time is about to pass. */
  public void whenIdle(Runnable check) {
    whenIdle = check;
  }

  /** Calls with each new process, and those that lived before. */
  public void whenStarted(BiConsumer<FakeProcess, Collection<FakeProcess>> check) {
    whenStarted = check;
  }

  /** All processes end, and the kernel starts anew. */
  public void reboot(String newBootId) {
    List.copyOf(processes.values()).forEach(process -> end(process, new ExitStatus(-1, SIGKILL)));
    processes.clear();
    events.clear();
    bootId = newBootId;
  }

  // Faults

  /** Has a call fail on every path that ends so, until {@link #heal}. */
  public void fail(String call, String path, int errno) {
    faults.add(new Fault(call, path, errno));
  }

  /** No call fails any more. */
  public void heal() {
    faults.clear();
  }

  void check(String call, String path) throws PosixException {
    for (Fault fault : faults) {
      if (fault.call().equals(call) && path.endsWith(fault.path())) {
        throw new PosixException(call, fault.errno());
      }
    }
  }

  /** True if a call is to fail with an errno, for calls that fail in part. */
  boolean fails(String call, String path) {
    return faults.stream().anyMatch(f -> f.call().equals(call) && path.endsWith(f.path()));
  }

  // Files, from outside of every process

  private static AssertionError impossible(PosixException e) {
    return new AssertionError(e);
  }

  /** Makes a directory and those above it. */
  public void directory(String path) {
    Inode at = root;
    for (String name : path.substring(1).split("/", -1)) {
      Inode next = at.entries.get(name);
      at = next == null ? create(at, name, Inode.Type.DIRECTORY, 0755) : follow(next);
    }
  }

  /** Makes or replaces a file. */
  public void file(String path, String text) {
    Inode directory = directoryOf(path);
    Inode old = directory.entries.get(nameOf(path));
    Inode file = old == null ? create(directory, nameOf(path), Inode.Type.FILE, 0644) : old;
    file.data = text.getBytes(ISO_8859_1);
  }

  /** Makes or replaces a program. */
  public void program(String path, Script script) {
    file(path, "#!");
    Inode file = find(path);
    file.mode = 0755;
    file.script = Optional.of(script);
  }

  public void changeMode(String path, int mode) {
    find(path).mode = mode;
  }

  public void fifo(String path) {
    create(directoryOf(path), nameOf(path), Inode.Type.FIFO, 0600);
  }

  public void link(String path, String target) {
    create(directoryOf(path), nameOf(path), Inode.Type.LINK, 0777).target = target;
  }

  /** Removes a name, and a directory with everything in it. */
  public void remove(String path) {
    Inode directory = directoryOf(path);
    unlinked(directory.entries.remove(nameOf(path)));
    tell(directory, Descriptors.IN_DELETE);
  }

  private static void unlinked(Inode inode) {
    inode.parent = Optional.empty();
    inode.entries.values().forEach(FakeKernel::unlinked);
    inode.entries.clear();
  }

  public void rename(String from, String to) {
    Inode moved = directoryOf(from).entries.remove(nameOf(from));
    tell(directoryOf(from), Descriptors.IN_MOVED_FROM);
    directoryOf(to).entries.put(nameOf(to), moved);
    moved.parent = Optional.of(directoryOf(to));
    tell(directoryOf(to), Descriptors.IN_MOVED_TO);
  }

  /** Copies a directory with everything in it, as cp(1) does. */
  public void copy(String from, String to) {
    directory(to);
    find(from)
        .entries
        .forEach((name, inode) -> {
          String path = to + "/" + name;
          switch (inode.type) {
            case DIRECTORY -> copy(from + "/" + name, path);
            case FIFO -> fifo(path);
            default -> {
              file(path, new String(inode.data, ISO_8859_1));
              find(path).mode = inode.mode;
              find(path).script = inode.script;
            }
          }
        });
  }

  public boolean exists(String path) {
    try {
      resolve(root, path);
      return true;
    } catch (PosixException e) {
      return false;
    }
  }

  public byte[] bytes(String path) {
    return find(path).data.clone();
  }

  public String text(String path) {
    return new String(bytes(path), ISO_8859_1);
  }

  public long inode(String path) {
    return find(path).number;
  }

  /** Writes to a FIFO; false if it has no reader. */
  public boolean send(String path, String letters) {
    Inode fifo = find(path);
    if (!isOpen(fifo, false)) {
      return false;
    }
    append(fifo, letters.getBytes(ISO_8859_1));
    return true;
  }

  /** True if a process has a FIFO open for reading. */
  public boolean hasReader(String path) {
    return exists(path) && isOpen(find(path), false);
  }

  private Inode find(String path) {
    try {
      return resolve(root, path);
    } catch (PosixException e) {
      throw impossible(e);
    }
  }

  private Inode directoryOf(String path) {
    return path.lastIndexOf('/') == 0 ? root : find(path.substring(0, path.lastIndexOf('/')));
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Inode follow(Inode inode) {
    return inode.type == Inode.Type.LINK ? find(inode.target) : inode;
  }

  // Files, for calls

  Inode create(Inode directory, String name, Inode.Type type, int mode) {
    Inode inode = unnamed(type, mode);
    directory.entries.put(name, inode);
    inode.parent = Optional.of(directory);
    tell(directory, Descriptors.IN_CREATE);
    return inode;
  }

  Inode unnamed(Inode.Type type, int mode) {
    nextInode++;
    return new Inode(nextInode, type, mode, nowNs + nextInode);
  }

  Inode root() {
    return root;
  }

  /** The file of a path; links are followed. */
  Inode resolve(Inode start, String path) throws PosixException {
    Inode at = path.startsWith("/") ? root : start;
    if (path.isEmpty() || (at.isRemoved() && !path.equals("."))) {
      throw new PosixException("find " + path, Errno.ENOENT);
    }
    Deque<String> names = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
    while (!names.isEmpty()) {
      String name = names.remove();
      if (at.type != Inode.Type.DIRECTORY) {
        throw new PosixException("find " + path, Errno.ENOTDIR);
      }
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (at == proc) {
        return resolveProcess(name, String.join("/", names));
      }
      Inode next = at.entries.get(name);
      if (next == null) {
        throw new PosixException("find " + path, Errno.ENOENT);
      }
      at = next.type == Inode.Type.LINK ? resolve(at, next.target) : next;
    }
    return at;
  }

  private Inode resolveProcess(String name, String rest) throws PosixException {
    if ((name + "/" + rest).equals("sys/kernel/random/boot_id")) {
      return content(bootId + "\n");
    }
    if (name.equals("uptime")) {
      return content(String.format(Locale.ROOT, "%.2f 0.00\n", nowNs / 1e9));
    }
    FakeProcess process = name.matches("[0-9]+") ? processes.get(Integer.parseInt(name)) : null;
    if (process == null) {
      throw new PosixException("find /proc/" + name, Errno.ENOENT);
    }
    if (rest.equals("stat")) {
      return content(stat(process));
    }
    if (process.isAlive() && rest.equals("cwd")) {
      return process.workingDirectory;
    }
    if (process.isAlive() && rest.startsWith("fd/")) {
      OpenFile file = process.files.get(Integer.parseInt(rest.substring(3)));
      if (file != null) {
        return file.inode;
      }
    }
    throw new PosixException("find /proc/" + name + "/" + rest, Errno.ENOENT);
  }

  private static Inode content(String text) {
    Inode inode = new Inode(3, Inode.Type.FILE, 0444, 0);
    inode.data = text.getBytes(ISO_8859_1);
    return inode;
  }

  private static String stat(FakeProcess process) {
    String state = process.isAlive() ? process.isStopped ? "T" : "S" : "Z";
    return process.pid
        + " (a (b) c) "
        + state
        + " "
        + process.parent
        + " "
        + process.group
        + " 0".repeat(16)
        + " "
        + process.startTicks
        + " 0\n";
  }

  List<String> list(Inode directory) {
    return directory == proc
        ? processes.keySet().stream().map(String::valueOf).toList()
        : List.copyOf(directory.entries.keySet());
  }

  /** Tells the watches of a file. */
  void tell(Inode watched, int event) {
    for (Inode.Watch watch : watches) {
      if (watch.watched() == watched && (watch.events() & event) != 0) {
        watch.set().count++;
      }
    }
  }

  static void append(Inode inode, byte[] bytes) {
    int length = inode.data.length;
    inode.data = Arrays.copyOf(inode.data, length + bytes.length);
    System.arraycopy(bytes, 0, inode.data, length, bytes.length);
  }

  /** True if a process has an inode open, for writing or for reading. */
  boolean isOpen(Inode inode, boolean forWriting) {
    return (forWriting ? inode.writers : inode.readers) > 0;
  }

  void watch(Inode set, Inode watched, int events) {
    watches.remove(new Inode.Watch(set, watched, events));
    watches.add(new Inode.Watch(set, watched, events));
  }

  boolean isReadable(OpenFile file) {
    Inode inode = file.inode;
    return switch (inode.type) {
      case FIFO -> inode.data.length > 0 || !isOpen(inode, true);
      case EVENT, WATCHES -> inode.count > 0;
      case PROCESS -> !inode.process.orElseThrow().isAlive();
      case FILE, DIRECTORY, LINK -> true;
    };
  }

  void lock(OpenFile file) throws PosixException {
    OpenFile owner = locks.get(file.inode);
    if (owner != null && owner != file) {
      throw new PosixException("flock", Errno.EAGAIN);
    }
    locks.put(file.inode, file);
  }

  void close(FakeProcess process, int descriptor) throws PosixException {
    OpenFile file = process.file(descriptor);
    process.files.remove(descriptor);
    closed(file);
  }

  private void closed(OpenFile file) {
    file.references--;
    if (file.references > 0) {
      return;
    }
    file.count(-1);
    locks.remove(file.inode, file);
    watches.removeIf(watch -> watch.set() == file.inode);
    if (!file.isForWriting()) {
      tell(file.inode, Descriptors.IN_CLOSE_NOWRITE);
      file.inode.parent.ifPresent(directory -> tell(directory, Descriptors.IN_CLOSE_NOWRITE));
    }
    if (file.inode.type == Inode.Type.FIFO && !isOpen(file.inode, true)) {
      List.copyOf(processes.values()).forEach(this::endInput);
    }
  }

  // Processes

  /** A process of ours, started by process 1. */
  public FakeCalls process() {
    FakeProcess process = add(INIT, root, List.of("ours"), List.of(), false, Script.daemon());
    return new FakeCalls(this, process);
  }

  /** A process that a program of a service has started and left. */
  public FakeProcess orphan(FakeProcess child, Script script) {
    FakeProcess orphan =
        add(child.pid, child.workingDirectory, List.of("orphan"), List.of(), false, script);
    begin(orphan);
    return orphan;
  }

  private FakeProcess add(
      int parent,
      Inode directory,
      List<String> words,
      List<String> environment,
      boolean ownGroup,
      Script script) {
    nextPid++;
    int group =
        ownGroup
            ? nextPid
            : Optional.ofNullable(processes.get(parent)).map(p -> p.group).orElse(nextPid);
    FakeProcess process =
        new FakeProcess(
            nextPid, parent, nowNs / 10_000_000, directory, words, environment, group, script);
    processes.put(nextPid, process);
    return process;
  }

  FakeProcess start(FakeProcess parent, Spawn spawn, Inode directory) throws PosixException {
    Inode program = resolve(directory, spawn.program());
    if (program.type != Inode.Type.FILE || (program.mode & 0100) == 0) {
      throw new PosixException("posix_spawn", Errno.EACCES);
    }
    if (program.script.isEmpty()) {
      throw new PosixException("posix_spawn", 8);
    }
    List<FakeProcess> before = alive();
    FakeProcess child =
        add(
            parent.pid,
            directory,
            spawn.arguments(),
            spawn.environment(),
            spawn.ownGroup(),
            program.script.get());
    for (Handover handover : spawn.descriptors()) {
      child.put(handover.theirs(), parent.file(handover.ours()));
    }
    whenStarted.accept(child, before);
    begin(child);
    return child;
  }

  private void begin(FakeProcess child) {
    child.script.exitMs().ifPresent(ms -> exitAfter(child, ms, child.script.code()));
    child.script.readyMs().ifPresent(ms -> after(ms, () -> whenRunning(child, this::sayReady)));
    endInput(child);
  }

  private void exitAfter(FakeProcess process, long ms, int code) {
    after(ms, () -> whenRunning(process, p -> end(p, new ExitStatus(code, 0))));
  }

  /** Does something in a process, unless it has ended; if it is stopped, when it is continued. */
  private void whenRunning(FakeProcess process, Consumer<FakeProcess> action) {
    if (process.isStopped) {
      process.whenContinued.add(() -> whenRunning(process, action));
    } else if (process.isAlive()) {
      action.accept(process);
    }
  }

  private void sayReady(FakeProcess process) {
    String prefix = "NOTIFICATION_FD=";
    process.environment.stream()
        .filter(variable -> variable.startsWith(prefix))
        .map(variable -> process.files.get(Integer.parseInt(variable.substring(prefix.length()))))
        .forEach(file -> append(file.inode, new byte[] {'r', '\n'}));
  }

  private void endInput(FakeProcess process) {
    OpenFile input = process.files.get(0);
    boolean isAtEnd = input != null && !isOpen(input.inode, true);
    if (isAtEnd && process.isAlive() && process.script.drainMs().isPresent()) {
      input.inode.data = new byte[0];
      exitAfter(process, process.script.drainMs().get(), 0);
    }
  }

  /** Ends a process. */
  public void end(FakeProcess process, ExitStatus status) {
    if (!process.isAlive()) {
      return;
    }
    process.end = Optional.of(status);
    List<OpenFile> files = List.copyOf(process.files.values());
    process.files.clear();
    files.forEach(this::closed);
    int reaper = reaperOf(process);
    for (FakeProcess child : List.copyOf(processes.values())) {
      if (child.parent == process.pid) {
        child.parent = reaper;
        if (!child.isAlive()) {
          tellParent(child);
        }
      }
    }
    tellParent(process);
  }

  private int reaperOf(FakeProcess process) {
    FakeProcess ancestor = processes.get(process.parent);
    while (ancestor != null && !(ancestor.isSubreaper && ancestor.isAlive())) {
      ancestor = processes.get(ancestor.parent);
    }
    return ancestor == null ? INIT : ancestor.pid;
  }

  private void tellParent(FakeProcess child) {
    FakeProcess parent = processes.get(child.parent);
    if (parent == null || !parent.isAlive()) {
      processes.remove(child.pid);
    } else {
      parent.handlers.getOrDefault("CHLD", () -> {}).run();
    }
  }

  Optional<FakeProcess> reap(FakeProcess parent) {
    Optional<FakeProcess> ended =
        processes.values().stream()
            .filter(child -> child.parent == parent.pid && !child.isAlive())
            .findFirst();
    ended.ifPresent(child -> processes.remove(child.pid));
    return ended;
  }

  void kill(int pid, int signal) throws PosixException {
    List<FakeProcess> targets =
        processes.values().stream()
            .filter(process -> pid < 0 ? process.group == -pid : process.pid == pid)
            .toList();
    if (targets.isEmpty()) {
      throw new PosixException("kill", Errno.ESRCH);
    }
    targets.forEach(process -> signal(process, signal));
  }

  void signal(FakeProcess process, int signal) {
    process.signals.add(signal);
    if (!process.isAlive()) {
      return;
    }
    if (signal == SIGKILL) {
      end(process, new ExitStatus(-1, signal));
    } else if (signal == SIGSTOP) {
      process.isStopped = true;
    } else if (signal == SIGCONT) {
      process.isStopped = false;
      List<Runnable> actions = List.copyOf(process.whenContinued);
      process.whenContinued.clear();
      actions.forEach(Runnable::run);
    } else if (ENDING.contains(signal) && !process.script.ignored().contains(signal)) {
      whenRunning(process, p -> end(p, new ExitStatus(-1, signal)));
    }
  }

  FakeProcess process(int pid) throws PosixException {
    FakeProcess process = processes.get(pid);
    if (process == null) {
      throw new PosixException("pidfd_open", Errno.ESRCH);
    }
    return process;
  }

  /** The processes that have not ended. */
  public List<FakeProcess> alive() {
    return processes.values().stream().filter(FakeProcess::isAlive).toList();
  }

  /** The processes that have a directory as their working directory and have not ended. */
  public List<FakeProcess> in(String directory) {
    Inode inode = find(directory);
    return alive().stream().filter(process -> process.workingDirectory == inode).toList();
  }

  /** The only process in a directory. */
  public FakeProcess only(String directory) {
    List<FakeProcess> found = in(directory);
    if (found.size() != 1) {
      throw new AssertionError(
          found.size()
              + " processes in "
              + directory
              + found.stream().map(p -> p.words.toString()).collect(Collectors.joining()));
    }
    return found.getFirst();
  }

  /** Kills a process of ours, which does nothing more. */
  public void kill(FakeCalls ours) {
    end(ours.process(), new ExitStatus(-1, SIGKILL));
  }
}
