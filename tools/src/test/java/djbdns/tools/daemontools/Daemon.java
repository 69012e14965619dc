package djbdns.tools.daemontools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program of a test that runs until it is told to end: svscan or supervise. */
record Daemon(Process process, Path output) {
  private static final int END_TIMEOUT_SECONDS = 60;

  long pid() {
    return process.pid();
  }

  void signal(String name) throws Exception {
    Processes.signal(pid(), name);
  }

  /** Waits for its end. */
  int exitCode() throws Exception {
    if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("has not ended: " + process + ": " + log());
    }
    return process.exitValue();
  }

  /** What it and its services have printed. */
  String log() {
    try {
      return Files.readString(output, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a crash would. */
  void kill() throws Exception {
    process.destroyForcibly();
    exitCode();
  }
}
