package djbdns.server;

import io.netty.channel.unix.Errors.NativeIoException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says that files or memory have run out: one line for each kind, at most once a minute. For use by
 * any thread.
 */
final class Shortages {
  /** The resources that can run out. */
  private enum Kind {
    FILES("too many open files: new connections have to wait"),
    MEMORY("out of memory for packets: some are dropped");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static final long SILENCE_NS = 60_000_000_000L;

  private static final int ENFILE = 23;
  private static final int EMFILE = 24;

  private final Consumer<String> warnings;
  private final LongSupplier nanoTime;
  private final Map<Kind, Long> saidNs = new EnumMap<>(Kind.class);

  /**
   * Nothing has run out yet.
   *
   * @param warnings gets what there is to say, without the program's name
   * @param nanoTime as {@link System#nanoTime}
   */
  Shortages(Consumer<String> warnings, LongSupplier nanoTime) {
    this.warnings = warnings;
    this.nanoTime = nanoTime;
  }

  /** Says so if it is a shortage, and has not been said within the last minute. */
  void note(Throwable error) {
    if (isOfMemory(error)) {
      say(Kind.MEMORY);
    } else if (isOfFiles(error)) {
      say(Kind.FILES);
    }
  }

  static boolean isOfMemory(Throwable error) {
    return error instanceof OutOfMemoryError;
  }

  static boolean isOfFiles(Throwable error) {
    return error instanceof NativeIoException e
        && (e.expectedErr() == -EMFILE || e.expectedErr() == -ENFILE);
  }

  private synchronized void say(Kind kind) {
    long nowNs = nanoTime.getAsLong();
    Long before = saidNs.get(kind);
    if (before == null || nowNs - before >= SILENCE_NS) {
      saidNs.put(kind, nowNs);
      warnings.accept(kind.words);
    }
  }
}
