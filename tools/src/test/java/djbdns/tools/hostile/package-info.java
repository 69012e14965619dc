/**
 * The adversary: an internet of hostile and honest servers, clients that attack and clients that
 * only want an answer, and what a resolver between them makes of it. What a server answers and what
 * a client asks is pure; {@link djbdns.tools.hostile.ServerLoop} and {@link
 * djbdns.tools.hostile.ClientLoop} have the sockets.
 */
package djbdns.tools.hostile;
