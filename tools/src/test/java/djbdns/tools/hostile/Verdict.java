package djbdns.tools.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What ours must stand: counts and bytes, and in a long run the collector's share of the time. */
final class Verdict {
  /** It cannot know that the clients' addresses are those of the loopback interface as well. */
  private static final String LOCAL_ONLY =
      "dnscache: warning: only this host can ask: ip allows others, but env/IP has loopback"
          + " addresses only";

  /** Connections to servers and of clients that have not been closed yet. */
  static final long MAX_MORE_FILES = 16;

  /** Cache, heap, direct memory, code, and what the JVM needs for itself. */
  private static final long MAX_RESIDENT_KIB = 224 * 1024;

  /** Of a heap of 64 MiB, of which up to 16 are for what is new. */
  private static final int MAX_LIVE_MIB = 48;

  private static final double MIN_CACHED = 0.95;
  private static final double MIN_UNCACHED = 0.90;
  private static final double MIN_MUTE = 0.95;

  /** Of the time of all attacks, and of each. */
  private static final double MAX_GC = 0.05;

  private static final double MAX_GC_OF_PHASE = 0.1;

  /** Shorter ones are all warm-up. */
  private static final int LONG_RUN_SECONDS = 300;

  private Verdict() {}

  /** What did not hold. */
  static List<String> of(
      Resolver resolver, List<PhaseReport> reports, GcLog gcLog, int seconds, long moreFiles) {
    List<String> failures = new ArrayList<>();
    resolver.deaths().forEach(death -> failures.add("the process has ended: " + death));
    for (PhaseReport report : reports) {
      String phase = report.phase().title() + ": ";
      Honest.Tallies tallies = report.tallies();
      if (tallies.cached().share() < MIN_CACHED) {
        failures.add(phase + "too few answers from the cache");
      }
      if (tallies.uncached().share() < MIN_UNCACHED) {
        failures.add(phase + "too few answers to new questions");
      }
      if (tallies.mute().share() < MIN_MUTE) {
        failures.add(phase + "too few answers beside silent types");
      }
      if (report.maxResidentKib() == 0 || report.maxResidentKib() > MAX_RESIDENT_KIB) {
        failures.add(phase + report.maxResidentKib() + " KiB resident");
      }
      int liveMib = gcLog.between(report.startMs(), report.endMs()).maxLiveMib();
      if (liveMib > MAX_LIVE_MIB) {
        failures.add(phase + liveMib + " MiB of the heap in use behind a full collection");
      }
    }
    if (gcLog.pauses().isEmpty()) {
      failures.add("the garbage collector has no log");
    }
    if (seconds >= LONG_RUN_SECONDS) {
      checkGc(reports, gcLog, failures);
    }
    if (moreFiles > MAX_MORE_FILES) {
      failures.add(moreFiles + " descriptors are left");
    }
    resolver.unusualLines().stream()
        .filter(line -> !line.equals(LOCAL_ONLY))
        .limit(10)
        .forEach(line -> failures.add("unusual line in the log: " + line));
    return failures;
  }

  private static void checkGc(List<PhaseReport> reports, GcLog gcLog, List<String> failures) {
    double pausesMs = 0;
    long timeMs = 0;
    for (PhaseReport report : reports) {
      pausesMs += report.gcShare(gcLog) * report.durationMs();
      timeMs += report.durationMs();
      if (report.gcShare(gcLog) > MAX_GC_OF_PHASE) {
        failures.add(report.phase().title() + ": too much time in the garbage collector");
      }
    }
    System.out.printf(
        Locale.ROOT, "garbage collector: %.1f %% of the time%n", 100 * pausesMs / timeMs);
    if (pausesMs / timeMs > MAX_GC) {
      failures.add("too much time in the garbage collector");
    }
  }
}
