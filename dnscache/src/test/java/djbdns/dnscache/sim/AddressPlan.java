package djbdns.dnscache.sim;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.RootHints;
import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import java.util.ArrayList;
import java.util.List;

/** Which addresses servers have. */
final class AddressPlan {
  private static final int IPV4_BASE = 0x14000000;

  private AddressPlan() {}

  /** The addresses of a server by its number, counted from 1. */
  static List<ServerAddress> addresses(int number, boolean withIpv6) {
    int ipv4 = IPV4_BASE + number;
    byte[] ipv6 = new byte[16];
    ipv6[0] = 0x2a;
    for (int i = 0; i < 4; i++) {
      ipv6[12 + i] = octet(ipv4, i);
    }
    List<ServerAddress> addresses = new ArrayList<>();
    addresses.add(
        server(new byte[] {octet(ipv4, 0), octet(ipv4, 1), octet(ipv4, 2), octet(ipv4, 3)}));
    if (withIpv6) {
      addresses.add(server(ipv6));
    }
    return addresses;
  }

  private static byte octet(int number, int index) {
    return (byte) (number >> (24 - (8 * index)));
  }

  private static ServerAddress server(byte[] address) {
    return new ServerAddress(address, ServerAddress.DNS_PORT);
  }

  /** Where every resolver believes the root servers to be. */
  static List<ServerAddress> rootHints() {
    ResolverConfig config = ResolverConfig.standard();
    return RootHints.delegation(new AddressPolicy(config, ConfiguredZones.NONE)).servers().stream()
        .flatMap(server -> server.addresses().stream())
        .toList();
  }
}
