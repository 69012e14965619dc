package djbdns.tinydns.zone;

/**
 * The part of a data line that says when and to whom its records are served.
 *
 * @param ttlSeconds 64 bits, unsigned, as 1.05 reads it; records carry the low 32
 * @param timestamp TAI64 label in seconds from which the records exist, or until which they do if
 *     the ttl is 0; 0 for no such limit
 * @param location the two bytes of the client location that alone may see the records, the first
 *     one high; 0 for everybody
 */
public record Terms(long ttlSeconds, long timestamp, int location) {}
