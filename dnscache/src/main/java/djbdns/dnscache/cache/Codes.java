package djbdns.dnscache.cache;

/** The numbers that stand for kinds and ranks in the block and in a dump. */
final class Codes {
  private static final Kind[] KINDS = {
    Kind.RECORDS, Kind.NODATA, Kind.NXDOMAIN, Kind.FAILURE, Kind.DELEGATION
  };

  private static final Rank[] RANKS = {
    Rank.FAILURE, Rank.REFERRAL, Rank.NON_AUTHORITATIVE, Rank.AUTHORITATIVE
  };

  /** Kinds have the codes below this. */
  static final int KIND_COUNT = KINDS.length;

  /** Ranks have the codes below this. */
  static final int RANK_COUNT = RANKS.length;

  private Codes() {}

  static int of(Kind kind) {
    return switch (kind) {
      case RECORDS -> 0;
      case NODATA -> 1;
      case NXDOMAIN -> 2;
      case FAILURE -> 3;
      case DELEGATION -> 4;
    };
  }

  /** Higher ranks have higher codes. */
  static int of(Rank rank) {
    return switch (rank) {
      case FAILURE -> 0;
      case REFERRAL -> 1;
      case NON_AUTHORITATIVE -> 2;
      case AUTHORITATIVE -> 3;
    };
  }

  static Kind kind(int code) {
    return KINDS[code];
  }

  static Rank rank(int code) {
    return RANKS[code];
  }
}
