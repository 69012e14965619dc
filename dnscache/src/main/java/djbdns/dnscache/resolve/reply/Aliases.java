package djbdns.dnscache.resolve.reply;

import djbdns.dnscache.cache.RecordData;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.Optional;

/** Makes the aliases that DNAME records stand for (RFC 6672). */
public final class Aliases {
  private Aliases() {}

  /**
   * The CNAME record of a name below a DNAME record's owner, with its life.
   *
   * @return empty if the target's name would be too long (RFC 6672, 2.2)
   */
  public static Optional<Rrset> synthesise(Name name, Rrset dname) {
    Name target = dname.firstName();
    int prefixBytes = name.length() - dname.owner().length();
    int length = prefixBytes + target.length();
    if (length > Limits.NAME_BYTES) {
      return Optional.empty();
    }
    byte[] data = new byte[RecordData.LENGTH_BYTES + length];
    RecordData.putLength(data, 0, length);
    for (int i = 0; i < prefixBytes; i++) {
      data[RecordData.LENGTH_BYTES + i] = name.byteAt(i);
    }
    target.copyTo(data, RecordData.LENGTH_BYTES + prefixBytes);
    return Optional.of(new Rrset(name, RecordType.CNAME.code(), dname.expiresAt(), data));
  }
}
