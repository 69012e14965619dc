package djbdns.tinydns.zone;

import djbdns.wire.Name;

/**
 * {@code +} and {@code 3}: a name may have any number of addresses, an address any number of names.
 */
final class NewAlias extends NewRecord {
  static final char ANY = '+';
  static final char IPV6 = '3';

  NewAlias(char leadingCharacter, Name domain, Address address) {
    super(leadingCharacter, domain, address);
  }

  @Override
  void examine(byte kind, FieldReader line) {}

  @Override
  String rest() {
    return ":" + Defaults.POSITIVE_TTL_SECONDS;
  }
}
