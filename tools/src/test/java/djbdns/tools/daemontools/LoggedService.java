package djbdns.tools.daemontools;

import java.io.IOException;

/**
 * A service with a logger, both of the shell. The service prints numbered lines; the logger copies
 * what it reads to a file, line by line.
 */
record LoggedService(Service main, Service log) {
  private static final String WRITER =
      """
      echo start >>record
      n=$(cat next 2>/dev/null || echo 1)
      while :; do
        echo "line $n"
        n=$((n + 1))
        echo $n >next.new
        mv next.new next
        sleep 0.01
      done
      """;

  private static final String READER =
      """
      echo start >>record
      exec cat >>lines
      """;

  static LoggedService in(Sandbox sandbox, String name) throws IOException {
    Service main = sandbox.service(name);
    return new LoggedService(main.script("run", WRITER), main.log().script("run", READER));
  }

  long lines() throws IOException {
    return log.lines("lines").size();
  }

  /** Waits until more lines have come than there are now. */
  void awaitMore() throws Exception {
    long now = lines();
    Await.until("more than " + now + " lines in " + log, () -> lines() >= now + 10);
  }

  /** How many lines are missing between those that are there. */
  long missing() throws IOException {
    long expected = 1;
    long missing = 0;
    for (String line : log.lines("lines")) {
      long number = Long.parseLong(line.substring("line ".length()));
      missing += Math.max(0, number - expected);
      expected = number + 1;
    }
    return missing;
  }

  /** How often lines are missing or there twice: never, but where a writer was killed. */
  long gaps() throws IOException {
    long expected = 1;
    long gaps = 0;
    for (String line : log.lines("lines")) {
      long number = Long.parseLong(line.substring("line ".length()));
      gaps += number == expected ? 0 : 1;
      expected = number + 1;
    }
    return gaps;
  }
}
