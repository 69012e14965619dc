package djbdns.tools.odd;

import djbdns.wire.Header;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Oddities that take few words. */
final class Behaviours {
  private Behaviours() {}

  /** Odd towards some queries, good towards others. */
  static Behaviour towards(Predicate<Query> some, Behaviour odd) {
    return query -> some.test(query) ? odd.to(query) : query.rightly();
  }

  static Predicate<Query> ofType(String type) {
    RecordType wanted = RecordType.parse(type).orElseThrow();
    return query -> query.type().equals(wanted);
  }

  /** Queries for names that have no records, though others below them may. */
  static Predicate<Query> unknownNames() {
    return query -> !query.zones().hasRecords(query.name());
  }

  /** A response code, and no records. */
  static Behaviour saying(Rcode rcode) {
    return query -> query.send(query.bare(0, rcode));
  }

  static Behaviour late(int ms) {
    return query -> query.rightly().late(ms);
  }

  /** Truncated over UDP; something over TCP. */
  static Behaviour truncating(Behaviour overTcp) {
    return query -> query.overTcp() ? overTcp.to(query) : query.truncated();
  }

  /** The right answer with its bytes changed. */
  static Behaviour altered(UnaryOperator<byte[]> change) {
    return query -> Reaction.of(change.apply(query.encode(query.answer())));
  }

  /** The right answer with its flags changed. */
  static Behaviour flagged(int cleared, int set) {
    return altered(bytes -> {
      int flags = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
      flags = (flags & ~cleared) | set;
      bytes[2] = (byte) (flags >> 8);
      bytes[3] = (byte) flags;
      return bytes;
    });
  }

  static Behaviour wrongId() {
    return altered(bytes -> {
      bytes[0] ^= 0x55;
      return bytes;
    });
  }

  static final int AA = Header.AA;
}
