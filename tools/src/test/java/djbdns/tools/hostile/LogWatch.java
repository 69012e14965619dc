package djbdns.tools.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a resolver's log as fast as it comes, and keeps what is not an event of every day. Is used
 * by the thread that reads, but for what it has kept.
 */
final class LogWatch {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int MAX_LINE_BYTES = 2_000;
  private static final int MAX_KEPT = 1_000;

  /** The first words of the lines that dnscache logs for queries and answers. */
  private static final Set<String> USUAL =
      Set.of(
          "starting",
          "query",
          "sent",
          "drop",
          "cached",
          "tx",
          "rr",
          "nodata",
          "nxdomain",
          "lame",
          "servfail",
          "stats",
          "tcpopen",
          "tcpclose");

  private final List<String> unusual = new ArrayList<>();

  /** The start of a line whose end has not come yet. */
  private final byte[] line = new byte[MAX_LINE_BYTES];

  private int lineLength;

  /** Reads to the end. */
  void read(InputStream log) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (log) {
      for (int count = log.read(chunk); count >= 0; count = log.read(chunk)) {
        read(chunk, count);
      }
    } catch (IOException e) {
      // The pipe ends with the process.
    }
  }

  private void read(byte[] chunk, int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        add(chunk, start, i);
        check();
        lineLength = 0;
        start = i + 1;
      }
    }
    add(chunk, start, count);
  }

  private void add(byte[] chunk, int from, int to) {
    int added = Math.min(to - from, MAX_LINE_BYTES - lineLength);
    System.arraycopy(chunk, from, line, lineLength, added);
    lineLength += added;
  }

  private void check() {
    int end = 0;
    while (end < lineLength && line[end] != ' ') {
      end++;
    }
    if (!USUAL.contains(new String(line, 0, end, ISO_8859_1))) {
      keep(new String(line, 0, lineLength, ISO_8859_1));
    }
  }

  private synchronized void keep(String line) {
    if (unusual.size() < MAX_KEPT) {
      unusual.add(line);
    }
  }

  synchronized List<String> unusual() {
    return List.copyOf(unusual);
  }
}
