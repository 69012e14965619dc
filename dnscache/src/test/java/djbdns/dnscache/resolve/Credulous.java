package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.cache.Rank;
import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.A;
import djbdns.wire.rdata.Ns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a cache believe whatever a packet says, as resolvers once did: addresses of any name in any
 * section are data, and NS records of any zone in any section are where it is served. Put between
 * the network and a resolver, it takes away bailiwick, ranks and the parent's last word.
 */
public final class Credulous implements Upstream {
  private final Upstream network;
  private final Memory memory;
  private final TimeSource time;

  /** A believer in what comes from a network. */
  public Credulous(Upstream network, ShardedCache cache, TimeSource time) {
    this.network = network;
    this.memory = new Memory(cache, time);
    this.time = time;
  }

  @Override
  public Exchange send(
      Transport transport,
      ServerAddress server,
      byte[] query,
      int queryLength,
      Cause cause,
      Receiver receiver) {
    Receiver believer =
        new Receiver() {
          @Override
          public void onSent() {
            receiver.onSent();
          }

          @Override
          public void onPacket(byte[] packet, int length) {
            believe(packet, length);
            receiver.onPacket(packet, length);
          }

          @Override
          public void onFailure(SendFailure failure) {
            receiver.onFailure(failure);
          }

          @Override
          public boolean reserve(int bytes) {
            return receiver.reserve(bytes);
          }
        };
    return network.send(transport, server, query, queryLength, cause, believer);
  }

  private void believe(byte[] packet, int length) {
    try {
      Message message = Message.read(packet, length);
      List<ResourceRecord> records = new ArrayList<>(message.answers());
      records.addAll(message.authority());
      records.addAll(message.additional());
      believeServers(records);
      believeAddresses(records);
    } catch (MalformedPacketException e) {
      throw new AssertionError("not part of these scenarios", e);
    }
  }

  private void believeServers(List<ResourceRecord> records) {
    Map<Name, List<Name>> zones = new LinkedHashMap<>();
    Map<Name, Long> ttls = new LinkedHashMap<>();
    for (ResourceRecord one : records) {
      if (one.rdata() instanceof Ns(Name target) && !one.owner().isRoot()) {
        zones.computeIfAbsent(one.owner(), any -> new ArrayList<>()).add(target);
        ttls.put(one.owner(), one.ttlSeconds());
      }
    }
    zones.forEach((zone, names) -> {
      List<Delegation.NameServer> servers =
          names.stream()
              .map(name -> new Delegation.NameServer(name, addresses(name, records)))
              .toList();
      memory.storeDelegation(
          new Delegation(zone, servers, time.unixSeconds(), time.unixSeconds() + ttls.get(zone)));
    });
  }

  /** A server's addresses, from the packet or from what was believed before. */
  private List<ServerAddress> addresses(Name name, List<ResourceRecord> records) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (ResourceRecord one : records) {
      if (one.owner().equals(name) && one.rdata() instanceof A(var address)) {
        addresses.add(new ServerAddress(address.toArray(), ServerAddress.DNS_PORT));
      }
    }
    Optional<Rrset> known = memory.records(name, 1);
    if (addresses.isEmpty() && known.isPresent()) {
      byte[] data = known.get().data();
      byte[] address = Arrays.copyOfRange(data, RecordData.start(0), data.length);
      addresses.add(new ServerAddress(address, ServerAddress.DNS_PORT));
    }
    return addresses;
  }

  private void believeAddresses(List<ResourceRecord> records) {
    for (ResourceRecord one : records) {
      if (one.rdata() instanceof A(var address)) {
        byte[] data = new byte[RecordData.LENGTH_BYTES + address.length()];
        RecordData.putLength(data, 0, address.length());
        System.arraycopy(address.toArray(), 0, data, RecordData.LENGTH_BYTES, address.length());
        long expiresAt = time.unixSeconds() + one.ttlSeconds();
        memory.storeRecords(new Rrset(one.owner(), 1, expiresAt, data), Rank.AUTHORITATIVE);
      }
    }
  }
}
