package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.RootHints;
import djbdns.dnscache.resolve.policy.AddressPolicy;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Reply.Ending;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Referrals and priming: who may hand what to whom, with which addresses, for how long. */
final class ReplyReferralTest {
  private static TestReply referral() {
    return TestReply.to("www.sub.example", "A")
        .flags(0)
        .authority("sub.example 600 NS ns1.sub.example", "sub.example 300 NS ns2.example");
  }

  private static List<String> servers(Delegation delegation) {
    return delegation.servers().stream()
        .map(server -> server.name() + " " + server.addresses())
        .toList();
  }

  @Test
  void shouldTakeAReferralWithGlue() {
    Delegation delegation =
        referral()
            .additional("ns1.sub.example 60 A 192.0.2.1", "ns1.sub.example 60 AAAA 2001:db8::1")
            .additional("ns2.example 60 A 192.0.2.2", "ns1.sub.example 60 A 192.0.2.1")
            .referral();
    assertEquals(TestReply.name("sub.example"), delegation.zone());
    assertEquals(
        List.of("ns1.sub.example [192.0.2.1, 2001:db8::1]", "ns2.example [192.0.2.2]"),
        servers(delegation));
    assertEquals(TestReply.NOW + 300, delegation.expiresAt());
  }

  @Test
  void shouldEndADelegationWithTheOneItComesFrom() {
    assertEquals(
        TestReply.NOW + 7, referral().zoneExpiresAt(TestReply.NOW + 7).referral().expiresAt());
  }

  @Test
  void shouldTakeGlueForListedServersWithinTheZoneOnly() {
    Delegation delegation =
        referral()
            .authority("sub.example 300 NS ns.test")
            .additional("ns.test 60 A 192.0.2.66", "bank.example 60 A 192.0.2.66")
            .additional("sub.example 60 A 192.0.2.66", "ns2.example 60 A 192.0.2.2")
            .referral();
    assertEquals(
        List.of("ns1.sub.example []", "ns2.example [192.0.2.2]", "ns.test []"),
        servers(delegation));
  }

  @Test
  void shouldTakeNoGlueFromOtherSections() {
    Delegation delegation =
        referral()
            .answer("ns2.example 60 A 192.0.2.66")
            .authority("ns2.example 60 A 192.0.2.66")
            .referral();
    assertEquals(List.of("ns1.sub.example []", "ns2.example []"), servers(delegation));
  }

  @Test
  void shouldTakeNoGlueForNamesThatAFileIsAbout() {
    Delegation delegation =
        TestReply.to("www.sub.example", "A")
            .flags(0)
            .configured("inside.example")
            .authority("sub.example 300 NS ns.inside.example")
            .additional("ns.inside.example 60 A 192.0.2.66")
            .referral();
    assertEquals(List.of("ns.inside.example []"), servers(delegation));
  }

  @Test
  void shouldTakeNoGlueThatMayNotBeAsked() {
    Delegation delegation =
        referral()
            .additional("ns2.example 60 A 0.0.0.0", "ns2.example 60 A 127.0.0.1")
            .additional("ns2.example 60 AAAA ::1", "ns2.example 60 AAAA ::ffff:127.0.0.1")
            .additional("ns2.example 60 A 224.0.0.1", "ns2.example 60 A 192.0.2.2")
            .referral();
    assertEquals(List.of("ns1.sub.example []", "ns2.example [192.0.2.2]"), servers(delegation));
  }

  @Test
  void shouldBoundServersAndAddresses() {
    TestReply reply = TestReply.to("www.sub.example", "A").flags(0);
    for (int i = 0; i < 100; i++) {
      reply.authority("sub.example 300 NS ns" + i + ".example");
      reply.additional("ns0.example 60 A 192.0.2." + i);
    }
    List<Delegation.NameServer> servers = reply.referral().servers();
    assertEquals(ResolverLimits.DELEGATION_SERVERS, servers.size());
    assertEquals(2, servers.getFirst().addresses().size(), "there are many servers");
    assertEquals(TestReply.name("ns15.example"), servers.getLast().name());
  }

  @Test
  void shouldBoundBytesOfNames() {
    TestReply reply = TestReply.to("www.sub.example", "A").flags(0);
    String long60 = "a".repeat(60);
    for (int i = 0; i < 16; i++) {
      reply.authority("sub.example 300 NS ns" + i + "." + long60 + "." + long60 + ".example");
    }
    int nameBytes =
        reply.referral().servers().stream().mapToInt(server -> server.name().length()).sum();
    assertTrue(nameBytes >= ResolverLimits.DELEGATION_NAMES_BYTES, () -> nameBytes + " bytes");
    assertTrue(
        nameBytes < ResolverLimits.DELEGATION_NAMES_BYTES + Limits.NAME_BYTES,
        () -> nameBytes + " bytes");
  }

  @Test
  void shouldTakeMoreAddressesWhereThereAreFewServers() {
    TestReply reply = referral();
    for (int i = 0; i < 100; i++) {
      reply.additional("ns2.example 60 A 192.0.2." + i);
    }
    assertEquals(
        ResolverLimits.SERVER_ADDRESSES, reply.referral().servers().getLast().addresses().size());
  }

