package djbdns.tools.daemontools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tools.Execution;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fghack ends, and for whom it waits. */
final class FghackIT {
  @TempDir private Path directory;

  private Comparison comparison;

  @BeforeEach
  void makeComparison() {
    comparison = new Comparison(directory);
  }

  private Execution same(String script) throws Exception {
    return comparison.assertSame("@fghack", "sh", "-c", script);
  }

  @Test
  void shouldEndAsTheProgramDoes() throws Exception {
    assertEquals(new Execution(0, "out\n", "err\n"), same("echo out; echo err >&2"));
    assertEquals(7, same("exit 7").exitCode());
    assertEquals(255, same("exit 255").exitCode());
    assertEquals(new Execution(111, "", "fghack: fatal: child crashed\n"), same("kill -9 $$"));
  }

  @Test
  void shouldWaitForWhatTheProgramLeavesBehind() throws Exception {
    // Without fghack, the last word would come after the end.
    assertEquals("first\nlast\n", same("(sleep 0.3; echo last) & echo first; exit 3").output());
  }

  @Test
  void shouldNotWaitForWhoClosesTheDescriptors() throws Exception {
    Execution execution =
        comparison.assertSame(
            "@fghack",
            "bash",
            "-c",
            "(for i in {3..60}; do eval \"exec $i>&-\"; done; exec >/dev/null 2>&1; sleep 5) &"
                + " echo done");
    assertEquals(new Execution(0, "done\n", ""), execution);
  }

  @Test
  void shouldReadWhatIsWrittenByMistake() throws Exception {
    assertEquals(0, same("head -c 200000 /dev/zero >&5; head -c 10 /dev/zero >&9").exitCode());
  }
}
