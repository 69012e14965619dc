package djbdns.tools.odd;

/** A part of a {@link Scenario}. Names are relative to the scenario's domain. */
sealed interface Step {
  /** A question whose answer is waited for and judged. */
  record Ask(String name, String type, Expected expected) implements Step {}

  /** The same, and no server may be asked for it. */
  record AskCached(String name, String type, Expected expected) implements Step {}

  /** A question whose answer is waited for, but may be anything. */
  record AskAnyway(String name, String type) implements Step {}

  /** A question whose answer nobody waits for. */
  record Begin(String name, String type) implements Step {}

  /** Every server goes on to its next phase. */
  record Turn() implements Step {}

  /** Time goes by. */
  record Pause(int ms) implements Step {}
}
