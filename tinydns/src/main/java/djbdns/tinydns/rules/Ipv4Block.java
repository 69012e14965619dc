package djbdns.tinydns.rules;

import djbdns.wire.AddressPrefix;
import djbdns.wire.AddressText;
import java.util.Optional;

/**
 * IPv4 addresses and blocks of them in a rule: 192.0.2.1, {@code 192.0.2.} and {@code
 * 192.0.2.0/24}. ucspi-tcp 0.88 stores any text. It never finds the last of the three; here it is
 * found in the form in which it is stored, so that the database stays the same.
 */
final class Ipv4Block {
  private Ipv4Block() {}

  /** The fault of the address of a rule, should it be meant as one of these. */
  static Optional<String> problem(String address) {
    if (isNumbers(address)) {
      return isAddress(address)
          ? Optional.empty()
          : Optional.of("not an IP address: the rule will not be found");
    }
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

  private static boolean isNumbers(String address) {
    boolean isNumbers = !address.isEmpty();
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      isNumbers &= c == '.' || (c >= '0' && c <= '9');
    }
    return isNumbers;
  }

  /** Four numbers of 0 to 255, or one to three with a dot behind each. */
  private static boolean isAddress(String numbers) {
    int missing = AddressText.IPV4_BYTES - numbers.split("\\.", -1).length + 1;
    boolean isWhole = !numbers.endsWith(".");
    String whole = isWhole || missing < 1 ? numbers : numbers + "0" + ".0".repeat(missing - 1);
    return AddressText.parseIpv4(whole).isPresent();
  }
}
