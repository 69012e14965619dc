/**
 * Constant databases: a file that maps byte strings to byte strings, written once, looked up by
 * hash (cr.yp.to/cdb/cdb.txt). A leaf: knows nothing of DNS.
 */
package djbdns.tinydns.cdb;
