package djbdns.tinydns.lint;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.OwnerRules;
import djbdns.wire.RecordType;
import java.util.Optional;

/** Where a record points. */
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

  /** Whether the record must not point at an alias (RFC 2181, 10.3; RFC 2782). */
  static boolean mustNotBeAlias(Entry entry) {
    return entry.is(RecordType.NS) || entry.is(RecordType.MX) || entry.is(RecordType.SRV);
  }
}
