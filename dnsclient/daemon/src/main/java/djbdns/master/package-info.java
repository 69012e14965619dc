/**
 * Zones as master files (RFC 1035, 5): read by {@link djbdns.master.MasterReader}, written by
 * {@link djbdns.master.MasterWriter}, and made whole by {@link djbdns.master.ZoneIntake}. Pure:
 * files come through {@link djbdns.master.MasterFiles}.
 */
package djbdns.master;
