package djbdns.dnscache.resolve;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.Rank;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Reply;
import djbdns.dnscache.resolve.reply.ReplyMatcher;
import djbdns.dnscache.resolve.reply.ReplyReader;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.dnscache.resolve.servers.ServerList;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All fetches in progress, and what happens to what they bring. */
final class Fetches {
  private static final int DNAME = RecordType.DNAME.code();

  private final Core core;
  private final QueryPacket packets;
  private final ReplyMatcher matcher = new ReplyMatcher();
  private final Map<Fetch.Key, Fetch> byKey = new HashMap<>();
  private final Map<Name, Crowd> perZone = new HashMap<>();
  private ReplyReader reader;

  /** The fetches of one zone, by the clients that they were begun for. */
  private static final class Crowd {
    /** A client that has less than such a part of what a zone may have is always let in. */
    private static final int MODEST_PART = 10;

    private final Map<Bytes, Integer> byClient = new HashMap<>();
    private int count;

    /** Returns how many there are now. */
    int add(Bytes client, int change) {
      byClient.merge(client, change, (before, more) -> before + more == 0 ? null : before + more);
      count += change;
      return count;
    }

    /** Many modest clients may have as much again as the others. */
    boolean isFullFor(Bytes client, int most) {
      boolean modest = byClient.getOrDefault(client, 0) < most / MODEST_PART;
      return count >= (modest ? 2 * most : most);
    }
  }

  Fetches(Core core, ConfiguredZones zones) {
    this.core = core;
    packets = new QueryPacket(core.random());
    reader = new ReplyReader(zones, core.config(), core.random());
  }

  void configure(ConfiguredZones zones) {
    reader = new ReplyReader(zones, core.config(), core.random());
  }

  QueryPacket packets() {
    return packets;
  }

  ReplyMatcher matcher() {
    return matcher;
  }

  Reply read(Fetch.Key key, byte[] packet, int length, ReplyReader.Context context) {
    if (key.purpose() == Fetch.Purpose.PRIMING) {
      return reader
          .readPriming(packet, length, context)
          .<Reply>map(Reply.Referral::new)
          .orElse(new Reply.Malformed());
    }
    return reader.read(packet, length, context);
  }

  /**
   * Asks the servers of a zone, or joins those who have asked already.
   *
   * @param sent packets that the servers have had with the same question, minimised
   * @param gluelessness for the log: how many lookups of server addresses deep
   * @param capped whether the zone is one that anybody may have made up
   * @return empty if too many questions to the zone are in progress
   */
  Optional<Fetch> ask(
      Fetch.Key key,
      Delegation zone,
      ServerList candidates,
      List<Fetch.Sent> sent,
      int gluelessness,
      boolean capped,
      Fetch.Listener listener) {
    Fetch known = byKey.get(key);
    if (known != null) {
      known.join(listener, candidates);
      return Optional.of(known);
    }
    Crowd crowd = perZone.computeIfAbsent(key.zone(), any -> new Crowd());
    if (capped && crowd.isFullFor(listener.client(), core.bounds().fetchesPerZone())) {
      return Optional.empty();
    }
    Fetch fetch = new Fetch(core, this, key, zone, candidates, sent, listener.client());
    byKey.put(key, fetch);
    crowd.add(listener.client(), 1);
    fetch.listen(listener);
    core.log().tx(gluelessness, key.type(), key.name(), key.zone(), candidates.addresses());
    fetch.start();
    return Optional.of(fetch);
  }

  void remove(Fetch fetch) {
    if (byKey.remove(fetch.key(), fetch)) {
      perZone.computeIfPresent(
          fetch.key().zone(), (zone, crowd) -> crowd.add(fetch.begunFor(), -1) == 0 ? null : crowd);
    }
  }

  int count() {
    return byKey.size();
  }

  /** Remembers what a reply says. */
  void store(Fetch fetch, Reply reply, ServerAddress from) {
    switch (reply) {
      case Reply.Content content -> storeContent(fetch.key(), content, fetch.isProbe(), from);
      case Reply.Doubtful doubtful -> throw new IllegalStateException("nothing to remember");
      case Reply.Referral referral -> storeReferral(fetch.key(), referral.delegation(), from);
      case Reply.Lame lame -> throw new IllegalStateException("nothing to remember");
      case Reply.Failed failed -> throw new IllegalStateException("nothing to remember");
      case Reply.Malformed malformed -> throw new IllegalStateException("nothing to remember");
    }
  }

  private void storeContent(
      Fetch.Key key, Reply.Content content, boolean probe, ServerAddress from) {
    Rank rank = content.authoritative() ? Rank.AUTHORITATIVE : Rank.NON_AUTHORITATIVE;
    long now = core.time().unixSeconds();
    boolean synthesised = false;
    for (Rrset records : content.records()) {
      // The alias behind a DNAME record is made from it, and can be made again.
      if (!synthesised) {
        core.log().records(from, records, records.ttlAt(now));
        core.memory().storeRecords(records, rank);
      }
      synthesised = records.type() == DNAME;
    }
    switch (content.ending()) {
      case RECORDS -> core.log().stats();
      case ALIAS, LOOP, TOO_LONG -> {
        // The original has no such line behind an alias.
      }
      case NODATA -> {
        content
            .soa()
            .ifPresent(soa -> core.memory().storeNodata(content.end(), key.type(), soa, rank));
        long ttlSeconds = content.soa().map(soa -> soa.ttlAt(now)).orElse(0L);
        core.log().nodata(from, ttlSeconds, key.type(), content.end());
        core.log().stats();
      }
      case NXDOMAIN -> {
        // Some servers deny a part of a name that they have: it is no answer for anybody.
        content
            .soa()
            .filter(soa -> !probe)
            .ifPresent(soa -> core.memory().storeNxdomain(content.end(), soa, rank));
        long ttlSeconds = content.soa().map(soa -> soa.ttlAt(now)).orElse(0L);
        core.log().nxdomain(from, ttlSeconds, content.end());
      }
    }
  }

  private void storeReferral(Fetch.Key key, Delegation delegation, ServerAddress from) {
    if (key.purpose() == Fetch.Purpose.ITERATION) {
      core.memory().storeDelegation(delegation);
    }
    long ttlSeconds = Math.max(0, delegation.expiresAt() - core.time().unixSeconds());
    core.log().referral(from, delegation, ttlSeconds);
    core.log().stats();
  }
}
