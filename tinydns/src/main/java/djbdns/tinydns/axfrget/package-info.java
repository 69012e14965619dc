/** {@code axfr-get}: a zone from its primary server, as data lines. */
package djbdns.tinydns.axfrget;
