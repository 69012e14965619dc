package djbdns.tinydns.lint;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.OwnerRules;
import java.util.Arrays;
import java.util.Optional;

/** The names to which a record points. */
final class Targets {
  private static final int SRV_NUMBERS_BYTES = 6;

  private Targets() {}

  /** The server or alias that the record names, if it is of such a type and well-formed. */
  static Optional<Name> of(Entry entry) {
    return switch (entry.recordType().toString()) {
      case "NS", "CNAME", "DNAME" -> nameAt(entry.data(), 0);
      case "MX" -> nameAt(entry.data(), 2);
      case "SRV" -> nameAt(entry.data(), SRV_NUMBERS_BYTES);
      default -> Optional.empty();
    };
  }

  /** As {@link #of}, and the host of a PTR record. */
  static Optional<Name> named(Entry entry) {
    return entry.is(RecordType.PTR) ? nameAt(entry.data(), 0) : of(entry);
  }

  /** Whose mail box an SOA or RP record names. */
  static Optional<Name> mailBox(Entry entry) {
    if (entry.is(RecordType.SOA)) {
      return nameAt(soaBehindServer(entry), 0);
    }
    return entry.is(RecordType.RP) ? nameAt(entry.data(), 0) : Optional.empty();
  }

  /** The data of an SOA record without the name of the server; empty if they are malformed. */
  static Bytes soaBehindServer(Entry soa) {
    byte[] data = soa.data().toArray();
    return nameAt(soa.data(), 0)
        .map(server -> Bytes.of(Arrays.copyOfRange(data, server.length(), data.length)))
        .orElse(Bytes.EMPTY);
  }

  /** As a person reads it: {@code NS of example.org}. */
  static String describe(Entry entry, Name owner) {
    return entry.recordType() + " of " + OwnerRules.text(owner);
  }

  private static Optional<Name> nameAt(Bytes data, int offset) {
    try {
      return Optional.of(Name.ofWire(data.toArray(), offset));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** True if the record must not point at an alias (RFC 2181, 10.3; RFC 2782). */
  static boolean mustNotBeAlias(Entry entry) {
    return entry.is(RecordType.NS) || entry.is(RecordType.MX) || entry.is(RecordType.SRV);
  }
}
