/**
 * The DNS wire format: bytes to values and back.
 *
 * <p>A leaf: no I/O, no clock, no randomness, no logging. {@link djbdns.wire.PacketReader} is the
 * only class that touches received bytes; {@link djbdns.wire.PacketWriter} the only one that
 * composes packets. Per-packet code works on {@code byte[]} and primitives and allocates nothing;
 * the typed values ({@link djbdns.wire.Name}, {@link djbdns.wire.Rdata}, {@link djbdns.wire.Edns})
 * are for everything else. Codes that no RFC names yet are legal values throughout (RFC 3597).
 *
 * <p>A type of record data is one record class: its constructor holds the rules, {@code to} hands
 * its fields to a {@link djbdns.wire.RdataSink} and {@code from} takes them from the matching
 * source. Packets, plain bytes and the text of master files are kinds of sink and source, so a new
 * type needs its class and a line in {@link djbdns.wire.Rdata}.
 */
package djbdns.wire;
