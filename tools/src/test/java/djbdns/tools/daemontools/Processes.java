package djbdns.tools.daemontools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's processes, as proc(5) shows them. */
final class Processes {
  private Processes() {}

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  private static String read(long pid, String name) {
    try {
      return Files.readString(file(pid, name), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Gone by now, or another user's.
      return "";
    }
  }

  /** R, S, T for stopped, Z for a zombie; nothing if there is no such process. */
  static String state(long pid) {
    String stat = read(pid, "stat");
    int name = stat.lastIndexOf(')');
    return name < 0 ? "" : stat.substring(name + 2, name + 3);
  }

  /** True if a process is there, and not as a zombie. */
  static boolean isAlive(long pid) {
    String state = state(pid);
    return !state.isEmpty() && !state.equals("Z");
  }

  /** A line of /proc/PID/status. */
  static String status(long pid, String field) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** The process group. */
  static String group(long pid) {
    String stat = read(pid, "stat");
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2];
  }

  /** What a descriptor stands for, such as {@code pipe:[4711]}; empty if it is closed. */
  static Optional<String> descriptor(long pid, int number) {
    try {
      return Optional.of(Files.readSymbolicLink(file(pid, "fd/" + number)).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** How many descriptors are open. */
  static long descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(file(pid, "fd"))) {
      return open.count();
    }
  }

  /** Sends a signal, by kill(1)'s name of it. */
  static void signal(long pid, String name) throws Exception {
    String kill = "kill -" + name + " " + pid;
    new ProcessBuilder("/bin/sh", "-c", kill).inheritIO().start().waitFor();
  }

  /** Every process that has got an entry of its environment from a test. */
  static List<Long> withEnvironment(String entry) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .map(Long::valueOf)
          .filter(pid -> ("\0" + read(pid, "environ")).contains("\0" + entry + "\0"))
          .toList();
    }
  }
}
