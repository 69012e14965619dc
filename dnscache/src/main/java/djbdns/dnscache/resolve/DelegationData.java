package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A delegation's servers as bytes, for the cache: for each its name in wire form, the number of its
 * addresses, and for each address its length (4 or 16) and bytes. All listen at port 53.
 */
final class DelegationData {
  /** Most bytes of a delegation within {@link ResolverLimits}. */
  static final int MAX_BYTES =
      ResolverLimits.DELEGATION_SERVERS
          * (Limits.NAME_BYTES + 1 + (ResolverLimits.SERVER_ADDRESSES * 17));

  private DelegationData() {}

  /** Writes the servers of a delegation; returns the length. */
  static int write(Delegation delegation, byte[] target) {
    int at = 0;
    for (Delegation.NameServer server : delegation.servers()) {
      at += server.name().copyTo(target, at);
      target[at++] = (byte) server.addresses().size();
      for (ServerAddress address : server.addresses()) {
        byte[] bytes = address.address();
        target[at++] = (byte) bytes.length;
        System.arraycopy(bytes, 0, target, at, bytes.length);
        at += bytes.length;
      }
    }
    return at;
  }

  /** The servers that {@link #write} wrote. */
  static List<Delegation.NameServer> read(byte[] data, int length) {
    List<Delegation.NameServer> servers = new ArrayList<>();
    int at = 0;
    while (at < length) {
      Name name = Name.ofWire(data, at);
      at += NameBytes.length(data, at);
      List<ServerAddress> addresses = new ArrayList<>();
      for (int left = data[at++]; left > 0; left--) {
        int bytes = data[at++];
        byte[] address = Arrays.copyOfRange(data, at, at + bytes);
        addresses.add(new ServerAddress(address, ServerAddress.DNS_PORT));
        at += bytes;
      }
      servers.add(new Delegation.NameServer(name, addresses));
    }
    return servers;
  }
}
