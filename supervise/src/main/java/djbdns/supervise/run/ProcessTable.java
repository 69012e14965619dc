package djbdns.supervise.run;

import djbdns.posix.FileStatus;
import djbdns.posix.FileSystem;
import djbdns.posix.PosixException;
import djbdns.supervise.status.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The system's processes, as proc(5) shows them. */
final class ProcessTable {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int STATE_FIELD = 0;
  private static final int PARENT_FIELD = 1;
  private static final int GROUP_FIELD = 2;
  private static final int START_FIELD = 19;

  /** The kernel shows its ticks to programs as hundredths of a second, whatever it counts in. */
  private static final int TICKS_PER_SECOND = 100;

  /** How long after its supervisor was about to start it a process may have started: a minute. */
  private static final int START_TICKS = 60 * TICKS_PER_SECOND;

  private static final int INIT = 1;

  private final FileSystem files;
  private final String bootId;

  ProcessTable(FileSystem files) throws IOException {
    this.files = files;
    this.bootId = Files.readString(BOOT_ID).strip();
  }

  /** What tells this run of the kernel from every other. */
  String bootId() {
    return bootId;
  }

  /** A process by its pid; empty if there is none, or only a zombie. */
  Optional<ProcessIdentity> find(int pid) {
    return fields(pid)
        .filter(fields -> !fields[STATE_FIELD].equals("Z"))
        .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_FIELD])));
  }

  /** The fields of /proc/PID/stat that follow the name. */
  private static Optional<String[]> fields(int pid) {
    try {
      String line =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a process leads a process group. */
  boolean leadsGroup(int pid) {
    return fields(pid).filter(f -> f[GROUP_FIELD].equals(Integer.toString(pid))).isPresent();
  }

  /** Whether a process is still there. */
  boolean isAlive(ProcessIdentity process) {
    return find(process.pid()).filter(process::equals).isPresent();
  }

  /** The present time, in clock ticks since the system started. */
  static long nowTicks() throws IOException {
    String line = Files.readString(Path.of("/proc/uptime"));
    return (long) (Double.parseDouble(line.substring(0, line.indexOf(' '))) * TICKS_PER_SECOND);
  }

  /**
   * Looks for a process whose supervisor was killed after it had started it and before it could
   * write down which one it is. Its parent is then one that takes orphans: process 1, or an
   * ancestor that it shares with us.
   *
   * @param sinceTicks when the supervisor was about to start it
   * @param directory its working directory, unless it has changed that
   * @param pipeInode the pipe to or from the logger that it has; 0 if there is none
   */
  Optional<ProcessIdentity> findOrphan(long sinceTicks, FileStatus directory, long pipeInode)
      throws IOException {
    Set<Integer> parents = ancestors();
    Optional<ProcessIdentity> oldest = Optional.empty();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path entry : entries) {
        Optional<ProcessIdentity> found =
            find(Integer.parseInt(entry.getFileName().toString()))
                .filter(process -> isAbout(process.startTicks(), sinceTicks))
                .filter(process -> parents.contains(parent(process.pid())))
                .filter(process -> worksIn(process.pid(), directory, pipeInode));
        oldest = oldest.isEmpty() ? found : older(oldest.get(), found);
      }
    }
    return oldest;
  }

  /** This process's parent, its parent and so on; with {@link #INIT}. */
  private static Set<Integer> ancestors() {
    Set<Integer> ancestors = new HashSet<>(Set.of(INIT));
    int ancestor = parent((int) ProcessHandle.current().pid());
    while (ancestor > INIT && ancestors.add(ancestor)) {
      ancestor = parent(ancestor);
    }
    return ancestors;
  }

  /** 0 for a process that is not there or has none. */
  private static int parent(int pid) {
    return fields(pid).map(fields -> Integer.parseInt(fields[PARENT_FIELD])).orElse(0);
  }

  private static Optional<ProcessIdentity> older(
      ProcessIdentity oldest, Optional<ProcessIdentity> found) {
    return found.filter(f -> f.startTicks() < oldest.startTicks()).or(() -> Optional.of(oldest));
  }

  private static boolean isAbout(long startTicks, long sinceTicks) {
    return startTicks >= sinceTicks - 1 && startTicks <= sinceTicks + START_TICKS;
  }

  /** Whether a directory is the working directory of a process. */
  boolean worksIn(int pid, FileStatus directory) {
    return status(pid, "cwd").filter(directory::isSameFile).isPresent();
  }

  private boolean worksIn(int pid, FileStatus directory, long pipeInode) {
    return worksIn(pid, directory)
        || (pipeInode != 0
            && (hasInode(pid, "fd/0", pipeInode) || hasInode(pid, "fd/1", pipeInode)));
  }

  private boolean hasInode(int pid, String link, long inode) {
    return status(pid, link).filter(FileStatus::isFifo).filter(s -> s.inode() == inode).isPresent();
  }

  private Optional<FileStatus> status(int pid, String link) {
    try {
      return Optional.of(files.status(FileSystem.CURRENT, "/proc/" + pid + "/" + link));
    } catch (PosixException e) {
      // Gone by now, or another user's.
      return Optional.empty();
    }
  }
}
