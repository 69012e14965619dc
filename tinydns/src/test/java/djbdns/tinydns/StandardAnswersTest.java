package djbdns.tinydns;

import static djbdns.tinydns.TestZone.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.server.ClientAt;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.Header;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tinydns says by default: see docs/man/tinydns.md, "Differences from 1.05". */
final class StandardAnswersTest {
  private static final String NS = "example.test. 259200 NS a.ns.example.test.";
  private static final String SOA =
      "example.test. 2560 SOA a.ns.example.test. hostmaster.example.test. 1000 16384 2048 1048576"
          + " 2560";

  @TempDir Path directory;

  private TestZone zone;

  /** A zone with these lines and an apex. */
  private void serve(String... lines) throws IOException {
    zone = new TestZone(directory, withZone(lines));
  }

  /** Serves data that tinydns-data warns of. */
  private void serveDoubtful(String... lines) throws IOException {
    zone = new TestZone(ProblemSink.NONE, directory, withZone(lines));
  }

  private static String[] withZone(String... lines) {
    String[] all = new String[lines.length + 1];
    all[0] = ".example.test:192.0.2.53:a";
    System.arraycopy(lines, 0, all, 1, lines.length);
    return all;
  }

  @AfterEach
  void close() {
    zone.close();
  }

  private static boolean isAuthoritative(Message message) {
    return (message.flags() & Header.AA) != 0;
  }

  private static void assertNoData(Message message) {
    assertEquals(Rcode.NOERROR, message.rcode());
    assertEquals(List.of(), records(message, Section.ANSWER));
    assertEquals(List.of(SOA), records(message, Section.AUTHORITY));
    assertTrue(isAuthoritative(message));
  }

  private static void assertNoSuchName(Message message) {
    assertEquals(Rcode.NXDOMAIN, message.rcode());
    assertEquals(List.of(), records(message, Section.ANSWER));
    assertEquals(List.of(SOA), records(message, Section.AUTHORITY));
    assertTrue(isAuthoritative(message));
  }

  @Test
  void shouldAnswerWithAuthorityAndItsAddresses() throws IOException {
    serve("+www.example.test:192.0.2.1");
    Message message = zone.ask("WWW.example.test", RecordType.A);
    assertEquals(Rcode.NOERROR, message.rcode());
    assertTrue(isAuthoritative(message));
    assertEquals(List.of("www.example.test. 86400 A 192.0.2.1"), lower(message, Section.ANSWER));
    assertEquals(List.of(NS), lower(message, Section.AUTHORITY));
    assertEquals(
        List.of("a.ns.example.test. 259200 A 192.0.2.53"), lower(message, Section.ADDITIONAL));
  }

  private static List<String> lower(Message message, Section section) {
    return records(message, section).stream().map(s -> s.replace("WWW", "www")).toList();
  }

  @Test
  void shouldAnswerNoDataForOtherTypes() throws IOException {
    serve("+www.example.test:192.0.2.1");
    assertNoData(zone.ask("www.example.test", RecordType.MX));
  }

  @Test
  void shouldAnswerNxdomainForUnknownNames() throws IOException {
    serve("+www.example.test:192.0.2.1");
    assertNoSuchName(zone.ask("nowhere.example.test", RecordType.A));
    assertNoSuchName(zone.ask("below.www.example.test", RecordType.A));
  }

  @Test
  void shouldAnswerNoDataForEmptyNonTerminal() throws IOException {
    serve("+deep.b.a.example.test:192.0.2.1");
    assertNoData(zone.ask("a.example.test", RecordType.A));
    assertNoData(zone.ask("b.a.example.test", RecordType.A));
    assertNoSuchName(zone.ask("c.a.example.test", RecordType.A));
  }

  @Test
  void shouldAnswerNoDataForNameAboveAWildcardOnly() throws IOException {
    serve("+*.w.example.test:192.0.2.1");
    assertNoData(zone.ask("w.example.test", RecordType.A));
  }

  @Test
  void shouldRefuseNamesOutsideOfTheData() throws IOException {
    serve();
    Message message = zone.ask("example.org", RecordType.A);
    assertEquals(Rcode.REFUSED, message.rcode());
    assertFalse(isAuthoritative(message));
    assertEquals(List.of(), records(message, Section.AUTHORITY));
  }

