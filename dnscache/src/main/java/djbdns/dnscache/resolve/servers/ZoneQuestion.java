package djbdns.dnscache.resolve.servers;

import djbdns.wire.Name;

/**
 * A question to the servers of a zone.
 *
 * @param type 0 to 65535
 */
public record ZoneQuestion(Name zone, Name name, int type) {}
