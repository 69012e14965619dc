package djbdns.supervise.calls;

import djbdns.posix.ExitStatus;
import djbdns.posix.FileSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A process of a {@link FakeKernel}. */
public final class FakeProcess {
  /** An open file, which several descriptors of several processes may stand for. */
  static final class OpenFile {
    final Inode inode;
    final int flags;
    final String path;

    /** The number of descriptors that stand for it. */
    int references;

    OpenFile(Inode inode, int flags, String path) {
      this.inode = inode;
      this.flags = flags;
      this.path = path;
    }

    boolean isForWriting() {
      return (flags & FileSystem.WRITE) != 0;
    }

    void count(int change) {
      if (isForWriting()) {
        inode.writers += change;
      } else {
        inode.readers += change;
      }
    }
  }

  final int pid;
  final long startTicks;
  final Inode workingDirectory;
  final List<String> words;
  final List<String> environment;
  final int group;
  final Script script;
  final Map<Integer, OpenFile> files = new TreeMap<>();
  final Map<String, Runnable> handlers = new HashMap<>();
  final List<Integer> signals = new ArrayList<>();

  /** The actions that wait until it is continued. */
  final List<Runnable> whenContinued = new ArrayList<>();

  int parent;
  boolean isSubreaper;
  boolean isStopped;
  Optional<ExitStatus> end = Optional.empty();

  FakeProcess(
      int pid,
      int parent,
      long startTicks,
      Inode workingDirectory,
      List<String> words,
      List<String> environment,
      int group,
      Script script) {
    this.pid = pid;
    this.parent = parent;
    this.startTicks = startTicks;
    this.workingDirectory = workingDirectory;
    this.words = words;
    this.environment = environment;
    this.group = group;
    this.script = script;
  }

  void put(int descriptor, OpenFile file) {
    files.put(descriptor, file);
    if (file.references == 0) {
      file.count(1);
    }
    file.references++;
  }

  OpenFile file(int descriptor) {
    OpenFile file = files.get(descriptor);
    if (file == null) {
      throw new AssertionError("descriptor " + descriptor + " is not open");
    }
    return file;
  }

  public int pid() {
    return pid;
  }

  public boolean isAlive() {
    return end.isEmpty();
  }

  public boolean isStopped() {
    return isStopped;
  }

  /** The program and its arguments. */
  public List<String> words() {
    return words;
  }

  public List<String> environment() {
    return environment;
  }

  /** True if it works in the directory that another one works in. */
  public boolean isInDirectoryOf(FakeProcess other) {
    return workingDirectory == other.workingDirectory;
  }

  /** The signals that it has been sent, in order. */
  public List<Integer> signals() {
    return List.copyOf(signals);
  }

  /** The inode of an open file; 0 if there is none. */
  public long inode(int descriptor) {
    OpenFile file = files.get(descriptor);
    return file == null ? 0 : file.inode.number;
  }

  /** The number of its open files. */
  public int openFiles() {
    return files.size();
  }
}
