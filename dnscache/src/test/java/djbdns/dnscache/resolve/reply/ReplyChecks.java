package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.cache.RecordData;
import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Reply.Ending;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What is true of everything that comes out of a reply, whatever was in it. */
final class ReplyChecks {
  private static final int CNAME = RecordType.CNAME.code();
  private static final int DNAME = RecordType.DNAME.code();
  private static final int SOA = RecordType.SOA.code();

  private final ConfiguredZones configured;
  private final ResolverConfig config;
  private final ReplyReader.Context context;

  ReplyChecks(ConfiguredZones configured, ResolverConfig config, ReplyReader.Context context) {
    this.configured = configured;
    this.config = config;
    this.context = context;
  }

  Reply check(byte[] packet, int length) {
    ReplyReader reader = new ReplyReader(configured, config, new SplittableRandom(1));
    reader.readPriming(packet, length, context).ifPresent(root -> checkServers(root, Name.ROOT));
    Reply reply = reader.read(packet, length, context);
    switch (reply) {
      case Reply.Content content -> checkContent(content);
      case Reply.Referral referral -> checkReferral(referral.delegation());
      case Reply.Doubtful(Reply.Content content) -> checkDoubtful(content);
      case Reply.Lame lame -> checkLame(lame);
      case Reply.Failed failed ->
          assertTrue(failed.rcode().code() != 0 && failed.rcode().code() != 3, "failed");
      case Reply.Malformed malformed -> assertEquals(new Reply.Malformed(), malformed);
    }
    return reply;
  }

  private void checkDoubtful(Reply.Content content) {
    checkContent(content);
    assertEquals(Ending.NODATA, content.ending());
    assertEquals(List.of(), content.records());
    assertEquals(Optional.empty(), content.soa());
    assertFalse(content.authoritative());
    assertFalse(context.forwarded());
  }

  private void checkLame(Reply.Lame lame) {
    lame.content().ifPresent(this::checkContent);
    assertFalse(lame.content().filter(Reply.Content::authoritative).isPresent(), "authority");
    assertFalse(context.forwarded() && lame.content().isPresent(), "a cache that is chosen");
  }

  /** True if the asked servers may speak of a name; not the code under test. */
  private boolean mayTell(Name name) {
    Optional<Name> ofZone = configured.closest(context.zone().zone()).map(ConfiguredZone::name);
    Optional<Name> ofName = configured.closest(name).map(ConfiguredZone::name);
    return name.isWithin(context.zone().zone()) && ofZone.equals(ofName);
  }

  private void checkContent(Reply.Content content) {
    Name name = context.name();
    int links = 0;
    Set<String> sets = new HashSet<>();
    int last = content.records().size() - (content.ending() == Ending.RECORDS ? 1 : 0);
    for (int i = 0; i < content.records().size(); i++) {
      Rrset set = content.records().get(i);
      assertTrue(mayTell(set.owner()), "owner " + set.owner());
      checkData(set, ResolverLimits.MAX_TTL_SECONDS);
      assertTrue(sets.add(set.owner() + " " + set.type()), "twice " + set.owner());
      if (i >= last) {
        assertEquals(name, set.owner());
        assertEquals(context.type(), set.type());
      } else if (set.type() == DNAME) {
        assertTrue(name.isWithin(set.owner()) || isUsedLater(content, i), "a use of the DNAME");
      } else {
        assertEquals(CNAME, set.type());
        assertEquals(name, set.owner());
        name = set.firstName();
        links++;
      }
    }
    assertEquals(name, content.end());
    checkEnding(content, sets);
    assertTrue(links <= ResolverLimits.ALIASES_PER_REPLY, "links " + links);
    assertTrue(content.ending() == Ending.ALIAS || mayTell(content.end()), "end");
    content.soa().ifPresent(soa -> checkSoa(content, soa));
  }

  private static void checkEnding(Reply.Content content, Set<String> sets) {
    boolean back = sets.contains(content.end() + " " + CNAME);
    assertEquals(content.ending() == Ending.LOOP, back && content.ending() != Ending.RECORDS);
    if (content.ending() == Ending.TOO_LONG) {
      assertTrue(
          content.records().stream()
              .filter(set -> set.type() == DNAME && content.end().isWithin(set.owner()))
              .anyMatch(set -> Aliases.synthesise(content.end(), set).isEmpty()),
          "not too long");
    }
  }

  private static boolean isUsedLater(Reply.Content content, int dname) {
    return content.records().subList(dname, content.records().size()).stream()
        .anyMatch(set -> set.owner().isWithin(content.records().get(dname).owner()));
  }

  private void checkSoa(Reply.Content content, Rrset soa) {
    assertTrue(content.ending() == Ending.NODATA || content.ending() == Ending.NXDOMAIN);
    assertEquals(SOA, soa.type());
    assertEquals(1, soa.count());
    assertTrue(mayTell(soa.owner()) && content.end().isWithin(soa.owner()), "soa");
    checkData(soa, ResolverLimits.MAX_NEGATIVE_TTL_SECONDS);
  }

  private void checkData(Rrset set, long maxTtlSeconds) {
    long ttlSeconds = set.expiresAt() - context.unixSeconds();
    assertTrue(ttlSeconds >= 0 && ttlSeconds <= maxTtlSeconds, "ttl " + ttlSeconds);
    assertTrue(set.data().length <= 65535, "bytes " + set.data().length);
    int at = 0;
    while (at < set.data().length) {
      checkAddress(set, at);
      at = RecordData.next(set.data(), at);
    }
    assertEquals(set.data().length, at);
    assertTrue(set.count() >= 1 && set.count() <= 5957, "count");
  }

  private void checkAddress(Rrset set, int at) {
    int length = RecordData.length(set.data(), at);
    boolean address = set.type() == RecordType.A.code() || set.type() == RecordType.AAAA.code();
    if (address && !config.privateAnswers() && configured.all().isEmpty()) {
      assertFalse(AddressPolicy.isPrivate(set.data(), RecordData.start(at), length), "rebinding");
    }
  }

  private void checkReferral(Delegation delegation) {
    Name zone = delegation.zone();
    assertFalse(context.forwarded(), "a referral of a cache");
    assertTrue(mayTell(zone), "zone");
    assertFalse(zone.equals(context.zone().zone()), "the same zone");
    assertTrue(context.name().isWithin(zone), "another branch");
    assertFalse(delegation.servers().isEmpty(), "no servers");
    checkServers(delegation, context.zone().zone());
  }

  private void checkServers(Delegation delegation, Name glueZone) {
    AddressPolicy policy = new AddressPolicy(config, configured);
    assertTrue(delegation.expiresAt() <= context.zone().expiresAt(), "outlives its parent");
    assertTrue(delegation.servers().size() <= ResolverLimits.DELEGATION_SERVERS, "servers");
    for (Delegation.NameServer server : delegation.servers()) {
      assertTrue(server.addresses().size() <= ResolverLimits.SERVER_ADDRESSES, "addresses");
      assertTrue(server.addresses().isEmpty() || server.name().isWithin(glueZone), "glue");
      for (ServerAddress address : server.addresses()) {
        assertTrue(policy.mayAsk(address), "address " + address);
      }
    }
  }
}
