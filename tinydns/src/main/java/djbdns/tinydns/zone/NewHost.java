package djbdns.tinydns.zone;

import djbdns.wire.Name;
import java.util.Optional;

/**
 * {@code =} and {@code 6}: neither the name nor the address may be that of another host. A name may
 * be that of one host with an IPv4 address and one with an IPv6 address: the same host on both
 * networks.
 */
final class NewHost extends NewRecord {
  static final char ANY = '=';
  static final char IPV6 = '6';

  NewHost(char leadingCharacter, Name domain, Address address) {
    super(leadingCharacter, domain, address);
  }

  @Override
  boolean concerns(byte kind) {
    return kind == ANY || kind == IPV6;
  }

  @Override
  void examine(byte kind, FieldReader line) throws RefusedException, DataException {
    Name name = line.name(0);
    Optional<Address> used = line.address(1);
    boolean otherFamily = used.isPresent() && !used.get().getClass().equals(address.getClass());
    if (name.equals(domain) && !otherFamily) {
      throw new RefusedException("host name already used");
    }
    if (used.isPresent() && used.get().equals(address)) {
      throw new RefusedException("IP address already used");
    }
  }

  @Override
  String rest() {
    return ":" + Defaults.POSITIVE_TTL_SECONDS;
  }
}
