/**
 * A list of addresses in DNS, as rbldns publishes it: lines to records ({@link
 * djbdns.tinydns.rbl.RblCompiler}), the loaded records ({@link djbdns.tinydns.rbl.RblData}), and
 * from a question to its answer ({@link djbdns.tinydns.rbl.RblLookup}). Pure: no files but the one
 * that is loaded, no clock.
 */
package djbdns.tinydns.rbl;
