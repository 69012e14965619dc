package djbdns.supervise.multilog;

import djbdns.posix.Errno;
import djbdns.posix.ExitStatus;
import djbdns.posix.FileIdentity;
import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A machine whose files survive the processes that run on it, and a pipe that does too. It ends the
 * process before a chosen system call, writes less than it is told, has full disks, and gives a new
 * file the lowest inode number that is free, as some file systems do.
 */
final class FakeMachine implements FileCalls, Processor {
  /** The process was killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  private static final int DIRECTORY_TYPE = 0040000;
  private static final int FILE_TYPE = 0100000;
  private static final int PIPE = 0;
  private static final int ROOT = FileSystem.CURRENT;

  private static final class Inode {
    private final long number;
    private final Map<String, Inode> entries = new TreeMap<>();
    private final boolean isDirectory;
    private byte[] data = new byte[0];
    private int mode;
    private int links = 1;

    Inode(long number, int mode, boolean isDirectory) {
      this.number = number;
      this.mode = mode;
      this.isDirectory = isDirectory;
    }
  }

  private record Open(Inode inode) {}

  private final Random random;
  private final byte[] pipe;
  private final int maxChunk;
  private final double failures;
  private final Inode root = new Inode(1, 0755, true);
  private final Map<Integer, Open> opened = new HashMap<>();
  private int pipePosition;
  private int nextDescriptor = 10;
  private long calls;
  private long killAt = Long.MAX_VALUE;

  /**
   * @param input the content of the pipe
   * @param maxChunk the most bytes of it that one read gets
   * @param failures the probability that a write fails for lack of space
   */
  FakeMachine(long seed, byte[] input, int maxChunk, double failures) {
    random = new Random(seed);
    pipe = input.clone();
    this.maxChunk = maxChunk;
    this.failures = failures;
  }

  /** Begins a process that is killed before its {@code callsToLive}-th system call. */
  void startProcess(long callsToLive) {
    opened.clear();
    calls = 0;
    killAt = callsToLive;
  }

  /** The number of system calls that the process has made. */
  long calls() {
    return calls;
  }

  private void step() {
    calls++;
    if (calls >= killAt) {
      throw new Killed();
    }
  }

  private void stepThatNeedsSpace() throws PosixException {
    step();
    if (random.nextDouble() < failures) {
      throw new PosixException("write", Errno.ENOSPC);
    }
  }

  private Inode inode(int descriptor) throws PosixException {
    if (descriptor == ROOT) {
      return root;
    }
    Open open = opened.get(descriptor);
    if (open == null) {
      throw new AssertionError("descriptor " + descriptor + " is not open");
    }
    return open.inode();
  }

  private Inode find(int directory, String name) throws PosixException {
    String plain = name.startsWith("./") ? name.substring(2) : name;
    Inode parent = inode(directory);
    Inode found = plain.equals(".") ? parent : parent.entries.get(plain);
    if (found == null) {
      throw new PosixException("find " + name, Errno.ENOENT);
    }
    return found;
  }

  private Inode create(int directory, String name, int mode, boolean isDirectory)
      throws PosixException {
    Set<Long> used = new HashSet<>(Set.of(root.number));
    collect(root, used);
    opened.values().forEach(open -> used.add(open.inode().number));
    long number = 2;
    while (used.contains(number)) {
      number++;
    }
    Inode created = new Inode(number, mode, isDirectory);
    inode(directory).entries.put(name.startsWith("./") ? name.substring(2) : name, created);
    return created;
  }

  private static void collect(Inode directory, Set<Long> used) {
    for (Inode entry : directory.entries.values()) {
      used.add(entry.number);
      collect(entry, used);
    }
  }

  @Override
  public int open(int directory, String name, int flags, int mode) throws PosixException {
    step();
    Inode inode;
    try {
      inode = find(directory, name);
    } catch (PosixException e) {
      if ((flags & FileSystem.CREATE) == 0) {
        throw e;
      }
      inode = create(directory, name, mode, false);
    }
    if ((flags & FileSystem.TRUNCATE) != 0) {
      inode.data = new byte[0];
    }
    nextDescriptor++;
    opened.put(nextDescriptor, new Open(inode));
    return nextDescriptor;
  }

  @Override
  public void close(int descriptor) throws PosixException {
    step();
    inode(descriptor);
    opened.remove(descriptor);
  }

  @Override
  public int read(int descriptor, byte[] target, int limit) {
    step();
    int length = chunk(limit);
    System.arraycopy(pipe, pipePosition, target, 0, length);
    pipePosition += length;
    return length;
  }

  private int chunk(int limit) {
    int most = Math.min(Math.min(limit, maxChunk), pipe.length - pipePosition);
    return most == 0 ? 0 : 1 + random.nextInt(most);
  }

  @Override
  public int readAt(int descriptor, byte[] target, long position) throws PosixException {
    step();
    byte[] data = inode(descriptor).data;
    int length = Math.clamp(data.length - position, 0, target.length);
    if (length > 0) {
      System.arraycopy(data, (int) position, target, 0, length);
    }
    return length;
  }

  @Override
  public int write(int descriptor, byte[] bytes, int from, int to) throws PosixException {
    stepThatNeedsSpace();
    Inode inode = inode(descriptor);
    int length = random.nextInt(4) == 0 ? 1 + random.nextInt(to - from) : to - from;
    put(inode, inode.data.length, Arrays.copyOfRange(bytes, from, from + length));
    return length;
  }

