package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import djbdns.dnscache.resolve.reply.Reply.Ending;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Unknown;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Denials (RFC 2308), in all the forms that servers give them, and what only looks like one. */
final class ReplyDenialTest {
  private static final String SOA = "example 900 SOA ns.example h.example 1 2 3 4 600";

  private static TestReply denial() {
    return TestReply.to("no.example", "A");
  }

  @Test
  void shouldDenyTheName() {
    Reply.Content content = denial().rcode(Rcode.NXDOMAIN).authority(SOA).content();
    assertEquals(Ending.NXDOMAIN, content.ending());
    assertEquals(TestReply.name("no.example"), content.end());
    assertEquals(
        List.of("example 600 SOA ns.example. h.example. 1 2 3 4 600"),
        TestReply.lines(content.soa()));
  }

  @Test
  void shouldDenyTheType() {
    Reply.Content content = denial().authority(SOA).content();
    assertEquals(Ending.NODATA, content.ending());
    assertEquals(TestReply.NOW + 600, content.soa().orElseThrow().expiresAt());
  }

  @ParameterizedTest
  @CsvSource({"900,600,600", "300,600,300", "9000,9000,3600", "0,600,0", "600,0,0"})
  void shouldKeepADenialForTheSmallerOfTtlAndMinimum(int ttl, long minimum, int seconds) {
    Reply.Content content =
        denial()
            .rcode(Rcode.NXDOMAIN)
            .authority("example " + ttl + " SOA ns.example h.example 1 2 3 4 " + minimum)
            .content();
    assertEquals(seconds, content.soa().orElseThrow().ttlAt(TestReply.NOW));
  }

  @Test
  void shouldTakeADenialWithoutSoa() {
    assertEquals(Optional.empty(), denial().rcode(Rcode.NXDOMAIN).content().soa());
    assertEquals(Ending.NXDOMAIN, denial().rcode(Rcode.NXDOMAIN).content().ending());
    assertEquals(Optional.empty(), denial().content().soa());
    assertEquals(Ending.NODATA, denial().content().ending());
  }

  @ParameterizedTest
  @CsvSource({"test", "sub.example", "no.example.test", "."})
  void shouldNotTakeTheSoaOfAnotherZone(String owner) {
    Reply.Content content =
        denial()
            .rcode(Rcode.NXDOMAIN)
            .authority(owner + " 900 SOA ns.example h.example 1 2 3 4 600")
            .content();
    assertEquals(Ending.NXDOMAIN, content.ending());
    assertEquals(Optional.empty(), content.soa());
  }

  @Test
  void shouldTakeTheSoaOfAZoneBelowThatTheServerServesToo() {
    Reply.Content content =
        TestReply.to("no.sub.example", "A")
            .rcode(Rcode.NXDOMAIN)
            .authority("sub.example 900 SOA ns.example h.example 1 2 3 4 600")
            .content();
    assertEquals(TestReply.name("sub.example"), content.soa().orElseThrow().owner());
  }

  @Test
  void shouldDenyTheEndOfAChain() {
    TestReply reply =
        TestReply.to("a.example", "A").answer("a.example 9 CNAME b.example").authority(SOA);
    assertEquals(Ending.NODATA, reply.content().ending());
    Reply.Content content = reply.rcode(Rcode.NXDOMAIN).content();
    assertEquals(Ending.NXDOMAIN, content.ending());
    assertEquals(TestReply.name("b.example"), content.end());
    assertEquals(1, content.records().size());
  }

  /** RFC 2308, 2.1, type 4: NS records without SOA do not make a referral of NXDOMAIN. */
  @Test
  void shouldNotFollowAReferralOfADenial() {
    Reply.Content content =
        TestReply.to("no.sub.example", "A")
            .rcode(Rcode.NXDOMAIN)
            .authority("sub.example 9 NS ns.sub.example")
            .content();
    assertEquals(Ending.NXDOMAIN, content.ending());
  }

  /** RFC 2308, 2.2, type 1: SOA and NS records. */
  @Test
  void shouldTakeADenialWithSoaAndNs() {
    Reply.Content content = denial().authority("example 9 NS ns.example", SOA).content();
    assertEquals(Ending.NODATA, content.ending());
  }

  @Test
  void shouldTakeADenialWithTheZonesNsFromAServerWithAuthority() {
    Reply.Content content = denial().authority("example 9 NS ns.example").content();
    assertEquals(Ending.NODATA, content.ending());
  }

  @Test
  void shouldTakeWhatACacheDenies() {
    for (String zone : List.of(".", "example")) {
      TestReply reply = denial().flags(Header.RA).fromServerOf(zone).fromCache();
      assertEquals(Ending.NODATA, reply.content().ending());
      assertFalse(reply.content().authoritative());
      assertEquals(Optional.empty(), reply.content().soa());
      reply.authority("example 9 NS ns.example", SOA);
      assertEquals(Ending.NODATA, reply.content().ending());
    }
  }

