package djbdns.tools.hostile;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The attack of long names: zones {@code cN.lK.P.P.P.P.chainM} with 16 name servers, each in a zone
 * of its own one level lower, named by 200 to 245 bytes, with up to 8 addresses each, from a group
 * whose servers refuse, fail, are silent, or say where the servers of the level above are: at
 * addresses that refuse. So a resolver tries them in vain, looks up a server's name for more, has
 * to remember all of that at each level, and most often ends up waiting for a silent one.
 */
final class ChainZones implements Authority {
  /** Most resolvers go that deep, */
  private static final int LEVELS = 5;

  /** and some of them deeper, or give up, which every fourth name tries. */
  private static final int MORE_LEVELS = 7;

  private static final int SERVERS = 16;
  private static final int ADDRESSES = 8;
  private static final int TTL = 3_600;
  private static final int PAD_LABELS = 4;
  private static final int PADS = 12;

  /** A multiple of the number of pads, so that zones with the same pad lead to each other. */
  private static final int ZONES = 800_000 * PADS;

  private static final int SHORTEST_PAD_BYTES = 43;
  private static final int[] GROUPS = {Places.NAMING, Places.REFUSING, Places.FAILING};

  /** cN, lK, the pad, and the domain. */
  private static final int ZONE_LABELS = PAD_LABELS + 3;

  /** The bytes that an OPT record takes, and a record of glue. */
  private static final int GLUE_BYTES = 20;

  /** How much glue a referral has. */
  private enum Glue {
    NONE,
    /** As much as fits. */
    CUT,
    /** All, which takes TCP. */
    FULL;

    private static Glue of(int zone) {
      return switch (zone / (PADS * GROUPS.length) % 8) {
        case 0 -> FULL;
        case 1, 2 -> CUT;
        default -> NONE;
      };
    }
  }

  /** A name in one of the zones, the same for the same number. */
  static String question(int number) {
    int level = number % 4 == 0 ? MORE_LEVELS : LEVELS;
    return "q" + number + "." + zone(Numbers.of(ZONES, number), level);
  }

  /** The top-level domains: several, so that no bound on a single one's questions is in the way. */
  static List<String> tops() {
    return IntStream.range(0, PADS).mapToObj(ChainZones::top).toList();
  }

  private static String top(int pad) {
    return "chain" + pad;
  }

  private static String zone(int number, int level) {
    String label = "p" + number % PADS;
    String pad = label + "x".repeat(SHORTEST_PAD_BYTES + number % PADS - label.length()) + ".";
    return "c" + number + ".l" + level + "." + pad.repeat(PAD_LABELS) + top(number % PADS);
  }

  /** What the server of all zones says, which never answers anything. */
  @Override
  public Reaction answer(Ask ask) {
    if (ask.labels().size() < ZONE_LABELS) {
      return Reaction.of(ReplyPacket.noData(ask, ask.fromEnd(0)));
    }
    int number = Numbers.in(ask.fromEnd(ZONE_LABELS - 1));
    int level = Numbers.in(ask.fromEnd(ZONE_LABELS - 2));
    return Reaction.of(referral(ask, ask.suffix(ZONE_LABELS), number, level));
  }

  private static ReplyPacket referral(Ask ask, String zone, int number, int level) {
    ReplyPacket reply = ReplyPacket.to(ask, 0);
    String[] servers = new String[SERVERS];
    for (int i = 0; i < SERVERS; i++) {
      servers[i] = "s" + i + "." + (level == 0 ? zone : zone(next(number, level, i), level - 1));
      reply.ns(zone, TTL, servers[i]);
    }
    // The last ones have nothing below them to look up.
    Glue glue = level == 0 ? Glue.CUT : Glue.of(number);
    int group = level == 0 && number / PADS % 8 != 0 ? Places.SILENT : groupOf(number);
    int most = glue == Glue.NONE ? 0 : SERVERS * ADDRESSES;
    for (int i = 0; i < most; i++) {
      if (glue == Glue.CUT && reply.length() + 2 * GLUE_BYTES > ask.room()) {
        break;
      }
      reply.glue(servers[i % SERVERS], TTL, group + i);
    }
    return reply;
  }

  private static int groupOf(int number) {
    return GROUPS[number / PADS % GROUPS.length];
  }

  private static int next(int number, int level, int server) {
    return Numbers.of(ZONES / PADS, number, level, server) * PADS + number % PADS;
  }

  /** What a server of the last group says: eight addresses that refuse, for any name. */
  static Reaction name(Ask ask) {
    if (ask.type() != ReplyPacket.A) {
      return Reaction.of(ReplyPacket.noData(ask, ask.suffix(Math.min(7, ask.labels().size()))));
    }
    ReplyPacket reply = ReplyPacket.to(ask);
    int first = Numbers.of(Places.GROUP - ADDRESSES, ask.name());
    for (int i = 0; i < ADDRESSES; i++) {
      reply.a(ask.name(), TTL, Places.REFUSING + first + i);
    }
    return Reaction.of(reply);
  }
}