  @Test
  void shouldApplyWildcardAtAnyDepthBelowItsEncloser() throws IOException {
    serve("+*.w.example.test:192.0.2.1");
    for (String name : List.of("x.w.example.test", "y.x.w.example.test")) {
      assertEquals(
          List.of(name + ". 86400 A 192.0.2.1"),
          records(zone.ask(name, RecordType.A), Section.ANSWER));
    }
    assertNoData(zone.ask("x.w.example.test", RecordType.MX));
  }

  @Test
  void shouldNotApplyWildcardBelowExistingName() throws IOException {
    serve("+*.example.test:192.0.2.1", "+a.example.test:192.0.2.2", "+x.e.example.test:192.0.2.3");
    assertNoSuchName(zone.ask("y.a.example.test", RecordType.A));
    assertNoSuchName(zone.ask("y.e.example.test", RecordType.A));
    assertNoData(zone.ask("e.example.test", RecordType.A));
  }

  /** RFC 4592, 2.1.1: a name that starts with an asterisk is a name. */
  @Test
  void shouldTreatTheNameOfAWildcardAsAName() throws IOException {
    serve(
        "+*.example.test:192.0.2.1", "+x.*.example.test:192.0.2.2", "+*.w.example.test:192.0.2.3");
    assertEquals(
        List.of("*.example.test. 86400 A 192.0.2.1"),
        records(zone.ask("*.example.test", RecordType.A), Section.ANSWER));
    assertNoData(zone.ask("*.example.test", RecordType.MX));
    assertNoSuchName(zone.ask("y.*.example.test", RecordType.A));
    assertNoSuchName(zone.ask("y.*.w.example.test", RecordType.A));
  }

  /** RFC 4592, 2.2.1: the zone of its examples. */
  @Test
  void shouldAnswerTheExamplesOfRfc4592() throws IOException {
    serve(
        "'*.example.test:this is a wildcard",
        "@*.example.test::host1.example.test:10",
        "'sub.*.example.test:this is not a wildcard",
        "+host1.example.test:192.0.2.1",
        ":_ssh._tcp.host1.example.test:SRV:0 0 22 host1.example.test",
        ":_ssh._tcp.host2.example.test:SRV:0 0 22 host2.example.test",
        "&subdel.example.test::ns.example.com");
    assertEquals(
        List.of("host3.example.test. 86400 MX 10 host1.example.test."),
        records(zone.ask("host3.example.test", RecordType.MX), Section.ANSWER));
    assertNoData(zone.ask("host3.example.test", RecordType.A));
    assertEquals(
        List.of("foo.bar.example.test. 86400 TXT \"this is a wildcard\""),
        records(zone.ask("foo.bar.example.test", RecordType.TXT), Section.ANSWER));
    assertNoData(zone.ask("host1.example.test", RecordType.MX));
    assertNoData(zone.ask("sub.*.example.test", RecordType.MX));
    assertNoSuchName(zone.ask("_telnet._tcp.host1.example.test", new RecordType(33)));
    assertFalse(isAuthoritative(zone.ask("host.subdel.example.test", RecordType.A)));
    assertNoSuchName(zone.ask("ghost.*.example.test", RecordType.MX));
  }

  @Test
  void shouldFollowAliasesInsideTheZone() throws IOException {
    serve(
        "Cone.example.test:two.example.test",
        "Ctwo.example.test:www.example.test",
        "+www.example.test:192.0.2.1");
    assertEquals(
        List.of(
            "one.example.test. 86400 CNAME two.example.test.",
            "two.example.test. 86400 CNAME www.example.test.",
            "www.example.test. 86400 A 192.0.2.1"),
        records(zone.ask("one.example.test", RecordType.A), Section.ANSWER));
  }

  @Test
  void shouldLeaveAliasesOutOfTheZoneToTheResolver() throws IOException {
    serve(
        "Cone.example.test:www.example.org",
        ".example.org:192.0.2.9:a",
        "+www.example.org:192.0.2.1");
    Message message = zone.ask("one.example.test", RecordType.A);
    assertEquals(
        List.of("one.example.test. 86400 CNAME www.example.org."),
        records(message, Section.ANSWER));
    assertEquals(List.of(NS), records(message, Section.AUTHORITY));
  }

