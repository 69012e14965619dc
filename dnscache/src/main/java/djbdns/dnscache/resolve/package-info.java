/**
 * The resolver without sockets, clock or randomness of its own: from a question to packets for
 * servers, and from their replies to an answer. Everything in here belongs to one thread.
 */
package djbdns.dnscache.resolve;
