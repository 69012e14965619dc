/** The programs that start services and keep them running: svscan and supervise. */
package djbdns.supervise.run;
