package djbdns.dnscache.resolve;

import djbdns.wire.Rcode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the resolver has to say to a question.
 *
 * @param rcode NOERROR, NXDOMAIN, SERVFAIL or REFUSED
 * @param records the answer section: aliases in their order, then what was asked for, if it exists
 * @param soa the authority section of a denial (RFC 2308, 3); its TTL is that of the denial
 * @param extendedError an info code of RFC 8914, where something went wrong
 */
public record Answer(
    Rcode rcode, List<Rrset> records, Optional<Rrset> soa, OptionalInt extendedError) {
  public Answer {
    records = List.copyOf(records);
  }
}
