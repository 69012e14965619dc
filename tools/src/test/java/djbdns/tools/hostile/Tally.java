package djbdns.tools.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of honest questions: how many were answered rightly, and when. */
final class Tally {
  /** No client waits longer. */
  static final int PATIENCE_MS = 5_000;

  private final List<Integer> latenciesMicros = new ArrayList<>();
  private int asked;

  synchronized void ask() {
    asked++;
  }

  synchronized void answer(long micros) {
    if (micros <= PATIENCE_MS * 1_000L) {
      latenciesMicros.add((int) micros);
    }
  }

  synchronized int asked() {
    return asked;
  }

  /** 0 to 1; 1 if nobody asked. */
  synchronized double share() {
    return asked == 0 ? 1 : (double) latenciesMicros.size() / asked;
  }

  /** The latency in ms that so large a part of all questions stayed below, as text. */
  synchronized String quantile(double part) {
    List<Integer> sorted = latenciesMicros.stream().sorted().toList();
    int index = (int) (part * asked);
    if (asked == 0) {
      return "-";
    }
    return index >= sorted.size()
        ? "none"
        : String.format(Locale.ROOT, "%.1f", sorted.get(index) / 1_000.0);
  }
}
