package djbdns.supervise.calls;

import djbdns.posix.Descriptors;
import djbdns.posix.Descriptors.Pipe;
import djbdns.posix.Errno;
import djbdns.posix.FileIdentity;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.posix.Processes.Ended;
import djbdns.posix.ResourceLimits.Limit;
import djbdns.posix.Spawn;
import djbdns.supervise.calls.FakeProcess.OpenFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The system calls of one process of a {@link FakeKernel}. */
public final class FakeCalls implements SystemCalls, ProcessCalls {
  /** Ends a wait whose process is to do nothing for the present. */
  public static final class Paused extends Error {
    private static final long serialVersionUID = 1L;

    Paused() {
      super("paused", null, false, false);
    }
  }

  /** Ends a process that has been killed. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  private static final int MAX_WAITS_WITHOUT_TIME = 10_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final FakeKernel kernel;
  private final FakeProcess process;
  private Limit openFiles = new Limit(1024, 4096);
  private int nextDescriptor = 2;
  private long pauseNs = NEVER;
  private long waitedNs;
  private int waits;
  private Runnable others = () -> {};
  private boolean isClockBroken;
  private long callsToLive = NEVER;

  FakeCalls(FakeKernel kernel, FakeProcess process) {
    this.kernel = kernel;
    this.process = process;
  }

  public FakeProcess process() {
    return process;
  }

  /** Lets other processes of ours do their work whenever this one waits. */
  public void whenWaiting(Runnable work) {
    others = work;
  }

