package djbdns.tools.daemontools;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes do: as short as possible, and long before it gives up. */
final class Await {
  private static final int PAUSE_MS = 10;
  private static final long GIVE_UP_SECONDS = 60;

  /** Something that can be looked at again and again. */
  @FunctionalInterface
  interface Look<T> {
    T look() throws Exception;
  }

  private Await() {}

  /** Returns once a condition holds. */
  static void until(String what, Look<Boolean> condition) throws Exception {
    until(() -> what, condition);
  }

  /** The same, with a text that is made only if it does not. */
  static void until(Look<String> what, Look<Boolean> condition) throws Exception {
    value(what, () -> condition.look() ? Optional.of(true) : Optional.empty());
  }

  /** Returns a value once there is one. */
  static <T> T value(String what, Look<Optional<T>> source) throws Exception {
    return value(() -> what, source);
  }

  private static <T> T value(Look<String> what, Look<Optional<T>> source) throws Exception {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    while (true) {
      Optional<T> value = source.look();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("has not come to pass: " + what.look());
      }
      Thread.sleep(PAUSE_MS);
    }
  }
}
