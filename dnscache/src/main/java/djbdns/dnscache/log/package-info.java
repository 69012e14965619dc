/** The original's log lines. */
package djbdns.dnscache.log;