  @Test
  void shouldTakeNsRecordsOfOneZoneOnly() {
    Delegation delegation =
        referral()
            .authority("www.sub.example 300 NS ns3.example", "example 9 NS x.test")
            .referral();
    assertEquals(2, delegation.servers().size());
    assertEquals(TestReply.NOW + 300, delegation.expiresAt());
  }

  @Test
  void shouldTakeAReferralForTheNameItself() {
    Delegation delegation =
        TestReply.to("sub.example", "NS")
            .flags(0)
            .authority("sub.example 300 NS ns.example")
            .referral();
    assertEquals(TestReply.name("sub.example"), delegation.zone());
  }

  @Test
  void shouldFindNoDsRecordsWhereTheParentRefersForThem() {
    TestReply reply =
        TestReply.to("sub.example", "DS").flags(0).authority("sub.example 300 NS ns.example");
    assertEquals(Ending.NODATA, reply.content().ending());
    assertEquals(Optional.empty(), reply.content().soa());
    Delegation above =
        TestReply.to("x.sub.example", "DS")
            .flags(0)
            .authority("sub.example 300 NS ns.example")
            .referral();
    assertEquals(TestReply.name("sub.example"), above.zone());
  }

  @Test
  void shouldTakeNoReferralFromACache() {
    assertEquals(
        new Reply.Lame(TestReply.name("sub.example"), Optional.empty()),
        referral().flags(Header.RA).fromCache().read());
  }

  @Test
  void shouldTakeNoDelegationFromAnAnswer() {
    Reply.Content content =
        referral()
            .answer("www.sub.example 60 A 192.0.2.1")
            .additional("ns2.example 60 A 192.0.2.66")
            .content();
    assertEquals(List.of("www.sub.example 60 A 192.0.2.1"), TestReply.lines(content.records()));
  }

  @Test
  void shouldRefuseAServerNameOrGlueThatCannotBeRead() {
    Unknown twoNames = new Unknown(RecordType.NS, Bytes.of(new byte[2]));
    Unknown shortAddress = new Unknown(RecordType.AAAA, Bytes.of(new byte[4]));
    Name zone = TestReply.name("sub.example");
    Name server = TestReply.name("ns2.example");
    assertEquals(
        new Reply.Malformed(),
        TestReply.to("www.sub.example", "A")
            .flags(0)
            .authority(new ResourceRecord(zone, 9, twoNames))
            .read());
    assertEquals(
        new Reply.Malformed(),
        referral().additional(new ResourceRecord(server, 9, shortAddress)).read());
  }

  private static TestReply priming() {
    return TestReply.to(".", "NS")
        .fromServerOf(".")
        .answer(". 518400 NS a.root-servers.net", ". 518400 NS b.root-servers.net");
  }

  @Test
  void shouldTakeTheRootServersFromPriming() {
    Delegation root =
        priming()
            .additional("a.root-servers.net 60 A 198.41.0.4")
            .additional("b.root-servers.net 60 AAAA 2801:1b8:10::b")
            .additional("evil.test 60 A 192.0.2.66")
            .priming()
            .orElseThrow();
    assertEquals(Name.ROOT, root.zone());
    assertEquals(
        List.of("a.root-servers.net [198.41.0.4]", "b.root-servers.net [2801:1b8:10::b]"),
        servers(root));
    assertEquals(TestReply.NOW + 518_400, root.expiresAt());
  }

  @Test
  void shouldPrimeWithNothingLess() {
    assertEquals(Optional.empty(), priming().priming(), "no addresses");
    String address = "a.root-servers.net 60 A 198.41.0.4";
    assertTrue(priming().additional(address).priming().isPresent());
    assertEquals(Optional.empty(), priming().rcode(Rcode.SERVFAIL).additional(address).priming());
    assertEquals(
        Optional.empty(),
        TestReply.to(".", "NS")
            .authority(". 9 NS a.root-servers.net")
            .additional(address)
            .priming());
    byte[] packet = priming().additional(address).packet();
    assertEquals(
        Optional.empty(),
        priming().reader().readPriming(packet, packet.length - 1, priming().context()));
  }

  @Test
  void shouldKnowTheRootServers() {
    ConfiguredZones none = ConfiguredZones.NONE;
    Delegation hints = RootHints.delegation(new AddressPolicy(ResolverConfig.standard(), none));
    assertEquals(13, hints.servers().size());
    assertTrue(hints.servers().stream().allMatch(server -> server.addresses().size() == 2));
    assertEquals("b.root-servers.net", hints.servers().get(1).name().toString());
    assertEquals(Delegation.NEVER, hints.expiresAt());
    assertEquals(26, RootHints.addresses().size());
    assertTrue(RootHints.addresses().stream().skip(13).allMatch(text -> text.contains(":")));
    ResolverConfig ipv6 = new ResolverConfig(false, false, true, true, true, 0, 9, true, Set.of());
    Delegation some = RootHints.delegation(new AddressPolicy(ipv6, none));
    assertTrue(
        some.servers().stream()
            .flatMap(server -> server.addresses().stream())
            .allMatch(ServerAddress::isIpv6));
  }
}
