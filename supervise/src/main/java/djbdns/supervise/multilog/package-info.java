/** The program multilog: a script for each line, and log directories that lose none. */
package djbdns.supervise.multilog;
