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

  /** The length of the instruction syscall. */
  private static final int SYSCALL_BYTES = 2;

  /** Where a system call has its number and its arguments. */
  private static final List<String> REGISTERS =
      List.of("rax", "rdi", "rsi", "rdx", "r10", "r8", "r9");

  private static final Pattern RESULT = Pattern.compile("attempt (\\d+) (-?\\d+)");

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
    // The thread waits in a system call: what made it is right before where it will go on.
    script.add("set $entry = (long) $rip - %d".formatted(SYSCALL_BYTES));
    script.add("set $waiting = $orig_rax");
    REGISTERS.forEach(register -> script.add("set $old_%1$s = $%1$s".formatted(register)));
    for (int i = 0; i < attempts.size(); i++) {
      script.addAll(commands(i, attempts.get(i)));
    }
    REGISTERS.forEach(register -> script.add("set $%1$s = $old_%1$s".formatted(register)));
    script.add("set $rax = $waiting");
    script.add("set $rip = $entry");
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
      errnos.put(attempt.name(), Math.max(0, -Integer.parseInt(matcher.group(2))));
    }
    if (errnos.size() != attempts.size()) {
      throw new AssertionError("gdb: " + execution);
    }
    return errnos;
  }

  /** Registers and one instruction, since gdb cannot call functions on every processor. */
  private static List<String> commands(int index, Attempt attempt) {
    List<String> commands = new ArrayList<>();
    int bytes = attempt.text().length() + 1;
    commands.add("set $text = (long) $sp - " + SCRATCH_BYTES);
    commands.add("set {char[%d]} $text = \"%s\"".formatted(bytes, attempt.text()));
    String[] arguments = attempt.arguments().split(", ", -1);
    for (int i = 0; i < REGISTERS.size(); i++) {
      String value = i < arguments.length ? arguments[i] : "0";
      commands.add("set $%s = %s".formatted(REGISTERS.get(i), value));
    }
    commands.add("set $orig_rax = -1");
    commands.add("set $rip = $entry");
    commands.add("stepi");
    commands.add("printf \"attempt %d %%ld\\n\", $rax".formatted(index));
    return commands;
  }
}
