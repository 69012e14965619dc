/**
 * Addresses chosen at random for each client, as pickdns gives them: lines to records ({@link
 * djbdns.tinydns.pick.PickCompiler}), the loaded records ({@link djbdns.tinydns.pick.PickData}),
 * and from a question to its answer ({@link djbdns.tinydns.pick.PickLookup}). Pure: no files but
 * the one that is loaded, no clock.
 */
package djbdns.tinydns.pick;
