package djbdns.dnscache.resolve.policy;

/** The bounds on the resolver's work, each at least what 1.05 allowed where it had such a bound. */
public final class ResolverLimits {
  /** Questions of clients in progress, joined ones counted each (1.05: MAXUDP, 200). */
  public static final int WAITERS = 10_000;

  /** Of these, questions of one client; more are dropped, the oldest first (DNSBomb). */
  public static final int WAITERS_PER_CLIENT = 1_000;

  /**
   * Bytes that all questions in progress hold, as they are charged for. With what the process needs
   * besides (some 20 MB), and as much again for garbage, this fits into the heap of 64 MB.
   */
  public static final long QUESTIONS_BYTES = 14_000_000;

  /** Of these, bytes of one client's questions: {@link #WAITERS_PER_CLIENT} plain ones fit. */
  public static final long QUESTIONS_BYTES_PER_CLIENT = 6_000_000;

  /** Packets sent for one question of a client, whatever happens (CAMP). */
  public static final int PACKETS_PER_QUERY = 100;

  /** Packets sent to find out one thing from one zone's servers. */
  public static final int PACKETS_PER_FETCH = 16;

  /** Packets with one question to one server over one transport, all variants (RFC 9520, 3.1). */
  public static final int PACKETS_PER_SERVER = 3;

  /** Packets of a fetch that wait for a reply at once: each is a chance for a forger. */
  public static final int OPEN_PACKETS_PER_FETCH = 4;

  /** Questions in small letters of one fetch, for servers that do not take others (0x20). */
  public static final int SMALL_LETTER_PACKETS_PER_FETCH = 3;

  /** Longest time from a question to its answer; 1.05 took minutes. */
  public static final long QUERY_DEADLINE_MS = 10_000;

  /**
   * Questions in progress to one zone's servers, unless a file names them. Clients with few of them
   * may have as many again.
   */
  public static final int FETCHES_PER_ZONE = 1_000;

  /** Names in a chain of aliases (1.05: 16). */
  public static final int ALIASES = 16;

  /** Aliases taken from one reply (CacheFlush). */
  public static final int ALIASES_PER_REPLY = 11;

  /** Servers of a delegation that are remembered (1.05: 16; NXNSAttack). */
  public static final int DELEGATION_SERVERS = 16;

  /**
   * Bytes of their names, in wire form, beyond which no more servers are remembered: five of the
   * longest names. Every question that meets the delegation reads them all.
   */
  public static final int DELEGATION_NAMES_BYTES = 1_024;

  /** Addresses of one server that are remembered. */
  public static final int SERVER_ADDRESSES = 8;

  /**
   * Addresses in a delegation, shared out evenly among its servers; more would cost every question
   * memory and time, and no question has so many packets.
   */
  public static final int DELEGATION_ADDRESSES = 40;

  /** Addresses of servers looked up for one question of a client (NXNSAttack). */
  public static final int SERVER_LOOKUPS_PER_QUERY = 12;

  /** Of these, lookups for one delegation that come to nothing. */
  public static final int SERVER_LOOKUPS_PER_DELEGATION = 4;

  /** That many denials (NXDOMAIN, NODATA) count as one such lookup: they cost a packet each. */
  public static final int DENIALS_PER_SERVER_LOOKUP = 4;

  /** Depth of looking up a server's address to look up a server's address (1.05: 5). */
  public static final int GLUELESS_DEPTH = 8;

  /** Aliases followed from a server's name, which should not be one (RFC 2181, 10.3). */
  public static final int SERVER_ALIASES = 2;

  /** A delegation younger than this is not asked for again (RFC 4697, 2.1.1). */
  public static final int RENEWAL_AGE_SECONDS = 60;

  /** Seconds until a zone's parent is asked again where its servers are (RFC 4697, 2.1.1). */
  public static final int RENEWAL_PAUSE_SECONDS = 300;

  /** Questions with a minimised name for one name (RFC 9156, 2.3: MAX_MINIMISE_COUNT). */
  public static final int MINIMISED_QUESTIONS = 10;

  /** Of these, questions that add one label each (RFC 9156, 2.3: MINIMISE_ONE_LAB). */
  public static final int MINIMISED_ONE_LABEL = 4;

  /** Packets that almost fit, after which a question goes over TCP (SAD DNS). */
  public static final int NEAR_MISSES = 8;

  /** Longest life of cached data (1.05: cache.c). */
  public static final int MAX_TTL_SECONDS = 604_800;

  /** Longest life of a denial (1.05: query.c). */
  public static final int MAX_NEGATIVE_TTL_SECONDS = 3_600;

  /** Life of a failure (RFC 9520, 3.2: 1 second to 5 minutes). */
  public static final int FAILURE_TTL_SECONDS = 5;

  private ResolverLimits() {}

  /** True if a delegation with so many servers, and so many bytes of names, may have one more. */
  public static boolean hasRoomForServer(int servers, int nameBytes) {
    return servers < DELEGATION_SERVERS && nameBytes < DELEGATION_NAMES_BYTES;
  }
}
