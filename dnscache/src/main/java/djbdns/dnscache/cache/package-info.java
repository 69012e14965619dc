/**
 * What the resolver remembers: record sets, denials, failures and delegations in one block off the
 * heap. Knows names and bytes, not what they mean.
 */
package djbdns.dnscache.cache;
