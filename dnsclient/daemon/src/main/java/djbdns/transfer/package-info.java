/**
 * Zone transfers as their receiver sees them (RFC 5936): {@link djbdns.transfer.ZoneQuery} asks and
 * checks, {@link djbdns.transfer.TransferReader} takes the records, a {@link
 * djbdns.transfer.ZoneSink} keeps them.
 */
package djbdns.transfer;