  @Test
  void shouldSayWhatIsWrongAtTheEndOfAnAlias() throws IOException {
    serve(
        "Cnowhere.example.test:missing.example.test",
        "Cnodata.example.test:www.example.test",
        "+www.example.test:192.0.2.1");
    Message nowhere = zone.ask("nowhere.example.test", RecordType.A);
    assertEquals(Rcode.NXDOMAIN, nowhere.rcode());
    assertEquals(List.of(SOA), records(nowhere, Section.AUTHORITY));
    assertEquals(1, nowhere.answers().size());
    Message noData = zone.ask("nodata.example.test", RecordType.MX);
    assertEquals(Rcode.NOERROR, noData.rcode());
    assertEquals(List.of(SOA), records(noData, Section.AUTHORITY));
    assertEquals(1, noData.answers().size());
  }

  @Test
  void shouldEndLongChainsOfAliases() throws IOException {
    serve(
        IntStream.range(0, 20)
            .mapToObj(i -> "C" + i + ".example.test:" + (i + 1) + ".example.test")
            .toArray(String[]::new));
    Message message = zone.ask("0.example.test", RecordType.A);
    assertEquals(Rcode.NOERROR, message.rcode());
    assertEquals(17, message.answers().size());
    assertEquals(15, zone.ask("5.example.test", RecordType.A).answers().size());
  }

  @Test
  void shouldReferWhereAnAliasLeadsBelowADelegation() throws IOException {
    serve(
        "Ca.example.test:www.sub.example.test", "&sub.example.test:192.0.2.7:ns.sub.example.test");
    Message message = zone.ask("a.example.test", RecordType.A);
    assertTrue(isAuthoritative(message));
    assertEquals(1, message.answers().size());
    assertEquals(
        List.of("sub.example.test. 259200 NS ns.sub.example.test."),
        records(message, Section.AUTHORITY));
    assertEquals(
        List.of("ns.sub.example.test. 259200 A 192.0.2.7"), records(message, Section.ADDITIONAL));
  }

  /** RFC 6672, 2.2 and 3.1. */
  @Test
  void shouldRedirectNamesBelowDname() throws IOException {
    serve(
        ":old.example.test:DNAME:new.example.test:600",
        "'old.example.test:itself",
        "+a.b.new.example.test:192.0.2.1");
    Message message = zone.ask("a.b.old.example.test", RecordType.A);
    assertEquals(Rcode.NOERROR, message.rcode());
    assertEquals(
        List.of(
            "old.example.test. 600 DNAME new.example.test.",
            "a.b.old.example.test. 600 CNAME a.b.new.example.test.",
            "a.b.new.example.test. 86400 A 192.0.2.1"),
        records(message, Section.ANSWER));
    assertEquals(
        List.of("old.example.test. 86400 TXT \"itself\""),
        records(zone.ask("old.example.test", RecordType.TXT), Section.ANSWER));
    assertEquals(
        List.of("old.example.test. 600 DNAME new.example.test."),
        records(zone.ask("old.example.test", RecordType.DNAME), Section.ANSWER));
    assertNoData(zone.ask("old.example.test", RecordType.A));
    Message nowhere = zone.ask("x.old.example.test", RecordType.A);
    assertEquals(Rcode.NXDOMAIN, nowhere.rcode());
    assertEquals(2, nowhere.answers().size());
    assertEquals(List.of(SOA), records(nowhere, Section.AUTHORITY));
  }

  @Test
  void shouldRedirectOutOfTheZone() throws IOException {
    serve(":old.example.test:DNAME:example.org:600");
    Message message = zone.ask("www.old.example.test", RecordType.A);
    assertEquals(
        List.of(
            "old.example.test. 600 DNAME example.org.",
            "www.old.example.test. 600 CNAME www.example.org."),
        records(message, Section.ANSWER));
    assertEquals(List.of(NS), records(message, Section.AUTHORITY));
  }

  @Test
  void shouldRedirectAllNamesButTheApex() throws IOException {
    serve(":example.test:DNAME:example.org:600", "+hidden.example.test:192.0.2.1");
    for (String name : List.of("www.example.test", "hidden.example.test", "a.ns.example.test")) {
      assertEquals(2, zone.ask(name, RecordType.A).answers().size());
    }
    assertEquals(List.of(NS), records(zone.ask("example.test", RecordType.NS), Section.ANSWER));
    assertNoData(zone.ask("example.test", RecordType.A));
  }

