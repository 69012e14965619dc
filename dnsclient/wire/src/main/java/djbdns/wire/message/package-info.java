/**
 * Messages and their records as values; EDNS (RFC 6891); and {@link
 * djbdns.wire.message.QueryReader}, with which servers read a query without making values.
 */
package djbdns.wire.message;
