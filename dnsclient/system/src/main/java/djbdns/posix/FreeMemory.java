package djbdns.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the kernel still has for this process: what proc(5) tells of the machine, and
 * cgroups(7), versions 1 and 2, of the groups that the process is in. Whoever takes more is killed
 * without a word. The files are opened when this is made, so that they can be read behind
 * chroot(2). What cannot be read sets no limit. For use by one thread.
 */
public final class FreeMemory implements LongSupplier {
  private static final int MAX_FILE_BYTES = 1 << 14;
  private static final Pattern GROUP = Pattern.compile("(?m)^\\d+:(memory)?:(/.*)$");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

  /** File pages, which the kernel drops when it needs memory. */
  private static final Pattern FILE_PAGES =
      Pattern.compile("(?m)^(?:active|inactive)_file (\\d+)$");

  /** The same with the groups below, in version 1. */
  private static final Pattern ALL_FILE_PAGES =
      Pattern.compile("(?m)^total_(?:active|inactive)_file (\\d+)$");

  /** The files of a group: its limit, what it has taken, and what that consists of. */
  private record Group(FileChannel limit, FileChannel usage, FileChannel statistics) {
    long freeBytes() {
      Optional<Long> most = number(limit);
      Optional<Long> taken = number(usage);
      return most.isPresent() && taken.isPresent()
          ? Math.max(0, most.get() - taken.get() + filePagesBytes())
          : Long.MAX_VALUE;
    }

    private long filePagesBytes() {
      String text = text(statistics);
      return Math.max(sum(ALL_FILE_PAGES, text), sum(FILE_PAGES, text));
    }
  }

  private final Optional<FileChannel> machine;
  private final List<Group> groups = new ArrayList<>();

  /** Opens what there is. */
  public FreeMemory() {
    this(Path.of("/"));
  }

  /** The same below another directory than the root. */
  FreeMemory(Path root) {
    machine = open(root.resolve("proc/meminfo"));
    Path mounts = root.resolve("sys/fs/cgroup");
    Matcher group = GROUP.matcher(text(root.resolve("proc/self/cgroup")));
    while (group.find()) {
      Path mount = group.group(1) == null ? mounts : mounts.resolve("memory");
      addAll(mount, group.group(2).substring(1));
    }
  }

  /** A group and those that it is in, each of which has its limit. */
  private void addAll(Path mount, String path) {
    try {
      Path group = mount.resolve(path).normalize();
      while (group.startsWith(mount)) {
        add(group, "memory.max", "memory.current");
        add(group, "memory.limit_in_bytes", "memory.usage_in_bytes");
        group = group.getParent();
      }
    } catch (InvalidPathException e) {
      // A group that cannot be found sets no limit that could be known.
      return;
    }
  }

  private void add(Path group, String limit, String usage) {
    Optional<FileChannel> most = open(group.resolve(limit));
    Optional<FileChannel> taken = open(group.resolve(usage));
    Optional<FileChannel> statistics = open(group.resolve("memory.stat"));
    if (most.isPresent() && taken.isPresent() && statistics.isPresent()) {
      groups.add(new Group(most.get(), taken.get(), statistics.get()));
    }
  }

  private static Optional<FileChannel> open(Path file) {
    try {
      return Files.exists(file) ? Optional.of(FileChannel.open(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(FileChannel file) {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_FILE_BYTES);
    try {
      int length = Math.max(0, file.read(bytes, 0));
      return new String(bytes.array(), 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Empty for {@code max}, and where there is no number to be read. */
  private static Optional<Long> number(FileChannel file) {
    String text = text(file).strip();
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static long sum(Pattern pattern, String text) {
    long sum = 0;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1));
    }
    return sum;
  }

  /** Bytes that can be taken at the moment; {@link Long#MAX_VALUE} if nobody knows. */
  @Override
  public long getAsLong() {
    long free = Long.MAX_VALUE;
    if (machine.isPresent()) {
      Matcher available = AVAILABLE.matcher(text(machine.get()));
      free = available.find() ? 1024 * Long.parseLong(available.group(1)) : free;
    }
    for (Group group : groups) {
      free = Math.min(free, group.freeBytes());
    }
    return free;
  }
}
