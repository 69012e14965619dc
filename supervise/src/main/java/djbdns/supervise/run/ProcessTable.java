package djbdns.supervise.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.calls.SystemCalls;
import djbdns.supervise.status.ProcessIdentity;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The processes of the system, as proc(5) shows them. */
final class ProcessTable {
  private static final int STATE_FIELD = 0;
  private static final int PARENT_FIELD = 1;
  private static final int GROUP_FIELD = 2;
  private static final int START_FIELD = 19;

  /** The kernel shows all its ticks to programs as hundredths of a second. */
  private static final int TICKS_PER_SECOND = 100;

  /** The longest time from the supervisor's note to the start of the process: a minute. */
  private static final int START_TICKS = 60 * TICKS_PER_SECOND;

  private static final int INIT = 1;
  private static final int MAX_FILE_BYTES = 4096;

  private final SystemCalls calls;
  private final String bootId;

  ProcessTable(SystemCalls calls) throws PosixException {
    this.calls = calls;
    this.bootId = read("sys/kernel/random/boot_id").strip();
  }

  private String read(String file) throws PosixException {
    byte[] bytes = calls.read(FileSystem.CURRENT, "/proc/" + file, MAX_FILE_BYTES);
    return new String(bytes, ISO_8859_1);
  }

  /** The identity of this boot of the kernel. */
  String bootId() {
    return bootId;
  }

  /** Finds a process by its pid; empty if there is none, or only a zombie. */
  Optional<ProcessIdentity> find(int pid) {
    return fields(Integer.toString(pid))
        .filter(fields -> !fields[STATE_FIELD].equals("Z"))
        .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_FIELD])));
  }

  /** The fields of /proc/PID/stat that follow the name. */
  private Optional<String[]> fields(String process) {
    try {
      String line = read(process + "/stat");
      return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  /** True if a process leads a process group. */
  boolean leadsGroup(int pid) {
    String group = Integer.toString(pid);
    return fields(group).filter(fields -> fields[GROUP_FIELD].equals(group)).isPresent();
  }

  /** True if a process has not ended. */
  boolean isAlive(ProcessIdentity process) {
    return find(process.pid()).filter(process::equals).isPresent();
  }

  /** The present time, in clock ticks since the system started. */
  long nowTicks() throws PosixException {
    String line = read("uptime");
    return (long) (Double.parseDouble(line.substring(0, line.indexOf(' '))) * TICKS_PER_SECOND);
  }

  /**
   * Looks for a process whose supervisor was killed after it had started the process and before it
   * could write down the pid. Its parent is then one that takes orphans: process 1, or an ancestor
   * that it shares with this process.
   *
   * @param sinceTicks the time when the supervisor was about to start it
   * @param directory its working directory, unless it has changed that
   * @param pipeDescriptor its descriptor of the pipe to or from the logger; a logger has the pipe
   *     at another one than its service
   * @param pipeInode the inode of that pipe; 0 if there is none
   */
  Optional<ProcessIdentity> findOrphan(
      long sinceTicks, FileStatus directory, int pipeDescriptor, long pipeInode)
      throws PosixException {
    Set<Integer> parents = ancestors();
    Optional<ProcessIdentity> oldest = Optional.empty();
    int proc = calls.openDirectory(FileSystem.CURRENT, "/proc");
    try {
      for (String name : calls.list(proc)) {
        Optional<ProcessIdentity> found =
            Optional.of(name)
                .filter(digits -> digits.matches("[1-9][0-9]{0,8}"))
                .flatMap(pid -> find(Integer.parseInt(pid)))
                .filter(process -> isAbout(process.startTicks(), sinceTicks))
                .filter(process -> parents.contains(parent(Integer.toString(process.pid()))))
                .filter(process ->
                    worksIn(process.pid(), directory)
                        || hasPipe(process.pid(), pipeDescriptor, pipeInode));
        oldest = oldest.isEmpty() ? found : older(oldest.get(), found);
      }
    } finally {
      calls.close(proc);
    }
    return oldest;
  }

  /** The parent of this process, the parent of that one and so on; with {@link #INIT}. */
  private Set<Integer> ancestors() {
    Set<Integer> ancestors = new HashSet<>(Set.of(INIT));
    int ancestor = parent("self");
    while (ancestor > INIT && ancestors.add(ancestor)) {
      ancestor = parent(Integer.toString(ancestor));
    }
    return ancestors;
  }

  /** The pid of a parent; 0 for a process that does not exist or has none. */
  private int parent(String process) {
    return fields(process).map(fields -> Integer.parseInt(fields[PARENT_FIELD])).orElse(0);
  }

  private static Optional<ProcessIdentity> older(
      ProcessIdentity oldest, Optional<ProcessIdentity> found) {
    return found.filter(f -> f.startTicks() < oldest.startTicks()).or(() -> Optional.of(oldest));
  }

  private static boolean isAbout(long startTicks, long sinceTicks) {
    return startTicks >= sinceTicks - 1 && startTicks <= sinceTicks + START_TICKS;
  }

  /** True if a directory is the working directory of a process. */
  boolean worksIn(int pid, FileStatus directory) {
    try {
      return calls.status(FileSystem.CURRENT, "/proc/" + pid + "/cwd").isSameFile(directory);
    } catch (PosixException e) {
      // It has ended, or belongs to another user.
      return false;
    }
  }

  private boolean hasPipe(int pid, int descriptor, long inode) {
    try {
      return inode != 0 && pathOfPipe(pid, descriptor, inode).isPresent();
    } catch (PosixException e) {
      // As above.
      return false;
    }
  }

  /** The path by which a pipe of a process can be opened; empty if it has another file there. */
  Optional<String> pathOfPipe(int pid, int descriptor, long inode) throws PosixException {
    String path = "/proc/" + pid + "/fd/" + descriptor;
    FileStatus status = calls.status(FileSystem.CURRENT, path);
    return status.isFifo() && status.inode() == inode ? Optional.of(path) : Optional.empty();
  }
}
