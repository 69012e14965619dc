/** What is known of servers and of zones from what was asked before, and whom to ask next. */
package djbdns.dnscache.resolve.servers;
