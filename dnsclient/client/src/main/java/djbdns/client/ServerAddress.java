package djbdns.client;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a server listens. Immutable.
 *
 * <p>Its text forms are {@code 1.2.3.4}, {@code 1.2.3.4:5300}, {@code ::1}, {@code [::1]} and
 * {@code [::1]:5300} (RFC 5952, 6).
 */
public final class ServerAddress {
  /** The port of DNS (RFC 1035, 4.2). */
  public static final int DNS_PORT = 53;

  private static final int MAX_PORT = 65535;

  private final byte[] address;
  private final int port;

  /**
   * An address and a port.
   *
   * @param address 4 or 16 bytes in network order
   * @param port 1 to 65535
   */
  public ServerAddress(byte[] address, int port) {
    if (address.length != 4 && address.length != 16) {
      throw new IllegalArgumentException("address of " + address.length + " bytes");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port);
    }
    this.address = address.clone();
    this.port = port;
  }

  /** An address of 4 or 16 bytes at port 53. */
  public static ServerAddress of(Bytes address) {
    return new ServerAddress(address.toArray(), DNS_PORT);
  }

  /** Reads one address, which must be all of the text; port 53 where it names none. */
  public static Optional<ServerAddress> parse(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf("]");
      int colon = text.indexOf(":");
      return close < 0 || colon < 0 || colon > close
          ? Optional.empty()
          : of(text.substring(1, close), text.substring(close + 1));
    }
    int colon = text.indexOf(':');
    return colon < 0 || colon != text.lastIndexOf(':')
        ? of(text, "")
        : of(text.substring(0, colon), text.substring(colon));
  }

  /** From an address and nothing or a colon and a port. */
  private static Optional<ServerAddress> of(String host, String colonPort) {
    Optional<Bytes> address = AddressText.parse(host);
    int port = colonPort.isEmpty() ? DNS_PORT : port(colonPort);
    return address.isEmpty() || port < 1
        ? Optional.empty()
        : Optional.of(new ServerAddress(address.get().toArray(), port));
  }

  /** The number behind a colon; 0 if it is no port. */
  private static int port(String colonPort) {
    int port = 0;
    for (int i = 1; i < colonPort.length(); i++) {
      int digit = colonPort.charAt(i) - '0';
      port = 10 * port + digit;
      if (digit < 0 || digit > 9 || port > MAX_PORT) {
        return 0;
      }
    }
    return colonPort.charAt(0) == ':' ? port : 0;
  }

  /** Reads addresses split by commas and blanks; empty unless every part is one. */
  public static List<ServerAddress> parseList(String text) {
    List<ServerAddress> addresses = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && ", \t".indexOf(text.charAt(i)) < 0) {
        continue;
      }
      if (i > start) {
        Optional<ServerAddress> address = parse(text.substring(start, i));
        if (address.isEmpty()) {
          return List.of();
        }
        addresses.add(address.get());
      }
      start = i + 1;
    }
    return addresses;
  }

  /** The first {@code max} of the addresses that are not unspecified. */
  static List<ServerAddress> usable(List<ServerAddress> addresses, int max) {
    List<ServerAddress> usable = new ArrayList<>();
    for (ServerAddress address : addresses) {
      if (!address.isUnspecified() && usable.size() < max) {
        usable.add(address);
      }
    }
    return usable;
  }

  /** A copy of the address: 4 or 16 bytes in network order. */
  public byte[] address() {
    return address.clone();
  }

  /** Bytes of the address: 4 or 16. */
  public int addressLength() {
    return address.length;
  }

  /** The byte of the address at an index, 0 to 255. */
  public int octet(int index) {
    return address[index] & 0xff;
  }

  /** 1 to 65535. */
  public int port() {
    return port;
  }

  public boolean isIpv6() {
    return address.length == 16;
  }

  /** True if this is {@code 0.0.0.0} or {@code ::}, which names no server. */
  public boolean isUnspecified() {
    for (byte octet : address) {
      if (octet != 0) {
        return false;
      }
    }
    return true;
  }

  /** The same for the JDK's sockets; nothing is looked up. */
  public InetSocketAddress toSocketAddress() {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("the constructor checks the length", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerAddress that
        && port == that.port
        && Arrays.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + port;
  }

  /** The text form; the port only if it is not 53. */
  @Override
  public String toString() {
    String host = AddressText.of(Bytes.of(address));
    if (port == DNS_PORT) {
      return host;
    }
    return isIpv6() ? "[" + host + "]:" + port : host + ":" + port;
  }
}
