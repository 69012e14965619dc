/**
 * The edge of every daemon: sockets, event loops and the log. Netty and logback stay in here;
 * inward goes a packet in a {@code byte[]}, outward a {@link djbdns.wire.PacketWriter} and log
 * lines in a {@link djbdns.server.LineBuffer}.
 *
 * <p>One event loop per core, each with its own SO_REUSEPORT socket for every address and its own
 * {@link djbdns.server.Responder}: loops share nothing.
 */
package djbdns.server;