  @Test
  void shouldRefuseRedirectionsToNamesTooLong() throws IOException {
    String label = "x".repeat(63);
    serve(":old.example.test:DNAME:" + label + "." + label + ".example.test");
    zone.from(ClientAt.tcp("192.0.2.1", 1));
    // 64 + 49 bytes, and 64 + 64 + 14 of the target: 255.
    String fits = "y".repeat(63) + "." + "y".repeat(48);
    Message longest = zone.ask(fits + ".old.example.test", RecordType.A);
    assertEquals(Rcode.NXDOMAIN, longest.rcode());
    Message tooLong = zone.ask(fits + "y.old.example.test", RecordType.A);
    assertEquals(Rcode.YXDOMAIN, tooLong.rcode());
    assertTrue(isAuthoritative(tooLong));
    assertEquals(1, tooLong.answers().size());
    assertEquals(RecordType.DNAME, tooLong.answers().getFirst().type());
    assertEquals(List.of(), records(tooLong, Section.AUTHORITY));
  }

  @Test
  void shouldLetTheDelegationWinOverDnameBesideOrBelowIt() throws IOException {
    serve(
        "&a.example.test::ns.other.test",
        ":a.example.test:DNAME:b.example.test",
        ":b.a.example.test:DNAME:c.example.test",
        ":d.example.test:DNAME:b.example.test",
        "&a.d.example.test::ns.other.test");
    assertFalse(isAuthoritative(zone.ask("x.a.example.test", RecordType.A)));
    assertFalse(isAuthoritative(zone.ask("x.b.a.example.test", RecordType.A)));
    assertEquals(2, zone.ask("x.a.d.example.test", RecordType.A).answers().size());
  }

  @Test
  void shouldEndRedirectionLoops() throws IOException {
    serve(
        ":a.example.test:DNAME:b.example.test",
        ":b.example.test:DNAME:a.example.test",
        ":c.example.test:DNAME:x.c.example.test",
        ":e.example.test:DNAME:x.f.example.test",
        ":f.example.test:DNAME:y.e.example.test");
    Message loop = zone.ask("q.a.example.test", RecordType.A);
    assertEquals(Rcode.NOERROR, loop.rcode());
    assertEquals(
        List.of(
            "a.example.test. 86400 DNAME b.example.test.",
            "q.a.example.test. 86400 CNAME q.b.example.test.",
            "b.example.test. 86400 DNAME a.example.test.",
            "q.b.example.test. 86400 CNAME q.a.example.test."),
        records(loop, Section.ANSWER));
    assertEquals(
        List.of(
            "c.example.test. 86400 DNAME x.c.example.test.",
            "q.c.example.test. 86400 CNAME q.x.c.example.test."),
        records(zone.ask("q.c.example.test", RecordType.A), Section.ANSWER));
    List<String> growing = records(zone.ask("q.e.example.test", RecordType.A), Section.ANSWER);
    assertEquals(19, growing.size());
    assertEquals(19, Set.copyOf(growing).size());
  }

  /** Other servers end where the chain leads back as well. */
  @Test
  void shouldEndAliasLoopsWhereTheyLeadBack() throws IOException {
    serve(
        "Cself.example.test:self.example.test",
        "Cone.example.test:Two.example.test",
        "Ctwo.example.test:ONE.example.test",
        "C*.w.example.test:x.w.example.test",
        ":s.example.test:DNAME:s.example.test");
    assertAliases("self.example.test", "self");
    assertAliases("one.example.test", "Two", "ONE");
    assertAliases("any.w.example.test", "x.w", "x.w");
    Message same = zone.ask("q.s.example.test", RecordType.A);
    assertEquals(
        List.of(
            "s.example.test. 86400 DNAME s.example.test.",
            "q.s.example.test. 86400 CNAME q.s.example.test."),
        records(same, Section.ANSWER));
  }

  private void assertAliases(String name, String... targets) {
    Message message = zone.ask(name, RecordType.A);
    assertEquals(Rcode.NOERROR, message.rcode());
    assertEquals(
        Stream.of(targets).map(target -> target + ".example.test.").toList(),
        message.answers().stream().map(answer -> answer.rdata().toString()).toList());
  }