  @Override
  public int writeAt(int descriptor, byte[] bytes, int length, long position)
      throws PosixException {
    stepThatNeedsSpace();
    Inode inode = inode(descriptor);
    if (random.nextInt(8) == 0) {
      // A process that is killed within a long write has written a part of it.
      put(inode, (int) position, Arrays.copyOf(bytes, random.nextInt(length)));
      step();
    }
    put(inode, (int) position, Arrays.copyOf(bytes, length));
    return length;
  }

  private static void put(Inode inode, int position, byte[] bytes) {
    int end = position + bytes.length;
    if (end > inode.data.length) {
      inode.data = Arrays.copyOf(inode.data, end);
    }
    System.arraycopy(bytes, 0, inode.data, position, bytes.length);
  }

  @Override
  public int splice(int input, int file, long position, int limit) throws PosixException {
    if (input != PIPE) {
      throw new AssertionError("not the pipe");
    }
    stepThatNeedsSpace();
    int length = chunk(limit);
    put(inode(file), (int) position, Arrays.copyOfRange(pipe, pipePosition, pipePosition + length));
    pipePosition += length;
    return length;
  }

  @Override
  public void synchronize(int descriptor) {
    step();
  }

  @Override
  public void truncate(int descriptor, long sizeBytes) throws PosixException {
    step();
    Inode inode = inode(descriptor);
    inode.data = Arrays.copyOf(inode.data, (int) sizeBytes);
  }

  @Override
  public void lock(int descriptor) {
    step();
  }

  @Override
  public void makeDirectory(int directory, String name, int mode) throws PosixException {
    step();
    try {
      find(directory, name);
    } catch (PosixException _) {
      create(directory, name, mode, true);
      return;
    }
    throw new PosixException("mkdir", Errno.EEXIST);
  }

  @Override
  public void rename(int directory, String from, String to) throws PosixException {
    step();
    Inode inode = find(directory, from);
    inode(directory).entries.remove(from);
    inode(directory).entries.put(to, inode);
  }

  @Override
  public void link(int directory, String from, String to) throws PosixException {
    step();
    Inode inode = find(directory, from);
    if (inode(directory).entries.containsKey(to)) {
      throw new PosixException("link", Errno.EEXIST);
    }
    inode.links++;
    inode(directory).entries.put(to, inode);
  }

  @Override
  public void unlink(int directory, String name) throws PosixException {
    step();
    find(directory, name).links--;
    inode(directory).entries.remove(name);
  }

  @Override
  public void changeMode(int directory, String name, int mode) throws PosixException {
    step();
    find(directory, name).mode = mode;
  }

  @Override
  public void changeMode(int descriptor, int mode) throws PosixException {
    step();
    inode(descriptor).mode = mode;
  }

  @Override
  public FileStatus status(int directory, String name) throws PosixException {
    step();
    return status(find(directory, name));
  }

  @Override
  public FileStatus status(int descriptor) throws PosixException {
    step();
    return status(inode(descriptor));
  }

  private static FileStatus status(Inode inode) {
    int type = inode.isDirectory ? DIRECTORY_TYPE : FILE_TYPE;
    return new FileStatus(
        new FileIdentity(1, inode.number, 0), type | inode.mode, inode.links, inode.data.length);
  }

  @Override
  public List<String> list(int directory) throws PosixException {
    step();
    return List.copyOf(inode(directory).entries.keySet());
  }

  /** Copies {@code previous}, and fails now and then in the middle. */
  @Override
  public int start(int directory, String command) throws PosixException {
    int previous = open(directory, "previous", FileSystem.READ, 0);
    int renew = FileSystem.WRITE | FileSystem.CREATE | FileSystem.TRUNCATE;
    int processed = open(directory, "processed", renew, 0644);
    int newState = open(directory, "newstate", renew, 0644);
    put(inode(processed), 0, inode(previous).data);
    put(inode(newState), 0, new byte[] {'n'});
    close(previous);
    close(processed);
    close(newState);
    return 1;
  }

  @Override
  public ExitStatus await(int pid) {
    step();
    return new ExitStatus(random.nextInt(4) == 0 ? 1 : 0, 0);
  }

  /** The bytes that have not been read yet. */
  String inPipe() {
    return new String(pipe, StandardCharsets.ISO_8859_1).substring(pipePosition);
  }

  /** True if there is such a log, and it is not beginning a new file. */
  boolean isWhole(String log) {
    return root.entries.containsKey(log)
        && names(log).contains("current")
        && !names(log).contains("previous");
  }

  /** Copies a directory of files, as cp(1) does; from outside of the process. */
  void copyDirectory(String from, String to) {
    try {
      create(ROOT, to, 0755, true);
      for (Map.Entry<String, Inode> entry : root.entries.get(from).entries.entrySet()) {
        Inode copy = create(ROOT, "copy", entry.getValue().mode, false);
        copy.data = entry.getValue().data.clone();
        root.entries.remove("copy");
        root.entries.get(to).entries.put(entry.getKey(), copy);
      }
    } catch (PosixException e) {
      throw new AssertionError("the root is there", e);
    }
  }

  /** All that a log has collected, in order. */
  String contents(String log) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Map<String, Inode> entries = root.entries.get(log).entries;
    entries.forEach((name, inode) -> {
      if (name.startsWith("@")) {
        all.writeBytes(inode.data);
      }
    });
    all.writeBytes(entries.get("current").data);
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** The names in a log's directory. */
  Set<String> names(String log) {
    return root.entries.get(log).entries.keySet();
  }
}
