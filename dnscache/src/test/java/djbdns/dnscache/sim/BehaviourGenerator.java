package djbdns.dnscache.sim;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws behaviours. */
final class BehaviourGenerator {
  private static final Behaviour.EdnsRefusal[] COMMON_REFUSALS = {
    Behaviour.EdnsRefusal.FORMERR,
    Behaviour.EdnsRefusal.FORMERR_HEADER_ONLY,
    Behaviour.EdnsRefusal.NOTIMP,
    Behaviour.EdnsRefusal.IGNORES
  };

  private static final Oddity.Refusal[] REFUSALS = Oddity.Refusal.values();

  /** What those may do who answer once the question comes in small letters. */
  private static final Oddity.Refusal[] REFUSALS_OF_CAPITALS = {
    Oddity.Refusal.SILENCE, Oddity.Refusal.REFUSED, Oddity.Refusal.SERVFAIL
  };

  /** What might be taken for a lack of EDNS0. */
  private static final Oddity.Refusal[] REFUSALS_OF_EDNS = {
    Oddity.Refusal.NOTIMP, Oddity.Refusal.FORMERR
  };

  private static final List<Set<Integer>> REFUSED_TYPES =
      List.of(
          Set.of(Records.HTTPS),
          Set.of(Records.AAAA),
          Set.of(Records.TXT),
          Set.of(Records.HTTPS, Records.AAAA));

  private final SplittableRandom random;
  private final double badShare;
  private final boolean withOdd;

  /**
   * A source of behaviours.
   *
   * @param badShare how many of {@link #any} are not healthy, 0 to 1
   * @param withOdd whether {@link #odd} ones are among them
   */
  BehaviourGenerator(SplittableRandom random, double badShare, boolean withOdd) {
    this.withOdd = withOdd;
    this.random = random;
    this.badShare = badShare;
  }

  Behaviour any() {
    return random.nextDouble() < badShare ? bad() : healthy();
  }

  Behaviour healthy() {
    return switch (random.nextInt(20)) {
      case 0 -> new Behaviour.Truncating();
      case 1 -> new Behaviour.OldFashioned(one(COMMON_REFUSALS));
      case 2 -> new Behaviour.LowerCasing();
      case 3, 4 -> new Behaviour.DenyingHollowNames();
      case 5, 6 -> new Behaviour.WrongFirst(one(Behaviour.Mistake.values()));
      case 7 -> new Behaviour.Slow(100 + random.nextInt(200));
      case 8 -> new Behaviour.Verbose();
      default -> new Behaviour.Correct();
    };
  }

  /** One that peculiar servers have, and that a good resolver can live with. */
  Behaviour odd() {
    return switch (random.nextInt(17)) {
      case 16 ->
          odd(
              new Oddity.ToTypesWithoutTcp(
                  REFUSED_TYPES.get(random.nextInt(REFUSED_TYPES.size())), one(REFUSALS_OF_EDNS)));
      case 0, 1, 2 ->
          odd(
              new Oddity.ToTypes(
                  REFUSED_TYPES.get(random.nextInt(REFUSED_TYPES.size())), one(REFUSALS)));
      case 3, 4 -> odd(new Oddity.ToNamesWithoutData(one(REFUSALS)));
      case 5 -> odd(new Oddity.ToCapitals(one(REFUSALS_OF_CAPITALS)));
      case 6 -> odd(new Oddity.DenyingMissingTypes());
      case 7 -> odd(new Oddity.BareDenying());
      case 8 -> odd(new Oddity.Caching());
      case 9 -> odd(new Oddity.Questionless());
      case 10 -> odd(new Oddity.HidingDname());
      case 11 -> odd(slowTcp());
      case 12 -> odd(new Oddity.LosingSyn());
      case 13 -> odd(new Oddity.AnsweringOnce(500 + random.nextInt(2000)));
      case 14 -> new Behaviour.Slow(1500 + random.nextInt(400));
      default -> new Behaviour.OldFashioned(one(Behaviour.EdnsRefusal.values()));
    };
  }

  private static Behaviour odd(Oddity oddity) {
    return new Behaviour.Odd(oddity);
  }

  private Oddity slowTcp() {
    long lastMs = 1000L + random.nextInt(2000);
    return new Oddity.SlowTcp(random.nextBoolean() ? lastMs : random.nextLong(lastMs), lastMs);
  }

  private Behaviour bad() {
    if (withOdd && random.nextBoolean()) {
      return odd();
    }
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
