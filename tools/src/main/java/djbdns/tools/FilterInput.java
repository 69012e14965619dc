package djbdns.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a stream that may come late, for somebody who must not wait for them. A thread of
 * its own reads, at most two blocks ahead of what has been taken. All but that thread's work
 * belongs to one thread.
 */
final class FilterInput {
  private static final int BLOCK_BYTES = 8192;

  private final InputStream in;
  private final Runnable whenChanged;

  /** The present block, and the start of a line that it does not end. */
  private byte[] block = {};

  private int next;
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

  /** The input that has been read and not been taken, empty if none; guarded by this. */
  private Optional<byte[]> read = Optional.empty();

  private boolean ended;
  private Optional<IOException> failure = Optional.empty();

  private FilterInput(InputStream in, Runnable whenChanged) {
    this.in = in;
    this.whenChanged = whenChanged;
  }

  /**
   * Starts to read.
   *
   * @param whenChanged called by the thread that reads, when there may be another line; not after
   *     {@link #isAtEnd} has been true
   */
  static FilterInput start(InputStream in, Runnable whenChanged) {
    FilterInput input = new FilterInput(in, whenChanged);
    Thread reader = new Thread(input::readAll, "input");
    reader.setDaemon(true);
    reader.start();
    return input;
  }

  private void readAll() {
    byte[] buffer = new byte[BLOCK_BYTES];
    Optional<IOException> cause = Optional.empty();
    try {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        offer(Arrays.copyOf(buffer, count));
      }
    } catch (IOException e) {
      cause = Optional.of(e);
    } catch (InterruptedException e) {
      // Nobody wants the rest.
      return;
    }
    end(cause);
  }

  private synchronized void offer(byte[] bytes) throws InterruptedException {
    while (read.isPresent()) {
      wait();
    }
    read = Optional.of(bytes);
    whenChanged.run();
  }

  private synchronized void end(Optional<IOException> cause) {
    ended = true;
    failure = cause;
    whenChanged.run();
  }

  private synchronized Optional<byte[]> poll() {
    Optional<byte[]> polled = read;
    read = Optional.empty();
    notifyAll();
    return polled;
  }

  private synchronized boolean isAllPolled() {
    return ended && read.isEmpty();
  }

  /**
   * The next line with its newline, which only the last one may lack; empty if there is none yet,
   * or none any more. A character for each byte.
   */
  Optional<String> next() {
    while (true) {
      int newline = next;
      while (newline < block.length && block[newline] != '\n') {
        newline++;
      }
      if (newline < block.length) {
        Optional<String> line = Optional.of(line(newline + 1));
        next = newline + 1;
        return line;
      }
      partial.write(block, next, block.length - next);
      next = block.length;
      boolean last = isAllPolled();
      Optional<byte[]> polled = poll();
      if (polled.isPresent()) {
        block = polled.get();
        next = 0;
      } else {
        return last && partial.size() > 0 ? Optional.of(line(next)) : Optional.empty();
      }
    }
  }

  /** The line that ends in the present block. */
  private String line(int end) {
    if (partial.size() == 0) {
      return new String(block, next, end - next, StandardCharsets.ISO_8859_1);
    }
    partial.write(block, next, end - next);
    String line = partial.toString(StandardCharsets.ISO_8859_1);
    partial.reset();
    return line;
  }

  /** True if there will be no more lines. */
  boolean isAtEnd() {
    return next == block.length && partial.size() == 0 && isAllPolled();
  }

  /** The reason why the input has ended early, if it has. */
  synchronized Optional<IOException> failure() {
    return failure;
  }
}
