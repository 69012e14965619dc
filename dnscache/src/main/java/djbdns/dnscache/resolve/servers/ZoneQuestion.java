package djbdns.dnscache.resolve.servers;

import djbdns.wire.Name;

/**
 * What servers of a zone are asked.
 *
 * @param type 0 to 65535
 */
public record ZoneQuestion(Name zone, Name name, int type) {}
