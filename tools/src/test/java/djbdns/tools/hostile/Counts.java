package djbdns.tools.hostile;

import java.util.concurrent.atomic.LongAdder;

/** Queries that the scripted servers have had so far. */
final class Counts {
  private final LongAdder honest = new LongAdder();
  private final LongAdder others = new LongAdder();

  void add(int server) {
    (World.isHonest(server) ? honest : others).increment();
  }

  /** By servers that answer attackers' questions, and at addresses where nobody answers. */
  long hostile() {
    return others.sum();
  }

  long honest() {
    return honest.sum();
  }
}
