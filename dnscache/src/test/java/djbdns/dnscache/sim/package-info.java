/**
 * A small internet in memory, made from a seed: zones, servers good and bad, links, liars and a
 * clock that moves only when nothing is left to do. The resolver under test is the real one.
 */
package djbdns.dnscache.sim;