  @Test
  void shouldGiveADnameOnceThatIsUsedTwice() throws IOException {
    serve(
        ":d.example.test:DNAME:t.example.test",
        "Ca.t.example.test:b.d.example.test",
        "+b.t.example.test:192.0.2.2",
        "Cc.t.example.test:d.example.test");
    assertEquals(
        List.of(
            "d.example.test. 86400 DNAME t.example.test.",
            "a.d.example.test. 86400 CNAME a.t.example.test.",
            "a.t.example.test. 86400 CNAME b.d.example.test.",
            "b.d.example.test. 86400 CNAME b.t.example.test.",
            "b.t.example.test. 86400 A 192.0.2.2"),
        records(zone.ask("a.d.example.test", RecordType.A), Section.ANSWER));
    Message asked = zone.ask("c.d.example.test", RecordType.DNAME);
    assertEquals(Rcode.NOERROR, asked.rcode());
    assertEquals(
        List.of(
            "d.example.test. 86400 DNAME t.example.test.",
            "c.d.example.test. 86400 CNAME c.t.example.test.",
            "c.t.example.test. 86400 CNAME d.example.test."),
        records(asked, Section.ANSWER));
  }

  /** RFC 4343, 4: also where a name is the end of one that was written before. */
  @Test
  void shouldKeepLettersOfNamesInData() throws IOException {
    serve(
        "&sub.example.test::NS.Example.Test",
        "@example.test::Mail.EXAMPLE.test:10",
        "Cwww.example.test:Web.eXample.test",
        "+web.example.test:192.0.2.1",
        "^p.example.test:Router-1.Example.NET");
    assertEquals(
        List.of("sub.example.test. 259200 NS NS.Example.Test."),
        records(zone.ask("x.sub.example.test", RecordType.A), Section.AUTHORITY));
    assertEquals(
        List.of("example.test. 86400 MX 10 Mail.EXAMPLE.test."),
        records(zone.ask("example.test", RecordType.MX), Section.ANSWER));
    assertEquals(
        List.of(
            "WWW.example.TEST. 86400 CNAME Web.eXample.test.",
            "Web.eXample.test. 86400 A 192.0.2.1"),
        records(zone.ask("WWW.example.TEST", RecordType.A), Section.ANSWER));
    assertEquals(
        List.of("p.example.test. 86400 PTR Router-1.Example.NET."),
        records(zone.ask("p.example.test", RecordType.PTR), Section.ANSWER));
  }

  /** Where the made alias is what was asked for, it is not followed. */
  @Test
  void shouldReturnTheAliasMadeOfDnameWhenAskedForIt() throws IOException {
    serve(":old.example.test:DNAME:new.example.test", "+a.new.example.test:192.0.2.1");
    assertEquals(2, zone.ask("a.old.example.test", RecordType.CNAME).answers().size());
    assertEquals(2, zone.ask("a.old.example.test", RecordType.ANY).answers().size());
  }

  @Test
  void shouldIgnoreDnameThatIsNoName() throws IOException {
    serveDoubtful(":old.example.test:39:\\077", "+a.old.example.test:192.0.2.1");
    assertEquals(1, zone.ask("a.old.example.test", RecordType.A).answers().size());
  }

  @Test
  void shouldReturnTheAliasItselfWhenAskedForIt() throws IOException {
    serve("Ca.example.test:www.example.test", "+www.example.test:192.0.2.1");
    for (RecordType type : List.of(RecordType.CNAME, RecordType.ANY)) {
      assertEquals(
          List.of("a.example.test. 86400 CNAME www.example.test."),
          records(zone.ask("a.example.test", type), Section.ANSWER));
    }
  }

  @Test
  void shouldPreferDataToAnAliasBesideIt() throws IOException {
    serveDoubtful(
        "Ca.example.test:www.example.test", "'a.example.test:text", "+www.example.test:192.0.2.1");
    assertEquals(
        List.of("a.example.test. 86400 TXT \"text\""),
        records(zone.ask("a.example.test", RecordType.TXT), Section.ANSWER));
    assertEquals(2, zone.ask("a.example.test", RecordType.A).answers().size());
  }

