/**
 * Record data of every type, in wire form and as text.
 *
 * <p>A type of record data is one record class: its constructor holds the rules, {@code to} hands
 * its fields to a {@link djbdns.wire.rdata.RdataSink} and {@code from} takes them from the matching
 * source. Packets, plain bytes and the text of master files are kinds of sink and source, so a new
 * type needs its class and a line in {@link djbdns.wire.rdata.Rdata}. Types that few use are one
 * class together, {@link djbdns.wire.rdata.OtherData}, and differ in a table of fields.
 */
package djbdns.wire.rdata;
