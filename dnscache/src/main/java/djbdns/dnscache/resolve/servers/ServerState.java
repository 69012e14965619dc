package djbdns.dnscache.resolve.servers;

import djbdns.client.ServerAddress;

/**
 * The history of a server, for people to look at.
 *
 * @param roundTripMs smoothed; 0 where no reply has come yet
 * @param timeoutMs how long the next reply may take
 * @param timeouts in a row since the last reply
 * @param lameZones zones that it was found not to serve
 */
public record ServerState(
    ServerAddress server,
    long roundTripMs,
    long timeoutMs,
    int timeouts,
    int lameZones,
    boolean withoutEdns,
    boolean withoutLetterCase) {}