  /** Makes the next waits throw {@link Paused} once a time has passed. */
  public void pauseAfter(long ms) {
    pauseNs = kernel.nowNs() + TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Kills this process before one of its next calls, which throws {@link Killed}. */
  public void dieAfter(long calls) {
    callsToLive = calls;
  }

  /** Counts a call, and has it fail if a fault says so. */
  private void step(String call, String path) throws PosixException {
    callsToLive--;
    if (callsToLive < 0) {
      kernel.kill(this);
      throw new Killed();
    }
    kernel.check(call, path);
  }

  /** Makes the next look at the wall clock throw. */
  public void breakClockOnce() {
    isClockBroken = true;
  }

  /** Sends a signal to this process. */
  public void raise(String signal) {
    process.handlers.get(signal).run();
  }

  private OpenFile file(int descriptor) {
    return process.file(descriptor);
  }

  private Inode start(int directory) {
    return directory == FileSystem.CURRENT ? process.workingDirectory : file(directory).inode;
  }

  private Inode resolve(int directory, String path) throws PosixException {
    if (path.startsWith("/proc/self/")) {
      return resolve(directory, path.replace("self", Integer.toString(process.pid)));
    }
    return kernel.resolve(start(directory), path);
  }

  private int add(Inode inode, int flags, String path) {
    nextDescriptor++;
    process.put(nextDescriptor, new OpenFile(inode, flags, path));
    return nextDescriptor;
  }

  @Override
  public int open(int directory, String path, int flags, int mode) throws PosixException {
    step("open", path);
    Inode inode;
    try {
      inode = resolve(directory, path);
    } catch (PosixException e) {
      if ((flags & FileSystem.CREATE) == 0 || !e.is(Errno.ENOENT) || path.contains("/")) {
        throw e;
      }
      if (start(directory).isRemoved()) {
        throw e;
      }
      inode = kernel.create(start(directory), path, Inode.Type.FILE, mode);
    }
    boolean forWriting = (flags & FileSystem.WRITE) != 0;
    if (inode.type == Inode.Type.DIRECTORY && forWriting) {
      throw new PosixException("open", Errno.EISDIR);
    }
    if (inode.type == Inode.Type.FIFO && forWriting && !kernel.isOpen(inode, false)) {
      throw new PosixException("open", Errno.ENXIO);
    }
    if (inode.type == Inode.Type.FIFO && (flags & FileSystem.NONBLOCKING) == 0) {
      throw new AssertionError("open of a FIFO that waits");
    }
    if ((flags & FileSystem.TRUNCATE) != 0) {
      inode.data = new byte[0];
    }
    return add(inode, flags, path);
  }

  @Override
  public int openDirectory(int directory, String path) throws PosixException {
    step("openDirectory", path);
    Inode inode = resolve(directory, path);
    if (inode.type != Inode.Type.DIRECTORY) {
      throw new PosixException("open", Errno.ENOTDIR);
    }
    return add(inode, FileSystem.READ, path);
  }

  @Override
  public void close(int descriptor) throws PosixException {
    step("close", "");
    kernel.close(process, descriptor);
  }

  @Override
  public int read(int descriptor, byte[] bytes) throws PosixException {
    OpenFile file = file(descriptor);
    step("read", file.path);
    Inode inode = file.inode;
    if (inode.type == Inode.Type.FIFO && inode.data.length == 0 && kernel.isOpen(inode, true)) {
      throw new PosixException("read", Errno.EAGAIN);
    }
    int length = Math.min(bytes.length, inode.data.length);
    System.arraycopy(inode.data, 0, bytes, 0, length);
    if (inode.type == Inode.Type.FIFO) {
      inode.data = Arrays.copyOfRange(inode.data, length, inode.data.length);
    }
    return length;
  }

  @Override
  public byte[] read(int directory, String path, int maxBytes) throws PosixException {
    int descriptor = open(directory, path, FileSystem.READ | FileSystem.NONBLOCKING);
    try {
      byte[] bytes = new byte[maxBytes];
      return Arrays.copyOf(bytes, read(descriptor, bytes));
    } finally {
      close(descriptor);
    }
  }

  @Override
  public int write(int descriptor, byte[] bytes) throws PosixException {
    OpenFile file = file(descriptor);
    if (file.inode.type == Inode.Type.EVENT) {
      // Another thread's, which takes a signal.
      file.inode.count++;
      return bytes.length;
    }
    step("write", file.path);
    int length = kernel.fails("partial write", file.path) ? bytes.length / 2 : bytes.length;
    FakeKernel.append(file.inode, Arrays.copyOf(bytes, length));
    return length;
  }

  @Override
  public void lock(int descriptor) throws PosixException {
    step("lock", file(descriptor).path);
    kernel.lock(file(descriptor));
  }

  @Override
  public void setNonblocking(int descriptor, boolean nonblocking) {
    file(descriptor);
  }

  @Override
  public void makeDirectory(int directory, String path, int mode) throws PosixException {
    make("makeDirectory", directory, path, Inode.Type.DIRECTORY, mode);
  }

  @Override
  public void makeFifo(int directory, String path, int mode) throws PosixException {
    make("makeFifo", directory, path, Inode.Type.FIFO, mode);
  }

  private void make(String call, int directory, String path, Inode.Type type, int mode)
      throws PosixException {
    step(call, path);
    int slash = path.lastIndexOf('/');
    Inode parent = slash < 0 ? start(directory) : resolve(directory, path.substring(0, slash + 1));
    if (parent.entries.containsKey(path.substring(slash + 1))) {
      throw new PosixException(call, Errno.EEXIST);
    }
    kernel.create(parent, path.substring(slash + 1), type, mode);
  }

  @Override
  public Pipe pipe() throws PosixException {
    step("pipe", "");
    Inode pipe = kernel.unnamed(Inode.Type.FIFO, 0600);
    int readEnd = add(pipe, FileSystem.READ, "pipe");
    return new Pipe(readEnd, add(pipe, FileSystem.WRITE, "pipe"));
  }

  @Override
  public int event() {
    return add(kernel.unnamed(Inode.Type.EVENT, 0), FileSystem.READ_WRITE, "event");
  }

  @Override
  public String readLink(int directory, String path) throws PosixException {
    step("readlink", path);
    Inode inode = start(directory).entries.get(path);
    if (inode == null || inode.type != Inode.Type.LINK) {
      throw new PosixException("readlink", Errno.EINVAL);
    }
    return inode.target;
  }

  @Override
  public void rename(int directory, String from, String to) throws PosixException {
    step("rename", from);
    Inode parent = start(directory);
    Inode moved = parent.entries.remove(from);
    parent.entries.put(to, moved);
    kernel.tell(parent, Descriptors.IN_MOVED_TO);
  }

  @Override
  public FileStatus status(int directory, String path) throws PosixException {
    step("status", path);
    return status(resolve(directory, path));
  }

  @Override
  public FileStatus status(int descriptor) {
    return status(file(descriptor).inode);
  }

  private static FileStatus status(Inode inode) {
    return new FileStatus(
        new FileIdentity(1, inode.number, inode.birthNs),
        inode.modeWithType(),
        inode.isRemoved() ? 0 : 1,
        inode.data.length);
  }

  @Override
  public List<String> list(int directory) throws PosixException {
    step("list", file(directory).path);
    return kernel.list(file(directory).inode);
  }

  @Override
  public int watches() throws PosixException {
    step("watches", "");
    return add(kernel.unnamed(Inode.Type.WATCHES, 0), FileSystem.READ, "watches");
  }

  @Override
  public void watch(int watches, int descriptor, int events) {
    kernel.watch(file(watches).inode, file(descriptor).inode, events);
  }

  @Override
  public void drain(int descriptor) {
    file(descriptor).inode.count = 0;
  }

  @Override
  public Poll poll() {
    return new FakePoll();
  }

  private final class FakePoll implements Poll {
    private final TreeSet<Integer> descriptors = new TreeSet<>();

    @Override
    public void add(int descriptor) {
      file(descriptor);
      if (!descriptors.add(descriptor)) {
        throw new AssertionError("descriptor " + descriptor + " is in the set already");
      }
    }

    @Override
    public void remove(int descriptor) {
      file(descriptor);
      if (!descriptors.remove(descriptor)) {
        throw new IllegalArgumentException("descriptor " + descriptor + " is not in the set");
      }
    }

    @Override
    public List<Integer> await(int timeoutMs) {
      long deadlineNs =
          timeoutMs < 0 ? NEVER : kernel.nowNs() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      countWait();
      while (true) {
        others.run();
        List<Integer> ready = ready();
        if (!ready.isEmpty()) {
          return ready;
        }
        if (kernel.nowNs() >= deadlineNs) {
          return List.of();
        }
        if (kernel.nowNs() >= pauseNs) {
          pauseNs = NEVER;
          throw new Paused();
        }
        long untilNs = Math.min(deadlineNs, pauseNs);
        if (untilNs == NEVER && !kernel.hasEvents()) {
          throw new AssertionError("waits without end");
        }
        kernel.advance(untilNs);
      }
    }

    private List<Integer> ready() {
      List<Integer> ready = new ArrayList<>();
      for (int descriptor : descriptors) {
        if (kernel.isReadable(file(descriptor))) {
          ready.add(descriptor);
        }
      }
      return ready;
    }
  }

  /** A handler that does not take what makes its descriptor readable never comes to rest. */
  private void countWait() {
    waits = waitedNs == kernel.nowNs() ? waits + 1 : 0;
    waitedNs = kernel.nowNs();
    if (waits > MAX_WAITS_WITHOUT_TIME) {
      throw new AssertionError("never comes to rest");
    }
  }

  @Override
  public Instant now() {
    if (isClockBroken) {
      isClockBroken = false;
      throw new IllegalStateException("broken clock");
    }
    return kernel.now();
  }

  @Override
  public long nowNs() {
    return kernel.nowNs();
  }

  @Override
  public int spawn(Spawn spawn) throws PosixException {
    step("spawn", spawn.program());
    return kernel.start(process, spawn, file(spawn.directory()).inode).pid;
  }

  @Override
  public Optional<Ended> reap() throws PosixException {
    step("reap", "");
    return kernel.reap(process).map(child -> new Ended(child.pid, child.end.orElseThrow()));
  }

  @Override
  public void kill(int pid, int signal) throws PosixException {
    step("kill", "");
    kernel.kill(pid, signal);
  }

  @Override
  public int open(int pid) throws PosixException {
    step("open process", "");
    Inode inode = kernel.unnamed(Inode.Type.PROCESS, 0);
    inode.process = Optional.of(kernel.process(pid));
    return add(inode, FileSystem.READ, "process");
  }

  @Override
  public void signal(int pidDescriptor, int signal) throws PosixException {
    FakeProcess target = file(pidDescriptor).inode.process.orElseThrow();
    if (!target.isAlive()) {
      throw new PosixException("pidfd_send_signal", Errno.ESRCH);
    }
    kernel.signal(target, signal);
  }

  @Override
  public void adoptOrphans() {
    process.isSubreaper = true;
  }

  @Override
  public Limit openFiles() {
    return openFiles;
  }

  @Override
  public void limitOpenFiles(Limit limit) {
    openFiles = limit;
  }

  @Override
  public void handle(String signal, Runnable action) {
    process.handlers.put(signal, action);
  }
}
