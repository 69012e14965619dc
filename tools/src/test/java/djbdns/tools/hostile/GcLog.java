package djbdns.tools.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pauses of a JVM, from what {@code -Xlog:gc:file=...:timemillis} has written.
 *
 * @param pauses of all processes that have written to a file, in order
 */
record GcLog(List<Pause> pauses) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\[([0-9]+)ms\\] GC.* Pause (Full|Young) .*->([0-9]+)M\\([0-9]+M\\) ([0-9.]+)ms");

  /**
   * A pause.
   *
   * @param atMs its end, as System.currentTimeMillis tells it
   * @param full whether all of the heap was collected
   * @param heapMib what was left
   */
  record Pause(long atMs, boolean full, int heapMib, double ms) {}

  /** Reads the files that are there. */
  static GcLog read(List<Path> files) throws IOException {
    List<Pause> pauses = new ArrayList<>();
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
          lines.forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
              pauses.add(
                  new Pause(
                      Long.parseLong(matcher.group(1)),
                      matcher.group(2).equals("Full"),
                      Integer.parseInt(matcher.group(3)),
                      Double.parseDouble(matcher.group(4))));
            }
          });
        }
      }
    }
    return new GcLog(List.copyOf(pauses));
  }

  GcLog between(long fromMs, long toMs) {
    return new GcLog(
        pauses.stream().filter(pause -> pause.atMs() >= fromMs && pause.atMs() < toMs).toList());
  }

  double totalMs() {
    return pauses.stream().mapToDouble(Pause::ms).sum();
  }

  /** What was in use at most behind a collection of all of the heap; 0 if there was none. */
  int maxLiveMib() {
    return pauses.stream().filter(Pause::full).mapToInt(Pause::heapMib).max().orElse(0);
  }

  /** 0 if there was no pause. */
  int maxHeapMib() {
    return pauses.stream().mapToInt(Pause::heapMib).max().orElse(0);
  }
}
