package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.Reply.Ending;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.ResourceRecord;
import djbdns.wire.Txt;
import djbdns.wire.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers: which records count, how aliases are followed, how long data live. */
final class ReplyAnswerTest {
  private static ResolverConfig config(boolean privateAnswers, int minTtl, int maxTtl) {
    return new ResolverConfig(false, true, true, true, privateAnswers, minTtl, maxTtl, true, Set.of());
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
  void shouldStopAtTheMostRecordsOfASet() {
    TestReply reply = TestReply.to("w.example", "A");
    for (int i = 0; i < ResolverLimits.RECORDS_PER_SET + 50; i++) {
      reply.answer("w.example 300 A 192.0." + i / 256 + "." + i % 256);
    }
    assertEquals(ResolverLimits.RECORDS_PER_SET, reply.content().records().getFirst().count());
  }

  @Test
  void shouldStopWhereASetFillsACacheEntry() {
    TestReply reply = TestReply.to("w.example", "MX");
    String suffix = "a".repeat(58) + "." + "b".repeat(58) + ".example";
    for (int i = 0; i < ResolverLimits.RECORDS_PER_SET; i++) {
      reply.answer("w.example 300 MX 1 " + "c".repeat(20) + i + "." + suffix);
    }
    Rrset set = reply.content().records().getFirst();
    assertTrue(set.data().length <= 65535, "bytes: " + set.data().length);
    assertTrue(set.data().length > 65000, "bytes: " + set.data().length);
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

  @Test
  void shouldRefuseALoopOfAliases() {
    Reply reply =
        TestReply.to("a.example", "A")
            .answer("a.example 10 CNAME b.example", "b.example 10 CNAME A.example")
            .read();
    assertEquals(new Reply.Malformed(), reply);
    assertEquals(
        new Reply.Malformed(),
        TestReply.to("a.example", "A").answer("a.example 10 CNAME a.example").read());
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

  @Test
  void shouldFailWhereADnameMakesTooLongAName() {
    String label = "l".repeat(60);
    Reply reply =
        TestReply.to(String.join(".", label, label, label, "old.example"), "A")
            .answer("old.example 50 DNAME " + label + ".new.example")
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
    assertEquals(new Reply.Lame(TestReply.name("example"), Optional.empty()), reply.read());
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
            .additional("w.example 9 A 192.0.2.1");
    byte[] packet = reply.packet();
    for (int length = 0; length < packet.length; length++) {
      assertInstanceOf(Reply.Malformed.class, reply.reader().read(packet, length, reply.context()));
    }
  }
}