  @Test
  void shouldReferWithGlueOfBothFamilies() throws IOException {
    serve(
        "&sub.example.test:192.0.2.7:ns.sub.example.test",
        ":ns.sub.example.test:28:\\040\\001\\015\\270\\000\\000\\000\\000\\000\\000\\000\\000\\000"
            + "\\000\\000\\007");
    Message message = zone.ask("www.sub.example.test", RecordType.A);
    assertFalse(isAuthoritative(message));
    assertEquals(
        List.of("sub.example.test. 259200 NS ns.sub.example.test."),
        records(message, Section.AUTHORITY));
    assertEquals(
        List.of(
            "ns.sub.example.test. 259200 A 192.0.2.7",
            "ns.sub.example.test. 86400 AAAA 2001:db8::7"),
        records(message, Section.ADDITIONAL));
  }

  @Test
  void shouldReferToTheTopmostDelegation() throws IOException {
    serve("&sub.example.test::ns.other.test", "&deep.sub.example.test::ns.third.test");
    assertEquals(
        List.of("sub.example.test. 259200 NS ns.other.test."),
        records(zone.ask("x.deep.sub.example.test", RecordType.A), Section.AUTHORITY));
  }

  @Test
  void shouldAnswerForADeeperZoneOfItsOwn() throws IOException {
    serve(
        "&sub.example.test::ns.other.test",
        ".deep.sub.example.test:192.0.2.8:a",
        "+www.deep.sub.example.test:192.0.2.9");
    Message message = zone.ask("www.deep.sub.example.test", RecordType.A);
    assertTrue(isAuthoritative(message));
    assertEquals(1, message.answers().size());
  }

  @Test
  void shouldAnswerDsFromTheParent() throws IOException {
    serve(
        "&sub.example.test::ns.other.test",
        ":sub.example.test:43:\\000\\001\\010\\005abcd",
        "&plain.example.test::ns.other.test",
        ".own.example.test:192.0.2.8:a");
    Message message = zone.ask("sub.example.test", RecordType.DS);
    assertTrue(isAuthoritative(message));
    assertEquals(1, message.answers().size());
    assertNoData(zone.ask("plain.example.test", RecordType.DS));
    assertNoData(zone.ask("own.example.test", RecordType.DS));
    assertFalse(isAuthoritative(zone.ask("x.sub.example.test", RecordType.DS)));
  }

  @Test
  void shouldAddAddressesOfMailExchangersAndServices() throws IOException {
    serve(
        "@example.test:192.0.2.25:mail.example.test:5",
        ":_sip._udp.example.test:33:\\000\\001\\000\\002\\023\\304\\003sip\\007example\\004test"
            + "\\000",
        "+sip.example.test:192.0.2.60");
    assertTrue(
        records(zone.ask("example.test", RecordType.MX), Section.ADDITIONAL)
            .contains("mail.example.test. 86400 A 192.0.2.25"));
    assertTrue(
        records(zone.ask("_sip._udp.example.test", new RecordType(33)), Section.ADDITIONAL)
            .contains("sip.example.test. 86400 A 192.0.2.60"));
  }

  @Test
  void shouldNotRepeatTheAnswerAsAdditional() throws IOException {
    serve();
    Message message = zone.ask("a.ns.example.test", RecordType.A);
    assertEquals(1, message.answers().size());
    assertEquals(List.of(), records(message, Section.ADDITIONAL));
  }

  @Test
  void shouldShortenTheLifeOfNegativeAnswers() throws IOException {
    serve("Zz.test:ns.z.test:root.z.test:1:2:3:4:300:86400", "&z.test::ns.z.test");
    assertEquals(
        List.of("z.test. 300 SOA ns.z.test. root.z.test. 1 2 3 4 300"),
        records(zone.ask("x.z.test", RecordType.A), Section.AUTHORITY));
  }

