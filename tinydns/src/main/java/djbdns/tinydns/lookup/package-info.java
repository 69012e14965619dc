/**
 * From a question to the records of its answer, out of a compiled {@code data.cdb}.
 *
 * <p>{@link djbdns.tinydns.lookup.ZoneData} is the loaded database, {@link
 * djbdns.tinydns.lookup.RecordCursor} walks through the records that one client may see now, and a
 * {@link djbdns.tinydns.lookup.Lookup} composes the answer: {@link
 * djbdns.tinydns.lookup.StandardLookup} as today's RFCs ask, {@link
 * djbdns.tinydns.lookup.CompatLookup} byte for byte as 1.05. Time and randomness are arguments;
 * nothing here does I/O but the loading of the file, and nothing on the way of a query allocates.
 */
package djbdns.tinydns.lookup;
