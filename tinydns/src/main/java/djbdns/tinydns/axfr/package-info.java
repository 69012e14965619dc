/** Zone transfers as a server gives them: who may have them, their messages, NOTIFY. */
package djbdns.tinydns.axfr;
