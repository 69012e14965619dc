package djbdns.tools.trace;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.List;
import java.util.Optional;

/** Names that caches answer for themselves (dd.c): localhost, and IPv4 addresses in dotted form. */
final class SpecialNames {
  private static final int OCTETS = 4;
  private static final Name LOCALHOST = parse("localhost");
  private static final Bytes LOOPBACK = Bytes.of(new byte[] {127, 0, 0, 1});

  private SpecialNames() {}

  private static Name parse(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError("a constant", e);
    }
  }

  /** A remark about a name beside the replies: none for most. */
  static List<Event> events(Name name) {
    if (name.equals(LOCALHOST)) {
      return List.of(Event.Special.LOCALHOST, new Event.Address(name, LOOPBACK));
    }
    return addressIn(name)
        .<List<Event>>map(
            address -> List.of(Event.Special.IP_ADDRESS, new Event.Address(name, address)))
        .orElse(List.of());
  }

  /** The address that a name of four labels is, each a number of 0 to 255 without leading zeros. */
  private static Optional<Bytes> addressIn(Name name) {
    if (name.labelCount() != OCTETS) {
      return Optional.empty();
    }
    byte[] address = new byte[OCTETS];
    Name rest = name;
    for (int i = 0; i < OCTETS; i++) {
      int octet = firstLabel(rest);
      if (octet < 0) {
        return Optional.empty();
      }
      address[i] = (byte) octet;
      rest = rest.parent();
    }
    return Optional.of(Bytes.of(address));
  }

  /** The number that the first label is, -1 if it is none. */
  private static int firstLabel(Name name) {
    int length = name.byteAt(0);
    int value = 0;
    for (int i = 1; i <= length; i++) {
      int digit = name.byteAt(i) - '0';
      value = 10 * value + digit;
      boolean leadingZero = i == 1 && digit == 0 && length > 1;
      if (digit < 0 || digit > 9 || leadingZero || value > 255) {
        return -1;
      }
    }
    return value;
  }
}
