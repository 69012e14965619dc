/** Sockets towards servers: one for each packet, on a port of its own. */
package djbdns.dnscache.upstream;
