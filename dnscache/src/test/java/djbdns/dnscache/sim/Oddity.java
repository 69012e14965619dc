package djbdns.dnscache.sim;

import java.util.Set;

/**
 * The one thing that a server does otherwise than everybody else; in all else it is as the RFCs
 * say. Each is taken from servers that are out there.
 */
public sealed interface Oddity {
  /** What a server does instead of answering. */
  enum Refusal {
    SILENCE,
    REFUSED,
    SERVFAIL,
    NOTIMP,
    /** FORMERR to the question, whether it came with EDNS0 or without. */
    FORMERR,
    /** Less than a header. */
    SHORT,
    /** A header that says REFUSED, and no question. */
    NO_QUESTION,
    /** Ask the roots. */
    UPWARD
  }

  /** Does not answer questions of these types. */
  record ToTypes(Set<Integer> types, Refusal refusal) implements Oddity {}

  /** As {@link ToTypes}, and does not speak TCP: what EDNS0 has no room for cannot be had. */
  record ToTypesWithoutTcp(Set<Integer> types, Refusal refusal) implements Oddity {}

  /** Does not answer about names that own no data: what minimised names often are. */
  record ToNamesWithoutData(Refusal refusal) implements Oddity {}

  /** Does not answer questions with capital letters in the name (0x20). */
  record ToCapitals(Refusal refusal) implements Oddity {}

  /** Says that a name does not exist if it has no records of the type. */
  record DenyingMissingTypes() implements Oddity {}

  /** Says NOERROR and nothing else, neither AA nor SOA, if a name has no records of the type. */
  record BareDenying() implements Oddity {}

  /** Is a cache that knows the zone: RA and no AA. */
  record Caching() implements Oddity {}

  /** Its replies have no question section. */
  record Questionless() implements Oddity {}

  /** Sends the alias that a DNAME record makes, but not the DNAME record. */
  record HidingDname() implements Oddity {}

  /**
   * Has nothing to say over UDP but TC, and takes its time over TCP.
   *
   * @param firstMs until the first piece of its reply
   * @param lastMs until the last one
   */
  record SlowTcp(long firstMs, long lastMs) implements Oddity {}

  /** Has nothing to say over UDP but TC; the first packet of every connection is lost once. */
  record LosingSyn() implements Oddity {}

  /** Answers the first packet of a question late, and does not listen to others until then. */
  record AnsweringOnce(long delayMs) implements Oddity {}

  /**
   * A forwarder that refers to others instead of asking them.
   *
   * @param toRoot to the root's servers, or else to those of the zone above the name
   */
  record Referring(boolean toRoot) implements Oddity {}

  /**
   * True if a question put to a server with this oddity alone gets a usable answer within what a
   * resolver may do: three packets over each transport, without EDNS0 or in small letters if need
   * be, and the whole name in place of a part of it.
   */
  default boolean isBearable(int type, Outcome outcome) {
    return switch (this) {
      case ToTypes(Set<Integer> types, Refusal _) -> !types.contains(type);
      case ToTypesWithoutTcp(Set<Integer> types, Refusal _) -> !types.contains(type);
      case ToNamesWithoutData(Refusal _) -> ownsData(outcome);
      case ToCapitals(_),
          DenyingMissingTypes(),
          BareDenying(),
          Caching(),
          HidingDname(),
          SlowTcp(_, _),
          LosingSyn(),
          AnsweringOnce(_) ->
          true;
      case Questionless(), Referring(_) -> false;
    };
  }

  /** True if a name has records of some type, its own or a wildcard's. */
  static boolean ownsData(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(_), Outcome.Alias(_, _, _), Outcome.Delegated(_) -> true;
      case Outcome.NoData(_, boolean hollow) -> !hollow;
      case Outcome.NoName(_) -> false;
    };
  }
}
