package djbdns.supervise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.posix.Descriptors.Pipe;
import djbdns.supervise.calls.PosixSystemCalls;
import djbdns.supervise.calls.SystemCalls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The event loop on the kernel. */
final class EventLoopTest {
  private final List<String> thrown = new ArrayList<>();

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void shouldGoOnWhateverATaskThrows() throws Exception {
    SystemCalls calls = new PosixSystemCalls();
    EventLoop loop = new EventLoop(calls, e -> thrown.add(e.getMessage()));
    Pipe pipe = calls.pipe();
    calls.write(pipe.writeEnd(), new byte[] {1});
    loop.watch(
        pipe.readEnd(),
        () -> {
          loop.unwatch(pipe.readEnd());
          loop.post(() -> fail("posted"));
          loop.post(loop::stop);
          fail("watched");
        });
    loop.schedule(0, () -> fail("scheduled"));
    loop.run();
    assertEquals(List.of("scheduled", "watched", "posted"), thrown);
  }
}
