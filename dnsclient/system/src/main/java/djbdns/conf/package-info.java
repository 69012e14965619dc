/**
 * What the {@code -conf} programs have in common, as generic-conf.c in the original: arguments, the
 * texts of run scripts, and a directory tree that appears whole or not at all. All strings have a
 * character for each byte, as in ISO 8859-1.
 */
package djbdns.conf;
