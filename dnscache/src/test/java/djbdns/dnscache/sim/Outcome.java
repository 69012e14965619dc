package djbdns.dnscache.sim;

import djbdns.wire.Name;
import java.util.Optional;

/** What one zone says of one name and type (RFC 1034, 4.3.2). */
sealed interface Outcome {
  /** These are the records asked for. */
  record Found(Records records) implements Outcome {}

  /**
   * The name is another's alias.
   *
   * @param cname the CNAME record, made up if there is a DNAME record
   */
  record Alias(Name target, Records cname, Optional<Records> dname) implements Outcome {}

  /** Somebody else serves that part of the zone. */
  record Delegated(Records servers) implements Outcome {}

  /**
   * The name exists, but has no such records.
   *
   * @param hollow it exists only because names below it do (RFC 8020: an empty non-terminal)
   */
  record NoData(Records soa, boolean hollow) implements Outcome {}

  /** The name does not exist. */
  record NoName(Records soa) implements Outcome {}
}
