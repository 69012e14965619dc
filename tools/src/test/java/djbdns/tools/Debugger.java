package djbdns.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has a process make system calls of gdb's choice, as a hostile packet might that took it over. */
final class Debugger {
  private static final Path GDB = Path.of("/usr/bin/gdb");
  private static final int TIMEOUT_SECONDS = 120;

  /** How far below the stack pointer the string arguments are: out of the way of the calls. */
  private static final int SCRATCH_BYTES = 16_384;

  private static final Pattern RESULT = Pattern.compile("attempt (\\d+) (-?\\d+) (\\d+)");

  /**
   * A system call.
   *
   * @param text what its arguments call $text
   * @param arguments number and arguments, in gdb's words
   */
  record Attempt(String name, String text, String arguments) {}

  private Debugger() {}

  static void assumeUsable() throws IOException {
    assumeTrue(TinydnsProcess.isRoot(), "only root can debug a process of another user");
    assumeTrue(Files.isExecutable(GDB), "Debian package gdb is not installed");
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "system calls are those of x86-64");
  }

  /**
   * Makes the calls, one after the other, on the first thread of a process.
   *
   * @return the name of each and its errno, 0 if it succeeded
   */
  static Map<String, Integer> make(Path directory, long pid, List<Attempt> attempts)
      throws IOException, InterruptedException {
    List<String> script = new ArrayList<>();
    script.add("set confirm off");
    script.add("set pagination off");
    script.add("set sysroot /");
    script.add("handle SIGSEGV nostop noprint pass");
    script.add("attach " + pid);
    script.add("set scheduler-locking on");
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      script.add("set $text = (long) $sp - " + SCRATCH_BYTES);
      script.add(
          "set {char[%d]} $text = \"%s\"".formatted(attempt.text().length() + 1, attempt.text()));
      script.add(
          "set $result = ((long (*) (long, long, long, long, long, long, long)) syscall) ("
              + attempt.arguments()
              + ", 0".repeat(6 - attempt.arguments().replaceAll("[^,]", "").length())
              + ")");
      script.add("set $errno = *((int *(*) (void)) __errno_location) ()");
      script.add("printf \"attempt %d %%ld %%d\\n\", $result, $errno".formatted(i));
    }
    script.add("detach");
    Path file = Files.write(directory.resolve("attempts.gdb"), script);
    Execution execution =
        Execution.of(
            directory,
            Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"),
            List.of(GDB.toString(), "-nx", "-batch", "-x", file.toString()),
            TIMEOUT_SECONDS);
    Map<String, Integer> errnos = new LinkedHashMap<>();
    Matcher matcher = RESULT.matcher(execution.output());
    while (matcher.find()) {
      Attempt attempt = attempts.get(Integer.parseInt(matcher.group(1)));
      boolean failed = matcher.group(2).equals("-1");
      errnos.put(attempt.name(), failed ? Integer.parseInt(matcher.group(3)) : 0);
    }
    if (errnos.size() != attempts.size()) {
      throw new AssertionError("gdb: " + execution);
    }
    return errnos;
  }
}
