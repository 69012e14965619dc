package djbdns.dnscache.sim;

/** How a server treats a query. */
public sealed interface Behaviour {
  /** As the RFCs say. */
  record Correct() implements Behaviour {}

  /** Says nothing. */
  record Dead() implements Behaviour {}

  /** Nobody listens at the port. */
  record PortClosed() implements Behaviour {}

  /** Correct, but late. */
  record Slow(long delayMs) implements Behaviour {}

  /** Does not serve what it was said to serve. */
  record Lame(Excuse excuse) implements Behaviour {}

  /** What a lame server says. */
  enum Excuse {
    /** Ask the roots. */
    UPWARD,
    REFUSED,
    SERVFAIL,
    /** Right data, but without AA. */
    NOT_AUTHORITATIVE,
    /** No error, and nothing else. */
    EMPTY
  }

  /** Has nothing to say over UDP but TC. */
  record Truncating() implements Behaviour {}

  /** As {@link Truncating}, and does not speak TCP either. */
  record TruncatingWithoutTcp() implements Behaviour {}

  /** Knows no EDNS0 (RFC 6891, 7). */
  record OldFashioned(EdnsRefusal refusal) implements Behaviour {}

  /** How a server without EDNS0 says so. */
  enum EdnsRefusal {
    FORMERR,
    FORMERR_HEADER_ONLY,
    NOTIMP,
    /** It answers as if the OPT record were not there. */
    IGNORES,
    /** FORMERR without a question, but with an OPT record. */
    FORMERR_OPT_ONLY,
    /** FORMERR without a question, but with some bytes of no meaning. */
    FORMERR_TRAILING,
    /** FORMERR with the query's OPT record. */
    FORMERR_ECHOED_OPT,
    FORMERR_TWO_OPTS,
    FORMERR_OPT_IN_AUTHORITY,
    /** FORMERR that counts an OPT record and has none. */
    FORMERR_LYING_COUNT,
    /** It knows no EDNS0 that is old enough (RFC 6891, 6.1.3). */
    BADVERS
  }

  /** Repeats the question in small letters (0x20). */
  record LowerCasing() implements Behaviour {}

  /** Says that empty non-terminals do not exist, as tinydns does. */
  record DenyingHollowNames() implements Behaviour {}

  /** Correct for its own zones, and full of inventions about everybody else's. */
  record Lying() implements Behaviour {}

  /** Sends something wrong first and the right reply after it. */
  record WrongFirst(Mistake mistake) implements Behaviour {}

  /** What is wrong with a reply that nobody may take for one. */
  enum Mistake {
    ID,
    QUESTION_NAME,
    QUESTION_TYPE,
    /** QR is 0: a query. */
    NOT_A_RESPONSE,
    OPCODE,
    /** An error that claims to know no EDNS0, under another ID (CVE-2026-52690). */
    FORGED_FORMERR,
    SHORT
  }

  /** Sends random bytes, or its reply with random bytes in it. */
  record Garbling() implements Behaviour {}

  /** Adds hundreds of records that nobody asked for. */
  record Verbose() implements Behaviour {}

  /** Correct but for one thing. */
  record Odd(Oddity oddity) implements Behaviour {}

  /** True if questions put to such servers must be answered rightly. */
  default boolean isHealthy() {
    return switch (this) {
      case Correct(), Truncating(), OldFashioned(_), LowerCasing(), DenyingHollowNames() -> true;
      case WrongFirst(_) -> true;
      case Slow(long delayMs) -> delayMs <= 300;
      case Verbose() -> true;
      case Dead(), PortClosed(), Lame(_), TruncatingWithoutTcp(), Lying(), Garbling(), Odd(_) ->
          false;
    };
  }
}
