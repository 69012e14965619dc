/** The reverse DNS wall. Its packages are listed in docs/ARCHITECTURE.md. */
package djbdns.walldns;
