/**
 * Names, numbers and packets of the DNS wire format: bytes to values and back.
 *
 * <p>A leaf: no I/O, no clock, no randomness, no logging. {@link djbdns.wire.PacketReader} is the
 * only class that touches received bytes; {@link djbdns.wire.PacketWriter} the only one that
 * composes packets. Per-packet code works on {@code byte[]} and primitives and allocates nothing;
 * the typed values, such as {@link djbdns.wire.Name}, are for everything else. Codes that no RFC
 * names yet are legal values throughout (RFC 3597).
 */
package djbdns.wire;
