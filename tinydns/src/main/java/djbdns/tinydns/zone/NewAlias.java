package djbdns.tinydns.zone;

import djbdns.wire.Name;

/** {@code +}: a name may have any number of addresses, an address any number of names. */
final class NewAlias extends NewRecord {
  NewAlias(Name domain, Address address) {
    super('+', domain, address);
  }

  @Override
  void examine(FieldReader line) {}

  @Override
  String rest() {
    return ":" + Defaults.POSITIVE_TTL_SECONDS;
  }
}