  /** It should have asked them itself. */
  @ParameterizedTest
  @CsvSource({"., .", "., example", "., no.example", "., test", "example, .", "example, example"})
  void shouldTakeACacheThatRefersForLame(String zone, String owner) {
    for (int flags : new int[] {0, Header.RA, Header.AA, Header.AA | Header.RA}) {
      TestReply reply =
          denial()
              .flags(flags)
              .fromServerOf(zone)
              .fromCache()
              .authority(owner + " 9 NS a.root-servers.net");
      assertEquals(lame(owner), reply.read());
      assertEquals(lame(owner), reply.configured(zone).read());
      assertEquals(Ending.NXDOMAIN, reply.rcode(Rcode.NXDOMAIN).content().ending());
    }
  }

  private static Reply lame(String referral) {
    return new Reply.Lame(TestReply.name(referral), Optional.empty());
  }

  @Test
  void shouldTakeADenialWithoutAuthority() {
    Reply.Content content = denial().flags(0).authority(SOA).content();
    assertEquals(Ending.NODATA, content.ending());
    assertFalse(content.authoritative());
  }

  @Test
  void shouldTakeTheDenialOfAnOpenCacheForLame() {
    TestReply reply = denial().flags(Header.RA).authority(SOA);
    Reply.Lame lame = (Reply.Lame) reply.read();
    assertEquals(Ending.NODATA, lame.content().orElseThrow().ending());
    assertEquals(1, lame.content().orElseThrow().soa().orElseThrow().count());
    lame = (Reply.Lame) reply.rcode(Rcode.NXDOMAIN).read();
    assertEquals(Ending.NXDOMAIN, lame.content().orElseThrow().ending());
    lame = (Reply.Lame) denial().flags(Header.RA).read();
    assertEquals(Ending.NODATA, lame.content().orElseThrow().ending());
    assertEquals(Optional.empty(), lame.content().orElseThrow().soa());
  }

  @Test
  void shouldDoubtAnEmptyReplyWithoutAuthority() {
    TestReply reply = denial().flags(0);
    Reply.Content content = ((Reply.Doubtful) reply.read()).content();
    assertEquals(Ending.NODATA, content.ending());
    assertEquals(TestReply.name("no.example"), content.end());
    assertEquals(Optional.empty(), content.soa());
    assertFalse(content.authoritative());
    assertInstanceOf(
        Reply.Doubtful.class, reply.additional("ns.example 9 A 192.0.2.1").read(), "additional");
    assertEquals(Ending.NODATA, reply.configured("example").content().ending());
    assertEquals(Optional.empty(), reply.configured("example").content().soa());
    assertEquals(Ending.NODATA, reply.configured().fromCache().content().ending());
  }

  @ParameterizedTest
  @CsvSource({"test", "other.example", "b.no.example"})
  void shouldTakeAReplyAboutSomethingElseForLame(String other) {
    for (int flags : new int[] {0, Header.RA}) {
      TestReply reply = denial().flags(flags).answer(other + " 9 A 192.0.2.1");
      assertEquals(lame("example"), reply.read());
      reply = denial().flags(flags).authority(other + SOA.substring("example".length()));
      assertEquals(lame("example"), reply.read());
    }
  }

  @ParameterizedTest
  @CsvSource({"example", ".", "test", "other.example"})
  void shouldTakeAReferralBackUpwardsOrAsideForLame(String owner) {
    TestReply reply = denial().flags(0).authority(owner + " 9 NS a.root-servers.net");
    assertEquals(lame(owner), reply.read());
    assertEquals(lame(owner), reply.configured("example").read());
    assertEquals(lame(owner), reply.flags(Header.RA).read());
  }

  /** With AA it is no denial either, unless the NS records are those of the zone itself. */
  @ParameterizedTest
  @CsvSource({".", "test", "other.example", "b.no.example"})
  void shouldTakeAReferralUpwardsOrAsideForLameThoughItClaimsAuthority(String owner) {
    TestReply reply = denial().authority(owner + " 9 NS a.root-servers.net");
    assertEquals(lame(owner), reply.read());
    assertEquals(lame(owner), reply.configured("example").read());
    reply.authority("example 9 NS ns.example");
    assertEquals(Ending.NODATA, reply.content().ending());
  }

  @Test
  void shouldRefuseAnSoaThatCannotBeRead() {
    Unknown bad = new Unknown(RecordType.SOA, Bytes.of(new byte[21]));
    TestReply reply = TestReply.to("no.example", "A");
    ResourceRecord line = new ResourceRecord(TestReply.name("example"), 9, bad);
    assertEquals(new Reply.Malformed(), reply.authority(line).read());
  }
}
