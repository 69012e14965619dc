package djbdns.dnscache.resolve;

import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Rcode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The answer of the resolver to a question.
 *
 * @param rcode NOERROR, NXDOMAIN, SERVFAIL or REFUSED
 * @param records the answer section: aliases in their order, then what was asked for, if it exists
 * @param soa the authority section of a denial (RFC 2308, 3); its TTL is that of the denial
 * @param extendedError an info code of RFC 8914, where something went wrong
 * @param asked who was asked for it, in order; nobody if the cache had it
 */
public record Answer(
    Rcode rcode,
    List<Rrset> records,
    Optional<Rrset> soa,
    OptionalInt extendedError,
    List<Asked> asked) {
  public Answer {
    records = List.copyOf(records);
    asked = List.copyOf(asked);
  }

  /** An answer for which nobody was asked. */
  public Answer(Rcode rcode, List<Rrset> records, Optional<Rrset> soa, OptionalInt extendedError) {
    this(rcode, records, soa, extendedError, List.of());
  }

  Answer after(List<Asked> questions) {
    return new Answer(rcode, records, soa, extendedError, questions);
  }
}