  @Test
  void shouldGiveAtMostEightAddressesAndEachInTurn() throws IOException {
    String[] lines = new String[20];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "+many.example.test:192.0.2." + i;
    }
    serve(lines);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      List<String> answers = records(zone.ask("many.example.test", RecordType.A), Section.ANSWER);
      assertEquals(8, Set.copyOf(answers).size());
      seen.addAll(answers);
    }
    assertEquals(20, seen.size());
  }

  @Test
  void shouldShowRecordsInTheirTimeOnly() throws IOException {
    long now = (1L << 62) + 10 + TestZone.NOW.getEpochSecond();
    serve(
        "+a.example.test:192.0.2.1:300:" + Long.toHexString(now - 1),
        "+b.example.test:192.0.2.1:300:" + Long.toHexString(now),
        "+c.example.test:192.0.2.1:0:" + Long.toHexString(now + 100),
        "+d.example.test:192.0.2.1:0:" + Long.toHexString(now),
        "+e.example.test:192.0.2.1:0:" + Long.toHexString(now - 1),
        "+f.example.test:192.0.2.1:0:" + Long.toHexString(now + 100_000));
    assertEquals(300, ttlSeconds("a"));
    assertNoSuchName(zone.ask("b.example.test", RecordType.A));
    assertEquals(100, ttlSeconds("c"));
    assertEquals(2, ttlSeconds("d"));
    assertNoSuchName(zone.ask("e.example.test", RecordType.A));
    assertEquals(3600, ttlSeconds("f"));
  }

  private long ttlSeconds(String host) {
    return zone.ask(host + ".example.test", RecordType.A).answers().getFirst().ttlSeconds();
  }

  @Test
  void shouldShowRecordsToTheirLocationOnly() throws IOException {
    serve(
        "%in:10",
        "%ex",
        "+www.example.test:10.0.0.1:::in",
        "+www.example.test:192.0.2.1:::ex",
        "+all.example.test:192.0.2.2");
    assertEquals("10.0.0.1", addressFor("10.2.3.4"));
    assertEquals("192.0.2.1", addressFor("172.16.0.1"));
    assertEquals("192.0.2.1", addressFor("2001:db8::1"));
    zone.from(ClientAt.udp("10.1.1.1", 1));
    assertEquals(1, zone.ask("all.example.test", RecordType.A).answers().size());
  }

  /** Longer prefixes override shorter ones, whatever the order of the lines. */
  @Test
  void shouldFindTheLocationOfTheLongestPrefix() throws IOException {
    serve(
        "%v4:192.0.2.0/25",
        "%v5:192.0.2.64/26",
        "%v6:192.0.2.65",
        "%s0:__/0",
        "%s1:2001_db8__/32",
        "%s2:2001_db8_8000__/33",
        "%s3:2001_db8_8000__1",
        "%no",
        "+www.example.test:10.0.0.4:::v4",
        "+www.example.test:10.0.0.5:::v5",
        "+www.example.test:10.0.0.6:::v6",
        "+www.example.test:10.0.1.0:::s0",
        "+www.example.test:10.0.1.1:::s1",
        "+www.example.test:10.0.1.2:::s2",
        "+www.example.test:10.0.1.3:::s3",
        "+www.example.test:10.0.0.0:::no");
    assertEquals("10.0.0.4", addressFor("192.0.2.63"));
    assertEquals("10.0.0.5", addressFor("192.0.2.64"));
    assertEquals("10.0.0.6", addressFor("192.0.2.65"));
    assertEquals("10.0.0.5", addressFor("192.0.2.127"));
    assertEquals("10.0.0.0", addressFor("192.0.2.128"));
    assertEquals("10.0.1.0", addressFor("2001:db9::1"));
    assertEquals("10.0.1.1", addressFor("2001:db8:7fff::1"));
    assertEquals("10.0.1.2", addressFor("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
    assertEquals("10.0.1.2", addressFor("2001:db8:8000::2"));
    assertEquals("10.0.1.3", addressFor("2001:db8:8000::1"));
  }

  @Test
  void shouldGiveOtherIpv6ClientsTheLocationOfTheEmptyPrefix() throws IOException {
    serve("%s1:2001_db8__/32", "%no", "+www.example.test:10.0.0.1:::no");
    assertEquals("10.0.0.1", addressFor("2001:db9::1"));
    zone.from(ClientAt.udp("2001:db8::1", 1));
    assertNoSuchName(zone.ask("www.example.test", RecordType.A));
  }

  private String addressFor(String client) {
    zone.from(ClientAt.udp(client, 4321));
    return zone.ask("www.example.test", RecordType.A).answers().getFirst().rdata().toString();
  }
}
