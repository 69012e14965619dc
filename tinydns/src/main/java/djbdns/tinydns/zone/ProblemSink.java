package djbdns.tinydns.zone;

/** Takes problems as they are found. */
@FunctionalInterface
public interface ProblemSink {
  /** Cares about none. */
  ProblemSink NONE = _ -> {};

  void report(Problem problem);
}
