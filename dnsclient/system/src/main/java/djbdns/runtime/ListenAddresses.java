package djbdns.runtime;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code $IP}: one address as in the original, or several, IPv4 and IPv6. */
public final class ListenAddresses {
  private ListenAddresses() {}

  /**
   * The addresses in a text, separated by slashes or spaces.
   *
   * @param port 1 to 65535, the same for all
   * @throws IllegalArgumentException if one cannot be parsed, or there is none; the message is the
   *     text that is wrong
   */
  public static List<InetSocketAddress> parse(String text, int port) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String word : text.split("[/\\s]+", -1)) {
      if (!word.isEmpty()) {
        addresses.add(new InetSocketAddress(address(word), port));
      }
    }
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return addresses;
  }

  /**
   * The same for a program.
   *
   * @throws Fatal {@code unable to parse IP address X}
   */
  public static List<InetSocketAddress> parse(Program program, String text, int port) {
    try {
      return parse(text, port);
    } catch (IllegalArgumentException e) {
      throw program.fatal("unable to parse IP address " + e.getMessage());
    }
  }

  private static InetAddress address(String word) {
    Bytes address = AddressText.parse(word).orElseThrow(() -> new IllegalArgumentException(word));
    try {
      return InetAddress.getByAddress(address.toArray());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of a wrong length", e);
    }
  }
}
