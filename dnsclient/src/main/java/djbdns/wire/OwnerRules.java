package djbdns.wire;

import java.util.Optional;
import java.util.Set;

/**
 * Which records a name can have, and which of them together. Servers refuse to load a whole zone
 * for one name that breaks these rules.
 */
public final class OwnerRules {
  /** Types of which a name has one record (RFC 2181, 10.1; RFC 6672, 2.4). */
  private static final Set<RecordType> SINGLE = Set.of(RecordType.CNAME, RecordType.DNAME);

  /** What signatures need (RFC 4034, 2.5; RFC 5155, 7.1). */
  private static final Set<RecordType> BESIDE_CNAME =
      Set.of(RecordType.CNAME, RecordType.RRSIG, RecordType.NSEC, RecordType.NSEC3);

  private static final String HASH_DIGITS = "0123456789abcdefghijklmnopqrstuv";

  private OwnerRules() {}

  /** Whether a name can have no more than one record of a type. */
  public static boolean isSingle(RecordType type) {
    return SINGLE.contains(type);
  }

  /** Whether a name with a CNAME record can have a record of a type. */
  public static boolean mayBeBesideCname(RecordType type) {
    return BESIDE_CNAME.contains(type);
  }

  /**
   * What is wrong with a name as the owner of records of a type, if anything.
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

  /** Whether a name is that of a wildcard (RFC 4592, 2.1.1). */
  public static boolean isWildcard(Name owner) {
    return owner.byteAt(0) == 1 && owner.byteAt(1) == '*';
  }

  /** Whether the first label is in base 32 with extended hex digits (RFC 5155, 3; RFC 4648, 7). */
  private static boolean isHash(Name owner) {
    int length = owner.byteAt(0);
    for (int i = 1; i <= length; i++) {
      if (HASH_DIGITS.indexOf(NameBytes.lowerCase(owner.byteAt(i))) < 0) {
        return false;
      }
    }
    // Other numbers of digits stand for no whole number of bytes.
    int rest = length % 8;
    return length > 0 && rest != 1 && rest != 3 && rest != 6;
  }
}
