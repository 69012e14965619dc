package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Execution;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ps(1) shows of readproctitle. */
final class ReadproctitleIT {
  private static final String[] COMMAND = {
    "@readproctitle", "service", "errors:", "..............."
  };

  @TempDir private Path directory;

  private Process start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Comparison.ours(COMMAND)).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(Comparison.environment());
    return builder.start();
  }

  /** Waits until the command line of the process is this, but for zero bytes at its end. */
  private static void awaitCommandLine(Process process, String expected) throws Exception {
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String shown = "";
    while (!shown.equals(expected)) {
      if (System.nanoTime() - deadlineNs > 0) {
        assertEquals(expected, shown);
      }
      Thread.onSpinWait();
      shown = Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll("\0+$", "");
    }
  }

  private static void write(OutputStream input, String text) throws Exception {
    input.write(text.getBytes(StandardCharsets.ISO_8859_1));
    input.flush();
  }

  @Test
  void shouldShowWhatItReadsAsItsLastArgument() throws Exception {
    Process process = start();
    String prefix = "readproctitle\0service\0errors:\0...";
    awaitCommandLine(process, prefix + "............");
    write(process.getOutputStream(), "hello");
    awaitCommandLine(process, prefix + ".......hello");
    write(process.getOutputStream(), "\0 w\u00e9rld\n");
    awaitCommandLine(process, prefix + "hello w\u00e9rld\n");
    write(process.getOutputStream(), "again and again");
    awaitCommandLine(process, prefix + "in and again");
    assertEquals(
        "readproctitle\n",
        Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm")));
    process.getOutputStream().close();
    assertEquals(0, process.waitFor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"@readproctitle", "@readproctitle a bcde", "@readproctitle a bcdef"})
  void shouldEndSilently(String words) throws Exception {
    new Comparison(directory).assertSame(words.split(" ", -1));
  }

  @Test
  void shouldFailSilentlyIfItCannotRead() throws Exception {
    Execution execution =
        new Comparison(directory)
            .assertSame("/bin/sh", "-c", "exec \"$@\" <.", "sh", "@readproctitle", "abcdef");
    assertEquals(
        List.of(111, "", ""), List.of(execution.exitCode(), execution.output(), execution.error()));
  }
}
