package djbdns.dnscache.resolve.reply;

import djbdns.wire.Name;
import djbdns.wire.Rcode;
import java.util.List;
import java.util.Optional;

/** The content of a server's reply, without everything that it has no right to say. */
public sealed interface Reply {
  /**
   * An answer, as far as it goes.
   *
   * @param records from the question on: aliases (CNAME, or DNAME and the CNAME made from it) in
   *     their order, each owner once; last the records asked for if {@code ending} is RECORDS
   * @param end the name that the aliases lead to; the question's if there are none
   * @param soa for a denial, if the server sent one that counts; its {@code expiresAt} is that of
   *     the denial (RFC 2308, 5)
   * @param authoritative whether the server claims authority (AA)
   */
  record Content(
      List<Rrset> records, Name end, Ending ending, Optional<Rrset> soa, boolean authoritative)
      implements Reply {
    public Content {
      records = List.copyOf(records);
    }
  }

  /** The end of an answer. */
  enum Ending {
    /** With the records asked for. */
    RECORDS,
    /** With an alias whose target somebody else has to be asked about. */
    ALIAS,
    /** {@code end} exists and has no records of the type. */
    NODATA,
    /** {@code end} does not exist. */
    NXDOMAIN,
    /** With an alias to a name before it; each record is there once. */
    LOOP,
    /** With a DNAME record that makes too long a name of {@code end} (RFC 6672, 2.2: YXDOMAIN). */
    TOO_LONG
  }

  /** Somebody else serves that part of the zone. */
  record Referral(Delegation delegation) implements Reply {}

  /**
   * The server does not serve the zone: it refers upwards, aside or back, or is a cache. A
   * forwarder that refers to somebody else does not do its work.
   *
   * @param content what it says all the same; it counts if no server of the zone answers (RFC 2181,
   *     5.4.1: of low rank)
   */
  record Lame(Name referral, Optional<Content> content) implements Reply {}

  /**
   * NOERROR and nothing else, neither AA nor a record but additional ones. Says nothing against the
   * server; counts as NODATA, not to be cached, if no other server of the zone knows better.
   */
  record Doubtful(Content content) implements Reply {}

  /** The server has failed or refused. */
  record Failed(Rcode rcode) implements Reply {}

  /** The reply cannot be read, or has nothing in it that counts. */
  record Malformed() implements Reply {}
}
