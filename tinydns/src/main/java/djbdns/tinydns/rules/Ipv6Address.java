package djbdns.tinydns.rules;

import djbdns.wire.AddressPrefix;
import djbdns.wire.AddressText;
import java.util.Optional;

/**
 * An IPv6 address or block in a rule, which ucspi-tcp 0.88 does not know: {@code 2001:db8::1},
 * {@code 2001:db8::/32}, or whole groups with a colon behind them, {@code 2001:db8:}.
 */
final class Ipv6Address {
  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;

  private Ipv6Address() {}

  /** The one form in which a lookup asks for it (RFC 5952, 4). */
  static String key(String text) throws RuleException {
    AddressPrefix prefix =
        AddressPrefix.parse(text)
            .or(() -> groups(text))
            .filter(found -> found.address().length() == AddressText.IPV6_BYTES)
            .orElseThrow(() -> new RuleException("neither an address nor a part of one"));
    if (prefix.isMappedIpv4()) {
      throw new RuleException("clients with IPv4 addresses need the IPv4 form");
    }
    return text.indexOf('/') >= 0 || (text.endsWith(":") && !text.endsWith("::"))
        ? prefix.toString()
        : AddressText.of(prefix.address());
  }

  private static Optional<AddressPrefix> groups(String text) {
    int count = text.split(":", -1).length - 1;
    boolean whole =
        text.indexOf(':') > 0 && text.endsWith(":") && !text.contains("::") && count < GROUPS;
    return whole
        ? AddressText.parseIpv6(text + ":")
            .map(address -> new AddressPrefix(address, GROUP_BITS * count))
        : Optional.empty();
  }
}
