/**
 * The {@code data} file of tinydns: lines to typed lines ({@link djbdns.tinydns.zone.LineParser}),
 * typed lines to database records ({@link djbdns.tinydns.zone.ZoneCompiler}), and new lines for
 * {@code tinydns-edit} ({@link djbdns.tinydns.zone.NewRecord}). Pure: no files, no clock.
 */
package djbdns.tinydns.zone;
