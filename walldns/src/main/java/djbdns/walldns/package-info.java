/** The reverse DNS wall: every address has itself as its name. */
package djbdns.walldns;
