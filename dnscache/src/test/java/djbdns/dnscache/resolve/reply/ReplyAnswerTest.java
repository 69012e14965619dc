package djbdns.dnscache.resolve.reply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.policy.ResolverConfig;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Reply.Ending;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Txt;
import djbdns.wire.rdata.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers: which records count, how aliases are followed, how long data live. */
final class ReplyAnswerTest {
  private static ResolverConfig config(boolean privateAnswers, int minTtl, int maxTtl) {
    return new ResolverConfig(
        false, true, true, true, privateAnswers, minTtl, maxTtl, true, Set.of());
  }

  private static TestReply privateOnly() {
    return TestReply.to("www.example", "A")
        .answer("www.example 60 A 10.0.0.1", "www.example 60 A 127.0.0.1");
  }

  @Test
  void shouldTakeTheRecordsAskedFor() {
    Reply.Content content =
        TestReply.to("www.example", "A")
            .answer("www.example 300 A 192.0.2.1", "www.example 300 A 192.0.2.2")
            .content();
    assertEquals(
        List.of("www.example 300 A 192.0.2.1", "www.example 300 A 192.0.2.2"),
        TestReply.lines(content.records()));
    assertEquals(Ending.RECORDS, content.ending());
    assertEquals(TestReply.name("www.example"), content.end());
    assertEquals(Optional.empty(), content.soa());
    assertTrue(content.authoritative());
  }

  @Test
  void shouldIgnoreRecordsOfOtherNamesTypesAndClasses() {
    Reply.Content content =
        TestReply.to("www.example", "A")
            .answer("bank.example 300 A 192.0.2.66", "www.example 300 AAAA 2001:db8::1")
            .answer("www.example 300 RRSIG A 8 2 300 20300101000000 20200101000000 1 example aaaa")
            .answer("www.example 300 CH TXT x", "www.example 300 A 192.0.2.1")
            .answer("bank.example 300 CNAME evil.example")
            .authority("example 300 NS ns.evil.test", "www.example 300 A 192.0.2.67")
            .additional("ns.evil.test 300 A 192.0.2.68", "www.example 300 A 192.0.2.69")
            .content();
    assertEquals(List.of("www.example 300 A 192.0.2.1"), TestReply.lines(content.records()));
  }

  @Test
  void shouldTakeNoRecordOfAnotherClass() {
    ResourceRecord chaos =
        new ResourceRecord(
            TestReply.name("www.example"),
            RecordClass.CH,
            300,
            new Unknown(RecordType.A, Bytes.of((byte) 192, (byte) 0, (byte) 2, (byte) 1)));
    Reply.Content content = TestReply.to("www.example", "A").answer(chaos).content();
    assertEquals(Ending.NODATA, content.ending());
  }

  @Test
  void shouldGiveSignaturesWhenAskedForThem() {
    String signature =
        "www.example 300 RRSIG A 8 2 300 20300101000000 20200101000000 1 example aaaa";
    Reply.Content content = TestReply.to("www.example", "RRSIG").answer(signature).content();
    assertEquals(Ending.RECORDS, content.ending());
    assertEquals(46, content.records().getFirst().type());
  }

  @Test
  void shouldLeaveDuplicatesOut() {
    Reply.Content content =
        TestReply.to("www.example", "A")
            .answer("www.example 300 A 192.0.2.1", "www.example 300 A 192.0.2.2")
            .answer("WWW.example 300 A 192.0.2.1")
            .content();
    assertEquals(2, content.records().getFirst().count());
  }

  @Test
  void shouldTakeTheSmallestTtlOfASet() {
    Reply.Content content =
        TestReply.to("www.example", "A")
            .answer("www.example 300 A 192.0.2.1", "www.example 200 A 192.0.2.2")
            .answer("www.example 100 A 192.0.2.1")
            .content();
    assertEquals(TestReply.NOW + 100, content.records().getFirst().expiresAt());
  }

