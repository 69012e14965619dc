package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.NameBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A delegation as bytes, for the cache: when it was received, Unix seconds in eight bytes; then for
 * each server its name in wire form, the number of its addresses, and for each address its length
 * (4 or 16) and bytes. All listen at port 53.
 */
final class DelegationData {
  /** Most bytes of a delegation within {@link ResolverLimits}. */
  static final int MAX_BYTES =
      Long.BYTES
          + ResolverLimits.DELEGATION_SERVERS
              * (Limits.NAME_BYTES + 1 + (ResolverLimits.SERVER_ADDRESSES * 17));

  private DelegationData() {}

  /** Writes a delegation; returns the length. */
  static int write(Delegation delegation, byte[] target) {
    int at = 0;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      target[at++] = (byte) (delegation.receivedAt() >>> shift);
    }
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

  /** Bytes of the heap that a delegation's servers will hold, as {@link Held} counts them. */
  static long heldBytes(byte[] data, int length) {
    long held = 0;
    int at = Long.BYTES;
    while (at < length) {
      int nameBytes = NameBytes.length(data, at);
      int addresses = data[at + nameBytes];
      at += nameBytes + 1;
      for (int left = addresses; left > 0; left--) {
        at += 1 + data[at];
      }
      held += Held.server(nameBytes, addresses);
    }
    return held;
  }

  /** The delegation that {@link #write} wrote. */
  static Delegation read(Name zone, byte[] data, int length, long expiresAt) {
    long receivedAt = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      receivedAt = (receivedAt << Byte.SIZE) | (data[i] & 0xff);
    }
    return new Delegation(zone, readServers(data, length), receivedAt, expiresAt);
  }

  private static List<Delegation.NameServer> readServers(byte[] data, int length) {
    List<Delegation.NameServer> servers = new ArrayList<>();
    int at = Long.BYTES;
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
