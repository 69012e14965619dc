/** The rules for the resolver: limits, what the administrator has configured, whom it may ask. */
package djbdns.dnscache.resolve.policy;
