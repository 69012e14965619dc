/** The history of servers and of zones, and the choice of whom to ask next. */
package djbdns.dnscache.resolve.servers;
