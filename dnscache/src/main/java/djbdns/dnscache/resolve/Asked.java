package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import java.util.List;
import java.util.Optional;

/**
 * A question that was put to the servers of a zone on the way to an {@link Answer}.
 *
 * @param zone whose servers were asked
 * @param name as much of the name as they were told (RFC 9156)
 * @param type 0 to 65535
 * @param server whose reply counted; empty if none had one that did
 * @param inVain those who were to be asked where none had one
 * @param heard whether any of them said anything at all
 * @param milliseconds from the first packet to any server to the end
 */
public record Asked(
    Name zone,
    Name name,
    int type,
    Optional<ServerAddress> server,
    List<ServerAddress> inVain,
    boolean heard,
    long milliseconds) {
  public Asked {
    inVain = List.copyOf(inVain);
  }

  /** A question that a server has answered. */
  public Asked(Name zone, Name name, int type, ServerAddress server, long milliseconds) {
    this(zone, name, type, Optional.of(server), List.of(), true, milliseconds);
  }
}
