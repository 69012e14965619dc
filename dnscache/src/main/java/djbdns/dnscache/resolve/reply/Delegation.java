package djbdns.dnscache.resolve.reply;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.Name;
import java.util.List;

/**
 * The servers of a zone, as the parent or a file says.
 *
 * @param zone the zone's name
 * @param servers at most {@link ResolverLimits#DELEGATION_SERVERS}
 * @param receivedAt Unix seconds: when the parent said so; {@link #ALWAYS} for what no parent said
 * @param expiresAt Unix seconds: at most the parent delegation's, so that a zone that its parent
 *     has given up ends with what the parent last said (CVE-2012-1191); {@link #NEVER} for the root
 *     and for configured zones
 */
public record Delegation(Name zone, List<NameServer> servers, long receivedAt, long expiresAt) {
  /** The time of what has been known from the start. */
  public static final long ALWAYS = 0;

  /** A time that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  /**
   * A name server of the zone.
   *
   * @param name the root where a file gives only the address
   * @param addresses glue: what the parent said, empty if it said nothing
   */
  public record NameServer(Name name, List<ServerAddress> addresses) {
    public NameServer {
      addresses = List.copyOf(addresses);
    }
  }

  public Delegation {
    servers = List.copyOf(servers);
  }
}
