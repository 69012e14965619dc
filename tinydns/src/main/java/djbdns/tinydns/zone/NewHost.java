package djbdns.tinydns.zone;

import djbdns.wire.Name;
import java.util.OptionalInt;

/** {@code =}: neither the name nor the address may be that of another host. */
final class NewHost extends NewRecord {
  NewHost(Name domain, int address) {
    super('=', domain, address);
  }

  @Override
  void examine(FieldReader line) throws RefusedException, DataException {
    if (line.name(0).equals(domain)) {
      throw new RefusedException("host name already used");
    }
    OptionalInt used = line.address(1);
    if (used.isPresent() && used.getAsInt() == address) {
      throw new RefusedException("IP address already used");
    }
  }

  @Override
  String rest() {
    return ":" + Defaults.POSITIVE_TTL_SECONDS;
  }
}
