package djbdns.tinydns.axfr;

import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.message.Edns;
import djbdns.wire.message.QueryReader;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a query for a transfer that its answer repeats.
 *
 * @param zone in the client's letter case
 * @param type AXFR or IXFR
 * @param rd the flag RD, or 0
 * @param edns what the answer says of EDNS0, if the query did
 */
record TransferQuestion(int id, Name zone, int type, int rd, Optional<Edns> edns) {
  /** The question that has been read. */
  static TransferQuestion of(QueryReader query) {
    return new TransferQuestion(
        query.id(),
        Name.ofWire(query.name(), 0),
        query.type(),
        query.flags() & Header.RD,
        query.hasEdns() ? Optional.of(edns(query)) : Optional.empty());
  }

  private static Edns edns(QueryReader query) {
    int flags = query.dnssecOk() ? Edns.DO : 0;
    return new Edns(Limits.EDNS_UDP_BYTES, 0, 0, flags, List.of());
  }

  /** Adds the OPT record, if the query had one; false if it does not fit. */
  boolean writeEdns(PacketWriter out) {
    return edns.isEmpty() || edns.get().writeTo(out);
  }

  /** Adds the question to a message that has only a header. */
  void writeTo(PacketWriter out) {
    out.question(zone.toWire(), 0, type, RecordClass.IN.code());
  }
}
