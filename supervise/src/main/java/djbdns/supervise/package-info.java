/** Service supervision. Its packages are listed in docs/ARCHITECTURE.md. */
package djbdns.supervise;
