package djbdns.tools.hostile;

import java.util.List;
import java.util.Locale;

/**
 * What was seen in a phase.
 *
 * @param startMs as System.currentTimeMillis tells it
 * @param attackQueries that the attackers have sent
 * @param hostilePackets that the resolver has sent on account of them
 * @param cpuMs the resolver's processor time; wrong if it has ended meanwhile
 * @param deaths how often the resolver has ended
 */
record PhaseReport(
    Phase phase,
    long startMs,
    long endMs,
    Honest.Tallies tallies,
    long attackQueries,
    long hostilePackets,
    long maxResidentKib,
    long cpuMs,
    int deaths) {
  /** The table's head, two lines. */
  static List<String> head() {
    String titles =
        row(
            "attack", "q/s", "cached", "p50 ms", "p95 ms", "new", "p50 ms", "p95 ms", "mute", "RSS",
            "heap", "CPU %", "GC %", "pkts/q", "deaths");
    return List.of(titles, titles.replaceAll("[^|]", "-"));
  }

  String line(GcLog gcLog) {
    GcLog own = gcLog.between(startMs, endMs);
    double seconds = (endMs - startMs) / 1_000.0;
    return row(
        phase.title(),
        String.format(Locale.ROOT, "%.0f", attackQueries / seconds),
        percent(tallies.cached()),
        tallies.cached().quantile(0.5),
        tallies.cached().quantile(0.95),
        percent(tallies.uncached()),
        tallies.uncached().quantile(0.5),
        tallies.uncached().quantile(0.95),
        tallies.mute().asked() == 0 ? "-" : percent(tallies.mute()),
        Long.toString(maxResidentKib / 1024),
        Integer.toString(own.maxHeapMib()),
        deaths > 0 ? "-" : Long.toString(100 * cpuMs / (endMs - startMs)),
        String.format(Locale.ROOT, "%.1f", 100 * gcShare(gcLog)),
        attackQueries == 0
            ? "-"
            : String.format(Locale.ROOT, "%.2f", (double) hostilePackets / attackQueries),
        Integer.toString(deaths));
  }

  long durationMs() {
    return endMs - startMs;
  }

  /** 0 to 1. */
  double gcShare(GcLog gcLog) {
    return gcLog.between(startMs, endMs).totalMs() / durationMs();
  }

  private static String percent(Tally tally) {
    return String.format(Locale.ROOT, "%.1f", 100 * tally.share());
  }

  private static String row(Object... columns) {
    return String.format(
        Locale.ROOT,
        "| %-22s | %5s | %6s | %6s | %7s | %5s | %7s | %7s | %5s | %4s | %4s | %5s | %4s | %6s |"
            + " %6s |",
        columns);
  }
}
