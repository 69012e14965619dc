/**
 * tinydns, which publishes the addresses in {@code data.cdb}, and the tools around that file. One
 * {@code main} a class; the work is in the packages below.
 */
package djbdns.tinydns;
