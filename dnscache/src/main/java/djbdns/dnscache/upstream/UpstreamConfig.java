package djbdns.dnscache.upstream;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Optional;

/**
 * The addresses from which queries leave this host, and how many may at once.
 *
 * @param ipv4Source {@code $IPSEND}; empty lets the kernel choose
 * @param ipv6Source the same for IPv6
 * @param useIpv4 whether IPv4 servers can be asked; otherwise they count as unreachable
 * @param useIpv6 the same for IPv6
 * @param maxSockets open at once, UDP and TCP together, 1 or more; exchanges beyond it wait for
 *     their turn. {@link OpenFiles#share} knows a good value
 */
public record UpstreamConfig(
    Optional<Inet4Address> ipv4Source,
    Optional<Inet6Address> ipv6Source,
    boolean useIpv4,
    boolean useIpv6,
    int maxSockets) {}
