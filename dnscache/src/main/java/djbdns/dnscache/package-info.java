/** The recursive resolver. Its packages are listed in docs/ARCHITECTURE.md. */
package djbdns.dnscache;