  @Test
  void shouldTakeATtlWithTheTopBitSetForZero() {
    TestReply reply = TestReply.to("w.example", "A").answer("w.example 300 A 192.0.2.1");
    byte[] packet = reply.packet();
    int ttl = packet.length - 10;
    packet[ttl] = (byte) 0x80;
    Reply.Content content =
        (Reply.Content) reply.reader().read(packet, packet.length, reply.context());
    assertEquals(TestReply.NOW, content.records().getFirst().expiresAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0", "1 60", "60 60", "61 61", "3600 3600", "3601 3600", "9999 3600"})
  void shouldKeepTtlsWithinTheConfiguredBounds(String line) {
    String[] ttls = line.split(" ", 2);
    Reply.Content content =
        TestReply.to("w.example", "A")
            .config(config(true, 60, 3600))
            .answer("w.example " + ttls[0] + " A 192.0.2.1")
            .content();
    assertEquals(Long.parseLong(ttls[1]), content.records().getFirst().ttlAt(TestReply.NOW));
  }

  @Test
  void shouldFollowAliasesWithinTheZone() {
    Reply.Content content =
        TestReply.to("a.example", "A")
            .answer("c.example 30 A 192.0.2.1", "b.example 20 CNAME c.example")
            .answer("a.example 10 CNAME b.example")
            .content();
    assertEquals(
        List.of(
            "a.example 10 CNAME b.example.",
            "b.example 20 CNAME c.example.",
            "c.example 30 A 192.0.2.1"),
        TestReply.lines(content.records()));
    assertEquals(Ending.RECORDS, content.ending());
    assertEquals(TestReply.name("c.example"), content.end());
  }

  @Test
  void shouldStopWhereAnAliasLeavesTheZone() {
    Reply.Content content =
        TestReply.to("a.example", "A")
            .answer("a.example 10 CNAME b.test", "b.test 30 A 192.0.2.66")
            .rcode(Rcode.NXDOMAIN)
            .content();
    assertEquals(List.of("a.example 10 CNAME b.test."), TestReply.lines(content.records()));
    assertEquals(Ending.ALIAS, content.ending());
    assertEquals(TestReply.name("b.test"), content.end());
  }

  @Test
  void shouldStopWhereAnAliasEntersAZoneThatAFileIsAbout() {
    TestReply reply =
        TestReply.to("a.example", "A")
            .fromServerOf(".")
            .fromCache()
            .answer("a.example 10 CNAME b.inside.test", "b.inside.test 30 A 192.0.2.66");
    assertEquals(Ending.RECORDS, reply.configured(".").content().ending());
    Reply.Content content = reply.configured(".", "inside.test").content();
    assertEquals(Ending.ALIAS, content.ending());
    assertEquals(1, content.records().size());
  }

  @Test
  void shouldTakeNothingAboutAZoneThatAFileIsAboutByNow() {
    Reply reply =
        TestReply.to("a.sub.example", "A")
            .configured("sub.example")
            .answer("a.sub.example 10 A 192.0.2.1")
            .read();
    assertEquals(new Reply.Malformed(), reply);
  }

  @Test
  void shouldAskAgainWhereAnAliasIsAllThereIs() {
    Reply.Content content =
        TestReply.to("a.example", "A").answer("a.example 10 CNAME b.example").content();
    assertEquals(Ending.ALIAS, content.ending());
    assertEquals(TestReply.name("b.example"), content.end());
  }

  @Test
  void shouldAskAgainWhereAnAliasLeadsIntoADelegation() {
    Reply.Content content =
        TestReply.to("a.example", "A")
            .answer("a.example 10 CNAME b.sub.example")
            .authority("sub.example 10 NS ns.sub.example")
            .content();
    assertEquals(Ending.ALIAS, content.ending());
  }

  @Test
  void shouldGiveAnAliasThatWasAskedFor() {
    Reply.Content content =
        TestReply.to("a.example", "CNAME")
            .answer("a.example 10 CNAME b.example", "b.example 10 CNAME c.example")
            .content();
    assertEquals(List.of("a.example 10 CNAME b.example."), TestReply.lines(content.records()));
    assertEquals(Ending.RECORDS, content.ending());
    assertEquals(TestReply.name("a.example"), content.end());
  }

  @Test
  void shouldTakeTheFirstOfSeveralAliasesOfAName() {
    Reply.Content content =
        TestReply.to("a.example", "A")
            .answer("a.example 10 CNAME b.example", "a.example 10 CNAME c.example")
            .answer("b.example 10 A 192.0.2.1", "c.example 10 A 192.0.2.2")
            .content();
    assertEquals(
        List.of("a.example 10 CNAME b.example.", "b.example 10 A 192.0.2.1"),
        TestReply.lines(content.records()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 11})
  void shouldSayOnceWhatLeadsInACircle(int aliases) {
    TestReply reply = TestReply.to("n0.example", "A");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < aliases; i++) {
      lines.add("n" + i + ".example 10 CNAME n" + (i + 1) % aliases + ".example.");
    }
    lines.forEach(reply::answer);
    for (Rcode rcode : List.of(Rcode.NOERROR, Rcode.NXDOMAIN)) {
      Reply.Content content = reply.rcode(rcode).content();
      assertEquals(Ending.LOOP, content.ending());
      assertEquals(lines, TestReply.lines(content.records()));
      assertEquals(TestReply.name("N0.example"), content.end());
    }
  }

  @Test
  void shouldEndWhereAnAliasLeadsIntoACircle() {
    Reply.Content content =
        TestReply.to("a.example", "A")
            .answer("a.example 10 CNAME b.example", "b.example 10 CNAME c.example")
            .answer("c.example 10 CNAME B.example")
            .content();
    assertEquals(Ending.LOOP, content.ending());
    assertEquals(3, content.records().size());
    assertEquals(TestReply.name("b.example"), content.end());
  }

  @Test
  void shouldSayOnceADnameThatLeadsInACircle() {
    Reply.Content content =
        TestReply.to("x.a.example", "A")
            .answer("a.example 50 DNAME b.example", "b.example 40 DNAME a.example")
            .content();
    assertEquals(
        List.of(
            "a.example 50 DNAME b.example.",
            "x.a.example 50 CNAME x.b.example.",
            "b.example 40 DNAME a.example.",
            "x.b.example 40 CNAME x.a.example."),
        TestReply.lines(content.records()));
    assertEquals(Ending.LOOP, content.ending());
  }

  @Test
  void shouldTakeSoManyAliasesAndNoMore() {
    TestReply reply = TestReply.to("n0.example", "A");
    for (int i = 0; i < 40; i++) {
      reply.answer("n" + i + ".example 10 CNAME n" + (i + 1) + ".example");
    }
    Reply.Content content = reply.content();
    assertEquals(ResolverLimits.ALIASES_PER_REPLY, content.records().size());
    assertEquals(Ending.ALIAS, content.ending());
    assertEquals(TestReply.name("n11.example"), content.end());
  }

  @Test
  void shouldMakeTheAliasOfADnameItself() {
    Reply.Content content =
        TestReply.to("x.y.old.example", "A")
            .answer("old.example 50 DNAME new.example", "x.y.old.example 9 CNAME evil.example")
            .answer("evil.example 9 A 192.0.2.66", "x.y.new.example 40 A 192.0.2.1")
            .content();
    assertEquals(
        List.of(
            "old.example 50 DNAME new.example.",
            "x.y.old.example 50 CNAME x.y.new.example.",
            "x.y.new.example 40 A 192.0.2.1"),
        TestReply.lines(content.records()));
  }

  @Test
  void shouldGiveTheAliasOfADnameThatWasAskedFor() {
    Reply.Content content =
        TestReply.to("x.old.example", "CNAME").answer("old.example 50 DNAME new.test").content();
    assertEquals(
        List.of("old.example 50 DNAME new.test.", "x.old.example 50 CNAME x.new.test."),
        TestReply.lines(content.records()));
    assertEquals(Ending.RECORDS, content.ending());
  }

  @Test
  void shouldNotApplyADnameToItsOwnOwner() {
    Reply.Content content =
        TestReply.to("old.example", "A")
            .answer("old.example 50 DNAME new.example", "old.example 50 A 192.0.2.1")
            .content();
    assertEquals(List.of("old.example 50 A 192.0.2.1"), TestReply.lines(content.records()));
  }

  @Test
  void shouldNotApplyADnameFromAboveTheZone() {
    Reply.Content content =
        TestReply.to("x.sub.example", "A")
            .fromServerOf("sub.example")
            .answer("example 50 DNAME evil.test", "x.sub.example 50 A 192.0.2.1")
            .content();
    assertEquals(List.of("x.sub.example 50 A 192.0.2.1"), TestReply.lines(content.records()));
  }

  @Test
  void shouldNotApplyADnameWhoseOwnerOnlyLooksLikeAnAncestor() {
    Reply.Content content =
        TestReply.to("x\\003old.example", "A")
            .answer("old.example 50 DNAME new.example", "x\\003old.example 50 A 192.0.2.1")
            .content();
    assertEquals(Ending.RECORDS, content.ending());
    assertEquals(1, content.records().size());
  }

  @Test
  void shouldSayOnceADnameThatIsUsedTwice() {
    Reply.Content content =
        TestReply.to("x.b.example", "A")
            .answer("b.example 50 DNAME c.example", "x.c.example 40 CNAME y.b.example")
            .answer("y.c.example 30 A 192.0.2.1")
            .content();
    assertEquals(
        List.of(
            "b.example 50 DNAME c.example.",
            "x.b.example 50 CNAME x.c.example.",
            "x.c.example 40 CNAME y.b.example.",
            "y.b.example 50 CNAME y.c.example.",
            "y.c.example 30 A 192.0.2.1"),
        TestReply.lines(content.records()));
  }

  /** With and without the response code that the server should have given with it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void shouldTellTheDnameThatMakesTooLongAName(int code) {
    String label = "l".repeat(60);
    Reply.Content content =
        TestReply.to(String.join(".", label, label, label, "old.example"), "A")
            .answer("old.example 50 DNAME " + label + ".new.example")
            .rcode(new Rcode(code))
            .content();
    assertEquals(Ending.TOO_LONG, content.ending());
    assertEquals(
        List.of("old.example 50 DNAME " + label + ".new.example."),
        TestReply.lines(content.records()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 54, 55, 56, 57, 58, 63})
  void shouldKnowHowLongANameMayBe(int bytes) {
    String label = "l".repeat(63);
    String prefix = String.join(".", label, label, "l".repeat(60));
    Reply.Content content =
        TestReply.to(prefix + ".old.example", "A")
            .answer("old.example 50 DNAME " + "n".repeat(bytes) + ".example")
            .content();
    int length = 64 + 64 + 61 + 1 + bytes + 9;
    assertEquals(length > 255 ? Ending.TOO_LONG : Ending.ALIAS, content.ending(), "of " + length);
  }

  @Test
  void shouldFollowAliasesUpToTheDnameThatMakesTooLongAName() {
    String label = "l".repeat(60);
    String target = String.join(".", label, label, label, "old.example");
    TestReply reply = TestReply.to("a.example", "A").answer("a.example 10 CNAME " + target);
    reply.rcode(Rcode.YXDOMAIN);
    assertEquals(new Reply.Failed(Rcode.YXDOMAIN), reply.read(), "no DNAME record");
    reply.answer("old.example 50 DNAME " + label + ".new.example");
    assertEquals(Ending.TOO_LONG, reply.content().ending());
    assertEquals(List.of(5, 39), reply.content().records().stream().map(Rrset::type).toList());
  }

  @Test
  void shouldAskElsewhereWhatIsTooLongElsewhere() {
    Reply.Content content =
        TestReply.to("a.example", "A")
            .answer("a.example 10 CNAME b.test", "test 10 DNAME other.test")
            .rcode(Rcode.YXDOMAIN)
            .content();
    assertEquals(Ending.ALIAS, content.ending());
    assertEquals(1, content.records().size());
  }

  /** What a server's DNAME record does to the name is seen, not believed. */
  @Test
  void shouldFailWhereNoNameIsTooLong() {
    Reply reply =
        TestReply.to("a.old.example", "A")
            .answer("old.example 50 DNAME new.example")
            .rcode(Rcode.YXDOMAIN)
            .read();
    assertEquals(new Reply.Failed(Rcode.YXDOMAIN), reply);
  }

  @Test
  void shouldKeepTheQuestionsOwnLetterCase() {
    TestReply sent = TestReply.to("WwW.eXamPLe", "CNAME").answer("wWw.ExAmPlE 9 CNAME b.eXamPLe");
    byte[] packet = sent.packet();
    byte[] before = packet.clone();
    ReplyReader.Context asked = TestReply.to("www.example", "CNAME").context();
    Reply.Content content = (Reply.Content) sent.reader().read(packet, packet.length, asked);
    Rrset alias = content.records().getFirst();
    assertEquals(Bytes.of(asked.name().toWire()), Bytes.of(alias.owner().toWire()));
    assertEquals(
        Bytes.of(TestReply.name("b.example").toWire()), Bytes.of(alias.firstName().toWire()));
    assertArrayEquals(before, packet, "the packet is its owner's");
  }

  @Test
  void shouldTakeAnAnswerWithoutAuthority() {
    Reply.Content content =
        TestReply.to("w.example", "A").flags(0).answer("w.example 9 A 192.0.2.1").content();
    assertFalse(content.authoritative());
  }

  @Test
  void shouldTakeAnAnswerOfAnOpenCacheForLame() {
    TestReply reply =
        TestReply.to("w.example", "A").flags(Header.RA).answer("w.example 9 A 192.0.2.1");
    Reply.Lame lame = (Reply.Lame) reply.read();
    assertEquals(TestReply.name("example"), lame.referral());
    Reply.Content content = lame.content().orElseThrow();
    assertEquals(List.of("w.example 9 A 192.0.2.1"), TestReply.lines(content.records()));
    assertEquals(Ending.RECORDS, content.ending());
    assertFalse(content.authoritative());
    assertFalse(reply.configured("example").content().authoritative(), "a file's choice");
    assertFalse(reply.configured().fromCache().content().authoritative(), "a forwarder");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 9, 16, 23})
  void shouldFailWithTheServersResponseCode(int code) {
    Reply reply =
        TestReply.to("w.example", "A")
            .rcode(new Rcode(code))
            .answer("w.example 9 A 192.0.2.1")
            .read();
    assertEquals(new Reply.Failed(new Rcode(code)), reply);
  }

  @Test
  void shouldLeaveOutPrivateAddresses() {
    TestReply reply =
        TestReply.to("www.example", "A")
            .answer("www.example 60 A 192.168.1.1", "www.example 60 A 192.0.2.1")
            .answer("www.example 60 A 127.0.0.1");
    assertEquals(3, reply.content().records().getFirst().count());
    Reply.Content content = reply.config(config(false, 0, 9999)).content();
    assertEquals(List.of("www.example 60 A 192.0.2.1"), TestReply.lines(content.records()));
  }

  @Test
  void shouldGiveNoDataWhereOnlyPrivateAddressesWere() {
    Reply.Content content = privateOnly().config(config(false, 0, 9999)).content();
    assertEquals(Ending.NODATA, content.ending());
    assertEquals(List.of(), content.records());
    assertEquals(Optional.empty(), content.soa());
  }

  @Test
  void shouldGivePrivateAddressesFromServersThatAFileNames() {
    TestReply reply = privateOnly().config(config(false, 0, 9999));
    assertEquals(Ending.RECORDS, reply.configured("example").content().ending());
    assertEquals(Ending.NODATA, reply.configured(".").content().ending());
    assertEquals(Ending.NODATA, reply.configured(".", "test").content().ending());
  }

  @Test
  void shouldNotMindABadRecordThatIsNotUsed() {
    Unknown bad = new Unknown(RecordType.A, Bytes.of((byte) 1));
    Reply.Content content =
        TestReply.to("w.example", "A")
            .answer(new ResourceRecord(TestReply.name("v.example"), 9, bad))
            .answer("w.example 9 A 192.0.2.1")
            .content();
    assertEquals(1, content.records().size());
    Reply reply =
        TestReply.to("w.example", "A")
            .answer("w.example 9 A 192.0.2.1")
            .answer(new ResourceRecord(TestReply.name("w.example"), 9, bad))
            .read();
    assertEquals(new Reply.Malformed(), reply);
  }

  @Test
  void shouldRefuseAPacketThatEndsEarly() {
    TestReply reply =
        TestReply.to("w.example", "TXT")
            .answer(new ResourceRecord(Name.ROOT, 9, new Txt(List.of(Bytes.ofText("x")))))
            .authority("w.example 9 A 192.0.2.1");
    byte[] packet = reply.packet();
    for (int length = 0; length < packet.length; length++) {
      assertInstanceOf(Reply.Malformed.class, reply.reader().read(packet, length, reply.context()));
    }
  }

  /** Nothing that counts as an answer is in the additional section. */
  @Test
  void shouldTakeAPacketWhoseAdditionalSectionEndsEarly() {
    TestReply reply = TestReply.to("w.example", "A").answer("w.example 9 A 192.0.2.1");
    int readable = reply.packet().length;
    byte[] packet = reply.additional("w.example 9 A 192.0.2.2", "x.example 9 TXT x").packet();
    for (int length = readable; length <= packet.length; length++) {
      Reply.Content content = (Reply.Content) reply.reader().read(packet, length, reply.context());
      assertEquals(List.of("w.example 9 A 192.0.2.1"), TestReply.lines(content.records()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 60_000})
  void shouldTakeAPacketThatClaimsMoreAdditionalRecords(int more) {
    TestReply reply = TestReply.to("w.example", "A").answer("w.example 9 A 192.0.2.1");
    Reply read = reply.read(TestReply.claiming(reply.packet(), 2, more));
    assertEquals(Ending.RECORDS, ((Reply.Content) read).ending());
    for (int section : new int[] {0, 1}) {
      byte[] packet = TestReply.claiming(reply.packet(), section, more);
      assertEquals(new Reply.Malformed(), reply.read(packet));
    }
  }

  /** They are no data, and what they say of the response code is all that they say. */
  @Test
  void shouldTakeAnyNumberOfOptRecordsInTheAdditionalSection() {
    TestReply reply = TestReply.to("w.example", "A").answer("w.example 9 A 192.0.2.1");
    byte[] packet = reply.packet();
    for (int i = 0; i < 3; i++) {
      packet = TestReply.with(packet, 2, TestReply.opt(0));
      Reply.Content content = (Reply.Content) reply.read(packet);
      assertEquals(List.of("w.example 9 A 192.0.2.1"), TestReply.lines(content.records()));
    }
    packet = TestReply.with(packet, 2, TestReply.opt(1));
    packet = TestReply.with(packet, 2, TestReply.opt(0));
    assertEquals(new Reply.Failed(Rcode.BADVERS), reply.read(packet));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldRefuseAnOptRecordInAnotherSection(int section) {
    TestReply reply = TestReply.to("w.example", "A").answer("w.example 9 A 192.0.2.1");
    byte[] packet = TestReply.with(reply.packet(), section, TestReply.opt(0));
    assertEquals(new Reply.Malformed(), reply.read(packet));
  }
}
