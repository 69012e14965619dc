/** The control socket of a running dnscache, and the command that speaks to it. */
package djbdns.dnscache.control;
