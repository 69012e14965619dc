package djbdns.dnscache.resolve.reply;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.wire.AddressText;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a delegation of NS records and their glue. Of the servers the first {@link
 * ResolverLimits#DELEGATION_SERVERS} that the reply names are kept, in its order, fewer where their
 * names are long; and of each the first addresses of the additional section that may be asked:
 * {@link ResolverLimits#SERVER_ADDRESSES}, fewer where there are many servers.
 */
public final class DelegationReader {
  private static final int NS = RecordType.NS.code();
  private static final int A = RecordType.A.code();
  private static final int AAAA = RecordType.AAAA.code();

  /** Of each server, however many there are. */
  private static final int FEWEST_ADDRESSES = 2;

  private final RecordIndex index;
  private final AddressPolicy policy;
  private final Lifetimes lifetimes;

  DelegationReader(RecordIndex index, AddressPolicy policy, Lifetimes lifetimes) {
    this.index = index;
    this.policy = policy;
    this.lifetimes = lifetimes;
  }

  /**
   * The delegation of a zone. It ends with its shortest-lived NS record, and with the delegation
   * that it comes from.
   *
   * @param start where in the index its NS records are looked for
   * @param end where they are not any more
   * @param glueOwners whose addresses the asked server may tell
   */
  Delegation read(Name zone, int start, int end, Bailiwick glueOwners, ReplyReader.Context context)
      throws MalformedPacketException {
    List<Name> names = new ArrayList<>(4);
    int ttlSeconds = readNames(zone, start, end, names);
    long expiresAt = lifetimes.expiresAt(ttlSeconds, context.unixSeconds());
    int[] hashes = new int[names.size()];
    List<List<ServerAddress>> addresses = new ArrayList<>(names.size());
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = RecordIndex.hash(names.get(i));
      addresses.add(new ArrayList<>(2));
    }
    int most =
        Math.clamp(
            ResolverLimits.DELEGATION_ADDRESSES / Math.max(1, hashes.length),
            FEWEST_ADDRESSES,
            ResolverLimits.SERVER_ADDRESSES);
    for (int i = index.authorityEnd(); i < index.end(); i++) {
      if (index.type(i) == A || index.type(i) == AAAA) {
        int server = serverOf(i, names, hashes);
        if (server >= 0 && glueOwners.contains(names.get(server))) {
          addAddress(i, addresses.get(server), most);
        }
      }
    }
    List<Delegation.NameServer> servers = new ArrayList<>(names.size());
    for (int i = 0; i < hashes.length; i++) {
      servers.add(new Delegation.NameServer(names.get(i), addresses.get(i)));
    }
    return new Delegation(
        zone, servers, context.unixSeconds(), Math.min(expiresAt, context.zone().expiresAt()));
  }

  /** Adds the names of a zone's servers to a list; returns the smallest TTL of their records. */
  private int readNames(Name zone, int start, int end, List<Name> names)
      throws MalformedPacketException {
    int ttlSeconds = Integer.MAX_VALUE;
    int zoneHash = RecordIndex.hash(zone);
    int nameBytes = 0;
    for (int i = start; i < end && ResolverLimits.hasRoomForServer(names.size(), nameBytes); i++) {
      if (index.type(i) == NS && index.isOwnedBy(i, zone, zoneHash)) {
        Name name = index.nameIn(i);
        ttlSeconds = Math.min(ttlSeconds, index.ttlSeconds(i));
        if (!names.contains(name)) {
          names.add(name);
          nameBytes += name.length();
        }
      }
    }
    return ttlSeconds;
  }

  /** Which of the servers a record is about; -1 if none. */
  private int serverOf(int record, List<Name> names, int[] hashes) throws MalformedPacketException {
    for (int i = 0; i < hashes.length; i++) {
      if (index.isOwnedBy(record, names.get(i), hashes[i])) {
        return i;
      }
    }
    return -1;
  }

  private void addAddress(int record, List<ServerAddress> addresses, int most)
      throws MalformedPacketException {
    if (addresses.size() == most) {
      return;
    }
    boolean ipv4 = index.type(record) == A;
    int length = ipv4 ? AddressText.IPV4_BYTES : AddressText.IPV6_BYTES;
    if (index.dataLength(record) != length) {
      throw MalformedPacketException.INSTANCE;
    }
    byte[] address = index.data(record).readBytes(length);
    ServerAddress server = new ServerAddress(address, ServerAddress.DNS_PORT);
    if (policy.mayAsk(server) && !addresses.contains(server)) {
      addresses.add(server);
    }
  }
}
