package djbdns.supervise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.posix.Descriptors;
import djbdns.posix.Descriptors.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventLoopTest {
  private final List<String> thrown = new ArrayList<>();

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void shouldGoOnWhateverATaskThrows() throws Exception {
    Descriptors descriptors = new Descriptors();
    EventLoop loop = new EventLoop(descriptors, System::nanoTime, e -> thrown.add(e.getMessage()));
    Pipe pipe = descriptors.pipe();
    descriptors.write(pipe.writeEnd(), new byte[] {1});
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
