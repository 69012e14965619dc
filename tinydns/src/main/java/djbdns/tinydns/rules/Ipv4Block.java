package djbdns.tinydns.rules;

import djbdns.wire.AddressPrefix;
import java.util.Optional;

/**
 * {@code 192.0.2.0/24} in a rule. ucspi-tcp 0.88 stores it and never finds it; here it is found in
 * the form in which it is stored, so that the database stays the same.
 */
final class Ipv4Block {
  private Ipv4Block() {}

  /** What is wrong with the address of a rule, should it be meant as a block. */
  static Optional<String> problem(String address) {
    if (address.indexOf('/') < 0 || address.indexOf('@') >= 0 || address.startsWith("=")) {
      return Optional.empty();
    }
    Optional<AddressPrefix> block = AddressPrefix.parse(address);
    if (block.isEmpty()) {
      return Optional.of("not a block of addresses: the rule will not be found");
    }
    String canonical = block.get().toString();
    return canonical.equals(address)
        ? Optional.empty()
        : Optional.of("the block is " + canonical + ": the rule will not be found");
  }
}
