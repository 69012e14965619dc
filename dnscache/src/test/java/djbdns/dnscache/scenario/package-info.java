/**
 * Attacks that resolvers are known to have fallen for. Each test shows the attack working against a
 * resolver without the defence, and failing against ours.
 */
package djbdns.dnscache.scenario;
