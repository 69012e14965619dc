package djbdns.wire.rdata;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.text.Base32Hex;
import java.util.Optional;

/**
 * Which records a name can have, and which of them together. Servers refuse to load a whole zone
 * for one name that breaks these rules.
 */
public final class OwnerRules {
  private static final int CNAME = RecordType.CNAME.code();
  private static final int DNAME = RecordType.DNAME.code();
  private static final int RRSIG = RecordType.RRSIG.code();
  private static final int NSEC = RecordType.NSEC.code();
  private static final int NSEC3 = RecordType.NSEC3.code();

  private OwnerRules() {}

  /** True if a name can have no more than one record of a type (RFC 2181, 10.1; RFC 6672, 2.4). */
  public static boolean isSingle(RecordType type) {
    return type.code() == CNAME || type.code() == DNAME;
  }

  /**
   * True if a name with a CNAME record can have a record of a type: what signatures need (RFC 4034,
   * 2.5; RFC 5155, 7.1), and that one itself.
   */
  public static boolean mayBeBesideCname(RecordType type) {
    return type.code() == CNAME
        || type.code() == RRSIG
        || type.code() == NSEC
        || type.code() == NSEC3;
  }

  /**
   * The fault of a name as the owner of records of a type, if there is one.
   *
   * @return some words in printable ASCII, without name and type
   */
  public static Optional<String> fault(Name owner, RecordType type) {
    if (type.equals(RecordType.NS) && isWildcard(owner)) {
      return Optional.of("a wildcard cannot be delegated");
    }
    return type.equals(RecordType.NSEC3) && !isHash(owner)
        ? Optional.of("the name does not begin with a hash")
        : Optional.empty();
  }

  /** A name in 1.05's form, but with the asterisk of a wildcard as data lines have it. */
  public static String text(Name owner) {
    return isWildcard(owner) ? "*." + owner.parent() : owner.toString();
  }

  /** True if a name is that of a wildcard (RFC 4592, 2.1.1). */
  public static boolean isWildcard(Name owner) {
    return owner.byteAt(0) == 1 && owner.byteAt(1) == '*';
  }

  /** True if the first label is in base 32 with extended hex digits (RFC 5155, 3; RFC 4648, 7). */
  private static boolean isHash(Name owner) {
    int length = owner.byteAt(0);
    int digit = 0;
    for (int i = 1; i <= length; i++) {
      digit = Base32Hex.digit((char) (owner.byteAt(i) & 0xff));
      if (digit < 0) {
        return false;
      }
    }
    // What the digits have more than whole bytes is less than a digit, and 0.
    int spareBits = 5 * length % 8;
    return length > 0 && spareBits < 5 && (digit & ((1 << spareBits) - 1)) == 0;
  }
}
