/**
 * Transaction signatures (TSIG, RFC 8945): a key that client and server share proves who sent a
 * message and that it is whole.
 *
 * <p>Works on finished packets: {@link djbdns.tsig.TsigClient} signs a query and verifies what
 * comes back, {@link djbdns.tsig.TsigRequest} verifies a query and signs what is sent back; both
 * know streams of messages over TCP. Time is an argument. Only {@link djbdns.tsig.TsigKeyFile} does
 * I/O.
 */
package djbdns.tsig;
