/**
 * The memory of the resolver: record sets, denials, failures and delegations in one block off the
 * heap. Knows names and bytes, not what they mean.
 */
package djbdns.dnscache.cache;
