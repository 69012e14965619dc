package djbdns.dnscache.resolve.policy;

import djbdns.client.ServerAddress;

/**
 * Which addresses may be asked, whoever names them, and which are private. What names this host,
 * nobody or everybody is never asked (CVE-2026-50251). Immutable.
 */
public final class AddressPolicy {
  private static final int IPV4_BYTES = 4;

  /** The kinds of addresses, by where they lead. */
  private enum Scope {
    /** To this host: loopback, unspecified (RFC 6890, 2.2.2; RFC 4291, 2.5.2 and 2.5.3). */
    THIS_HOST,
    /** To no single host: multicast, broadcast, reserved. */
    NOBODY,
    /** Into a network of one's own (RFC 1918, 3927, 4193, 4291, 6598). */
    PRIVATE,
    /** Anywhere. */
    PUBLIC
  }

  private final ResolverConfig config;
  private final ConfiguredZones configured;

  public AddressPolicy(ResolverConfig config, ConfiguredZones configured) {
    this.config = config;
    this.configured = configured;
  }

  /**
   * True if a server may be asked: never this cache itself; any that a file names; of the others
   * those of the host's address families that lead to one other host.
   */
  public boolean mayAsk(ServerAddress server) {
    if (config.ownAddresses().contains(server)) {
      return false;
    }
    if (configured.names(server)) {
      return true;
    }
    byte[] address = server.address();
    return (server.isIpv6() ? config.useIpv6() : config.useIpv4())
        && !isMapped(address, 0, address.length)
        && switch (scope(address, 0, address.length)) {
          case THIS_HOST, NOBODY -> false;
          case PRIVATE -> config.askPrivateServers();
          case PUBLIC -> true;
        };
  }

  /**
   * True if an address in an answer could make a client talk to its own network or itself: a
   * private, link-local, loopback or unspecified one, also as IPv4 within IPv6. Lists that answer
   * with 127.0.0.2 and the like are such answers too.
   *
   * @param length 4 or 16
   */
  public static boolean isPrivate(byte[] bytes, int offset, int length) {
    return switch (scope(bytes, offset, length)) {
      case THIS_HOST, PRIVATE -> true;
      case NOBODY, PUBLIC -> false;
    };
  }

  private static Scope scope(byte[] bytes, int offset, int length) {
    return length == IPV4_BYTES ? scopeOfIpv4(bytes, offset) : scopeOfIpv6(bytes, offset);
  }

  private static Scope scopeOfIpv4(byte[] bytes, int offset) {
    int first = bytes[offset] & 0xff;
    int second = bytes[offset + 1] & 0xff;
    return switch (first) {
      case 0, 127 -> Scope.THIS_HOST;
      case 10 -> Scope.PRIVATE;
      case 100 -> (second & 0xc0) == 64 ? Scope.PRIVATE : Scope.PUBLIC;
      case 169 -> second == 254 ? Scope.PRIVATE : Scope.PUBLIC;
      case 172 -> (second & 0xf0) == 16 ? Scope.PRIVATE : Scope.PUBLIC;
      case 192 -> second == 168 ? Scope.PRIVATE : Scope.PUBLIC;
      default -> first >= 224 ? Scope.NOBODY : Scope.PUBLIC;
    };
  }

  private static Scope scopeOfIpv6(byte[] bytes, int offset) {
    int first = bytes[offset] & 0xff;
    int second = bytes[offset + 1] & 0xff;
    if (first == 0xff) {
      return Scope.NOBODY;
    }
    boolean local = (first & 0xfe) == 0xfc || (first == 0xfe && (second & 0x80) != 0);
    if (local) {
      return Scope.PRIVATE;
    }
    if (isLoopback(bytes, offset)) {
      return Scope.THIS_HOST;
    }
    return isMapped(bytes, offset, 16) || isTranslated(bytes, offset)
        ? scopeOfIpv4(bytes, offset + 12)
        : Scope.PUBLIC;
  }

  private static boolean isLoopback(byte[] bytes, int offset) {
    return isZero(bytes, offset, 15) && bytes[offset + 15] == 1;
  }

  /**
   * True if this is an IPv4 address in IPv6 form: mapped or compatible (RFC 4291, 2.5.5). Neither
   * is ever on the wire, and the socket of such an address would be one of IPv4.
   */
  private static boolean isMapped(byte[] bytes, int offset, int length) {
    return length != IPV4_BYTES
        && isZero(bytes, offset, 10)
        && (isZero(bytes, offset + 10, 2)
            || (bytes[offset + 10] == -1 && bytes[offset + 11] == -1));
  }

  /** True if this stands for an IPv4 address behind a translator: 64:ff9b::/96 (RFC 6052, 2.1). */
  private static boolean isTranslated(byte[] bytes, int offset) {
    return bytes[offset] == 0
        && bytes[offset + 1] == 0x64
        && bytes[offset + 2] == -1
        && bytes[offset + 3] == (byte) 0x9b
        && isZero(bytes, offset + 4, 8);
  }

  private static boolean isZero(byte[] bytes, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
