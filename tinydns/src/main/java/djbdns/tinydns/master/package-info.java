/**
 * Zones as master files (RFC 1035, 5): read by {@link djbdns.tinydns.master.MasterReader}, written
 * by {@link djbdns.tinydns.master.MasterWriter}, and what makes a whole zone of records, {@link
 * djbdns.tinydns.master.ZoneIntake}. Pure: files come through {@link
 * djbdns.tinydns.master.MasterFiles}.
 */
package djbdns.tinydns.master;
