package djbdns.dnscache.sim;

import java.util.SplittableRandom;

/** Draws behaviours. */
final class BehaviourGenerator {
  private final SplittableRandom random;
  private final double badShare;

  /**
   * A source of behaviours.
   *
   * @param badShare how many of {@link #any} are not healthy, 0 to 1
   */
  BehaviourGenerator(SplittableRandom random, double badShare) {
    this.random = random;
    this.badShare = badShare;
  }

  Behaviour any() {
    return random.nextDouble() < badShare ? bad() : healthy();
  }

  Behaviour healthy() {
    return switch (random.nextInt(20)) {
      case 0 -> new Behaviour.Truncating();
      case 1 -> new Behaviour.OldFashioned(one(Behaviour.EdnsRefusal.values()));
      case 2 -> new Behaviour.LowerCasing();
      case 3, 4 -> new Behaviour.DenyingHollowNames();
      case 5, 6 -> new Behaviour.WrongFirst(one(Behaviour.Mistake.values()));
      case 7 -> new Behaviour.Slow(100 + random.nextInt(200));
      case 8 -> new Behaviour.Verbose();
      default -> new Behaviour.Correct();
    };
  }

  private Behaviour bad() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Behaviour.Dead();
      case 2 -> new Behaviour.PortClosed();
      case 3 -> new Behaviour.Slow(300 + random.nextInt(4700));
      case 4, 5 -> new Behaviour.Lame(one(Behaviour.Excuse.values()));
      case 6 -> new Behaviour.TruncatingWithoutTcp();
      default -> new Behaviour.Garbling();
    };
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
