package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinydnsLintTest {
  /** 2001-09-09; its label is 4000000000000000 + 10 + 10^9. */
  private static final long NOW_MILLIS = 1_000_000_000_000L;

  private static final String BEFORE = "400000003b9aca00";
  private static final String AFTER = "400000003b9aca20";
  private static final String ZONE = ".example.org:192.0.2.1:a";

  @TempDir private Path directory;

  private record Outcome(int exitCode, List<String> lines) {}

  private Outcome run(String[] options, String... lines) throws IOException {
    Path file = directory.resolve("data");
    Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
    List<String> args = new ArrayList<>(List.of(options));
    args.add(file.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode = 0;
    try {
      TinydnsLint.run(
          new Program("tinydns-lint"),
          args.toArray(String[]::new),
          NOW_MILLIS,
          new PrintStream(out, false, StandardCharsets.ISO_8859_1));
    } catch (Fatal e) {
      assertEquals("", e.getMessage());
      exitCode = e.exitCode();
    }
    String text = out.toString(StandardCharsets.ISO_8859_1).replace(file + ":", "");
    return new Outcome(exitCode, text.lines().toList());
  }

  /** Findings as {@code line: what}; the zone's own line comes first and is none. */
  private void assertFindings(List<String> findings, String... lines) throws IOException {
    Outcome outcome = run(new String[0], lines);
    assertEquals(findings, outcome.lines());
    assertEquals(findings.isEmpty() ? 0 : 1, outcome.exitCode());
  }

  private void assertFindingsOfCompat(List<String> findings, String... lines) throws IOException {
    assertEquals(findings, run(new String[] {"--compat"}, lines).lines());
    assertFindings(List.of(), lines);
  }

  @Test
  void shouldBeSilentAboutCleanData() throws IOException {
    assertFindings(
        List.of(),
        "# a small office",
        "%in:192.168",
        "%ex:",
        ".example.org:192.0.2.1:a",
        ".example.org:192.0.2.2:b",
        ".2.0.192.in-addr.arpa:192.0.2.1:a.ns.example.org",
        "=www.example.org:192.0.2.10",
        "+ftp.example.org:192.0.2.10",
        "+ftp.example.org:192.0.2.11",
        "Calias.example.org:www.example.org",
        "Cfar.example.org:www.example.net",
        "@example.org:192.0.2.20:a:10",
        "@null.example.org::.:0",
        "=inside.example.org:10.0.0.1:::in",
        "+inside.example.org:192.0.2.30:::ex",
        "+move.example.org:192.0.2.40:0:" + AFTER,
        "+move.example.org:192.0.2.41:60:" + AFTER,
        "&sub.example.org:192.0.2.50:a",
        "&sub.example.org::ns.example.net",
        ":sub.example.org:DS:1 8 5 0a0b:",
        "+*.dyn.example.org:192.0.2.60",
        "@x.example.org::host.dyn.example.org",
        ":_sip._udp.example.org:SRV:0 5 5060 www.example.org:",
        "'example.org:v=spf1 -all");
  }

  @Test
  void shouldFindLinesThatAreRefusedAndGoOn() throws IOException {
    assertFindings(
        List.of(
            "2: no line starts with \"!\"",
            "2: tinydns-data refuses it: unable to parse data line 2: unrecognized leading"
                + " character",
            "3: bad ttl x (the default is used)",
            "4: A of example.net is outside of every zone"),
        ZONE,
        "!x",
        "+example.org:192.0.2.1:x",
        "+example.net:192.0.2.1");
  }

  @Test
  void shouldFindMissingGlue() throws IOException {
    assertFindings(
        List.of("2: NS of sub.example.org needs an address of a.ns.sub.example.org beside it"),
        ZONE,
        "&sub.example.org::a");
  }

  @Test
  void shouldFindServersWithoutAddress() throws IOException {
    assertFindings(
        List.of(
            "2: NS of sub.example.org names gone.example.org, which does not exist",
            "3: MX of example.org names text.example.org, which has no address",
            "4: CNAME of alias.example.org names gone.example.org, which does not exist",
            "5: NS of example.org names b.example.org, which does not exist",
            "6: SRV of _x.example.org names gone.example.org, which does not exist"),
        ZONE,
        "&sub.example.org::gone.example.org",
        "@example.org::text.example.org",
        "Calias.example.org:gone.example.org",
        ".example.org::b.example.org",
        ":_x.example.org:SRV:0 0 1 gone.example.org:",
        "'text.example.org:x");
  }

  @Test
  void shouldFindDelegationsToServersOfThisFileThatLackTheZone() throws IOException {
    assertFindings(
        List.of(
            "2: NS of lame.example.org names a.ns.example.org, which serves example.org, but there"
                + " is no zone lame.example.org here: lame unless a.ns.example.org has it from"
                + " elsewhere"),
        ZONE,
        "&lame.example.org::a.ns.example.org",
        "&there.example.org:192.0.2.7:ns.there.example.org",
        "&there.example.org::ns.elsewhere.test",
        ".here.example.org::a.ns.example.org");
  }

  @Test
  void shouldNameTheZoneAroundADelegationIfTheServerHasIt() throws IOException {
    assertFindings(
        List.of(
            "3: NS of sub.example.org names a.ns.example.org, which serves example.org, but there"
                + " is no zone sub.example.org here: lame unless a.ns.example.org has it from"
                + " elsewhere"),
        ZONE,
        ".2.0.192.in-addr.arpa::a.ns.example.org",
        "&sub.example.org::a.ns.example.org",
        ".example.net::a.ns.example.org");
  }

  @Test
  void shouldFindServersThatAreAliases() throws IOException {
    assertFindings(
        List.of(
            "3: NS of sub.example.org names alias.example.org, which is a CNAME",
            "4: MX of example.org names alias.example.org, which is a CNAME",
            "5: SRV of _x.example.org names alias.example.org, which is a CNAME"),
        ZONE,
        "Calias.example.org:www.example.net",
        "&sub.example.org::alias.example.org",
        "@example.org::alias.example.org",
        ":_x.example.org:SRV:0 0 1 alias.example.org:");
  }

  @Test
  void shouldFindAliasesBesideOtherData() throws IOException {
    assertFindings(
        List.of(
            "2: CNAME of x.example.org is beside A in line 3",
            "5: y.example.org has another CNAME in line 4"),
        ZONE,
        "Cx.example.org:www.example.net",
        "+x.example.org:192.0.2.1",
        "Cy.example.org:www.example.net",
        "Cy.example.org:ftp.example.net");
  }

  @Test
  void shouldFindAliasesThatDifferAtDifferentPlaces() throws IOException {
    assertFindings(
        List.of(
            "5: y.example.org has another CNAME in line 4",
            "6: y.example.org has another CNAME in line 4"),
        ZONE,
        "%in:10",
        "%ex:",
        "Cy.example.org:www.example.net",
        "Cy.example.org:ftp.example.net:::in",
        "Cy.example.org:ftp.example.com:::ex",
        "Cx.example.org:ftp.example.net:::in",
        "Cx.example.org:ftp.example.com:::ex");
  }

  @Test
  void shouldFindSecondDname() throws IOException {
    assertFindings(
        List.of("3: d.example.org has another DNAME in line 2"),
        ZONE,
        ":d.example.org:DNAME:a.example.net.",
        ":d.example.org:DNAME:b.example.net.",
        "+d.example.org:192.0.2.1");
  }

  @Test
  void shouldTakeTheSameAliasInOtherLettersForADuplicateOnly() throws IOException {
    assertFindings(
        List.of("3: DNAME of d.example.org is the same as in line 2"),
        ZONE,
        ":d.example.org:DNAME:a.example.net.",
        ":d.example.org:DNAME:a.example.net.");
    assertFindings(
        List.of(), ZONE, "Cy.example.org:www.example.net", "Cy.example.org:WWW.example.net");
  }

  @Test
  void shouldFindDsThatBelongsIntoAZoneThatIsNotHere() throws IOException {
    String ds = ":DS:1 8 1 0000000000000000000000000000000000000000";
    assertFindings(
        List.of("2: DS of example.org belongs into the zone above, which is not here"),
        ZONE,
        ":example.org" + ds,
        ":sub.example.org" + ds,
        ".sub.example.org::ns.example.net");
  }

  @Test
  void shouldFindWildcardsThatAreDelegated() throws IOException {
    assertFindings(
        List.of("2: NS of *.example.org: a wildcard cannot be delegated"),
        ZONE,
        "&*.example.org::ns.example.net");
  }

  @Test
  void shouldFindDataThatAreMalformed() throws IOException {
    assertFindings(
        List.of(
            "2: TXT of reg._tcp.example.org: malformed data",
            "3: TXT of dkim.example.org: malformed data; :fqdn:TXT: takes text",
            "4: AAAA of six.example.org: malformed data",
            "5: SRV of srv.example.org: malformed data",
            "7: NAPTR of naptr.example.org: malformed data",
            "8: HINFO of hinfo.example.org: malformed data; :fqdn:HINFO: takes text",
            "9: TLSA of tlsa.example.org: malformed data",
            "10: TXT of big.example.org: malformed data",
            "11: A of a.example.org: malformed data"),
        ZONE,
        ":reg._tcp.example.org:16:\\026api_ver=v1.0,v1.1,v1.2,v1.3\\016api_proto=http\\005pri=0",
        ":dkim.example.org:16:v=DKIM1; k=rsa",
        ":six.example.org:28:\\040\\001\\015\\270",
        ":srv.example.org:33:\\000\\001\\000\\002\\023\\304\\003pbx\\007example\\003com",
        ":caa.example.org:257:\\000\\005issue",
        ":naptr.example.org:35:\\000\\012\\000\\144\\001u\\007E2U+sip",
        ":hinfo.example.org:13:PC",
        ":tlsa.example.org:52:\\003",
        ":big.example.org:16:\\777abc",
        ":a.example.org:1:\\300\\000\\002");
  }

  @Test
  void shouldKnowNamesThatExistThroughDname() throws IOException {
    assertFindings(
        List.of(
            "6: CNAME of b.example.org names gone.old.example.org, which does not exist",
            "8: MX of example.org names www.old.example.org, which is below the DNAME of"
                + " old.example.org"),
        ZONE,
        ":old.example.org:DNAME:new.example.org",
        ":older.example.org:DNAME:old.example.org",
        "+www.new.example.org:192.0.2.5",
        "Ca.example.org:www.older.example.org",
        "Cb.example.org:gone.old.example.org",
        ":away.example.org:DNAME:example.net",
        "@example.org::www.old.example.org",
        "Cd.example.org:any.away.example.org");
  }

  @Test
  void shouldFindAliasLoops() throws IOException {
    assertFindings(
        List.of(
            "2: CNAME of self.example.org leads back to itself",
            "3: CNAME of l1.example.org leads back to itself through l2.example.org",
            "5: CNAME of *.w.example.org leads back to itself",
            "6: DNAME of s.example.org leads back to itself",
            "7: DNAME of p.example.org leads back to itself through q.example.org",
            "9: DNAME of d.example.org leads back to itself"),
        ZONE,
        "Cself.example.org:self.example.org",
        "Cl1.example.org:l2.example.org",
        "Cl2.example.org:l1.example.org",
        "C*.w.example.org:x.w.example.org",
        ":s.example.org:DNAME:s.example.org",
        ":p.example.org:DNAME:q.example.org",
        ":q.example.org:DNAME:p.example.org",
        ":d.example.org:DNAME:x.d.example.org");
  }

  @Test
  void shouldFindLoopsThroughCnameAndDname() throws IOException {
    assertFindings(
        List.of(
            "2: CNAME of a.example.org leads back to itself through d.example.org",
            "5: CNAME of in.example.org leads into the loop of a.example.org",
            "6: CNAME of grow.example.org leads into the loop of g.example.org",
            "7: DNAME of g.example.org leads back to itself"),
        ZONE,
        "Ca.example.org:x.d.example.org",
        ":d.example.org:DNAME:e.example.org",
        "Cx.e.example.org:a.example.org",
        "Cin.example.org:x.e.example.org",
        "Cgrow.example.org:x.g.example.org",
        ":g.example.org:DNAME:y.g.example.org");
  }

  @Test
  void shouldTakeChainsThatEndForNoLoops() throws IOException {
    assertFindings(
        List.of(),
        ZONE,
        "%in:10",
        "%ex:",
        "Ca.example.org:b.example.org",
        "Cb.example.org:x.d.example.org",
        ":d.example.org:DNAME:e.example.org",
        "Cx.e.example.org:y.d.example.org",
        "+y.e.example.org:192.0.2.1",
        "Cl.example.org:m.example.org:::in",
        "Cm.example.org:l.example.org:::ex",
        ":x.s.example.org:DNAME:s.example.org",
        "Cout.example.org:out.example.net",
        "C*.w.example.org:www.w.example.org",
        "+www.w.example.org:192.0.2.1");
  }

  @Test
  void shouldNotTakeRecordsForBesideOneAnotherThatNobodySeesTogether() throws IOException {
    assertFindings(
        List.of(),
        ZONE,
        "%in:10",
        "%ex:",
        "Cx.example.org:www.example.net:::in",
        "+x.example.org:192.0.2.1:::ex",
        "Cy.example.org:www.example.net:0:" + AFTER,
        "+y.example.org:192.0.2.1:60:" + AFTER);
    assertFindings(
        List.of("3: CNAME of x.example.org is beside A in line 4"),
        ZONE,
        "%in:10",
        "Cx.example.org:www.example.net:::in",
        "+x.example.org:192.0.2.1");
  }

  @Test
  void shouldFindWhatIsNeverServed() throws IOException {
    assertFindings(
        List.of(
            "3: A of x.sub.example.org is delegated away with sub.example.org",
            "4: A of sub.example.org is delegated away with sub.example.org",
            "6: A of x.tree.example.org is below the DNAME of tree.example.org",
            "7: A of www.example.net is outside of every zone",
            "8: PTR of 1.2.0.192.in-addr.arpa is outside of every zone",
            "9: A of old.example.org has ended: its timestamp is in the past"),
        ZONE,
        "&sub.example.org:192.0.2.1:ns.sub.example.org",
        "+x.sub.example.org:192.0.2.1",
        "+sub.example.org:192.0.2.1",
        ":tree.example.org:DNAME:example.net.:",
        "+x.tree.example.org:192.0.2.1",
        "+www.example.net:192.0.2.1",
        "^1.2.0.192.in-addr.arpa:www.example.org",
        "+old.example.org:192.0.2.1:0:" + BEFORE);
  }

  @Test
  void shouldFindZonesWithoutServers() throws IOException {
    assertFindings(
        List.of("1: zone example.org has no NS"), "Zexample.org:a.example.net:b.example.net");
  }

  @Test
  void shouldFindClientsWhoSeeNoServerOfAZone() throws IOException {
    String soa = "Zexample.org:a.example.net:b.example.net";
    String server = "&example.org::a.example.net:";
    String noServer = "1: zone example.org has no NS";
    assertFindings(
        List.of(noServer + " for clients at no location"), soa, server + "::in", "%in:10");
    assertFindings(
        List.of(noServer + " for clients at location ex"), soa, server + "::in", "%in:10", "%ex:");
    assertFindings(List.of(), soa, server + "::in", server + "::ex", "%in:10", "%ex:");
    assertFindings(
        List.of(noServer + " for clients at location in"),
        soa + "::::::::in",
        server + "::ex",
        "%in:10",
        "%ex:");
    assertFindings(List.of(noServer + " until " + AFTER), soa, server + ":" + AFTER);
    assertFindings(List.of(noServer + " from " + AFTER + " on"), soa, server + "0:" + AFTER);
    assertFindings(List.of(), soa, server + ":" + AFTER, "&example.org::b.example.net:0:" + AFTER);
    assertFindings(List.of(), soa, server + ":" + BEFORE);
    assertFindings(
        List.of(noServer, "2: NS of example.org has ended: its timestamp is in the past"),
        soa,
        server + "0:" + BEFORE);
  }

  @Test
  void shouldFindClientsWhoSeeNoAddressOfAServer() throws IOException {
    String noAddress = "1: NS of example.org names a.ns.example.org, which has no address";
    String zone = ".example.org::a";
    String address = "+a.ns.example.org:192.0.2.1:";
    assertFindings(
        List.of(noAddress + " for clients at no location"), zone, address + "::in", "%in:10");
    assertFindings(List.of(), zone, address + "::in", address + "::ex", "%in:10", "%ex:");
    assertFindings(List.of(), zone + ":::in", address + "::in", "%in:10");
    assertFindings(List.of(noAddress + " until " + AFTER), zone, address + ":" + AFTER);
    assertFindings(List.of(noAddress + " from " + AFTER + " on"), zone, address + "0:" + AFTER);
  }

  @Test
  void shouldFindSecondSoa() throws IOException {
    assertFindings(
        List.of(
            "2: SOA of example.org is never served: line 1 has another",
            "5: SOA of example.net is never served: line 3 has another",
            "8: SOA of example.com is never served: line 7 has another"),
        ".example.org:192.0.2.1:a",
        "Zexample.org:a.ns.example.org:hostmaster.example.org:1",
        "Zexample.net:a.ns.example.org:hostmaster.example.org:1",
        "&example.net::a.ns.example.org",
        "Zexample.net:a.ns.example.org:hostmaster.example.org:2",
        "%in:10",
        "Zexample.com:a.ns.example.org:hostmaster.example.org:1",
        "Zexample.com:a.ns.example.org:hostmaster.example.org:2:::::::in",
        "&example.com::a.ns.example.org");
  }

  @Test
  void shouldAllowSoaRecordsOfWhichEachIsServed() throws IOException {
    assertFindings(
        List.of(),
        "%in:10",
        "Zexample.org:a.ns.example.org:hostmaster.example.org:1:::::::in",
        "Zexample.org:a.ns.example.org:hostmaster.example.org:2",
        "&example.org:192.0.2.1:a",
        "Zexample.net:a.ns.example.org:hostmaster.example.org:1:::::0:" + AFTER,
        "Zexample.net:a.ns.example.org:hostmaster.example.org:2:::::60:" + AFTER,
        "&example.net::a.ns.example.org");
  }

  @Test
  void shouldFindMailBoxesWithAt() throws IOException {
    assertFindings(
        List.of(
            "1: SOA of example.org has the mail box host\\100example.org: a dot stands for @",
            "3: RP of example.org has the mail box host\\100example.org: a dot stands for @"),
        "Zexample.org:a.ns.example.org:host@example.org:1",
        "&example.org:192.0.2.1:a",
        ":example.org:RP:host@example.org .");
  }

  @Test
  void shouldFindZonesWithKeys() throws IOException {
    assertFindings(
        List.of(
            "2: DNSKEY of example.org: a DS in the zone above would make answers bogus, since tinydns"
                + " cannot prove that something does not exist"),
        ZONE,
        ":example.org:DNSKEY:257 3 8 AAAA",
        ":example.org:DNSKEY:256 3 8 AAAA",
        ":www.example.org:DNSKEY:256 3 8 AAAA");
  }

  @Test
  void shouldFindNamesThatHaveTheirEndTwice() throws IOException {
    assertFindings(
        List.of(
            "2: A of www.example.org.example.org has example.org twice",
            "4: CNAME of c.example.org names a.sub.example.org.sub.example.org, which has"
                + " sub.example.org twice",
            "5: MX of example.org names mail.example.org.example.org, which has example.org twice",
            "6: SRV of s.example.org names www.example.org.example.org, which has example.org"
                + " twice",
            "7: PTR of p.example.org names www.example.org.example.org, which has example.org"
                + " twice",
            "9: PTR of 1.2.0.192.in-addr.arpa names www.example.org.2.0.192.in-addr.arpa, which is"
                + " no name of a host"),
        ZONE,
        "+www.example.org.example.org:192.0.2.1",
        "'www.example.org.example.org:text",
        "Cc.example.org:a.sub.example.org.sub.example.org",
        "@example.org:192.0.2.1:mail.example.org.example.org",
        ":s.example.org:SRV:0 0 1 www.example.org.example.org",
        "^p.example.org:www.example.org.example.org",
        ".2.0.192.in-addr.arpa::a.ns.example.org",
        "^1.2.0.192.in-addr.arpa:www.example.org.2.0.192.in-addr.arpa",
        "+*.sub.example.org:192.0.2.1",
        "+x.example.org:192.0.2.1");
  }

  @Test
  void shouldTakeNamesWithLikePartsForSane() throws IOException {
    assertFindings(
        List.of(),
        ZONE,
        ".co.test::a.ns.example.org",
        ".test::a.ns.example.org",
        "+example.org.bl.example.org:127.0.0.2",
        "+test.test:192.0.2.1",
        "+co.co.test:192.0.2.1",
        "+1.1.1.1.bl.example.org:127.0.0.2",
        "Cfar.example.org:example.net.example.net",
        "C1.2.3.example.org:1.2.0.192.bl.example.org",
        "+1.2.0.192.bl.example.org:127.0.0.2",
        "C5.example.org:0123456789abcdef0123456789abcdef.example.net",
        "^b._dns-sd._udp.example.org:example.org");
  }

  @Test
  void shouldFindAddressesInPlaceOfNames() throws IOException {
    assertFindings(
        List.of(
            "2: CNAME of c.example.org names 192.0.2.1, an address, which is no name",
            "3: MX of example.org names 192.0.2.1, an address, which is no name",
            "4: NS of sub.example.org names 192.0.2.300, an address, which is no name",
            "5: SRV of s.example.org names 192.0.2.1, an address, which is no name",
            "6: PTR of p.example.org names 2001_db8__1, an address, which is no name",
            "7: MX of six.example.org names 2001\\072db8\\072\\0721, an address, which is no name",
            "8: CNAME of d.example.org names 20010db8000000000000000000000001, an address, which is"
                + " no name"),
        ZONE,
        "Cc.example.org:192.0.2.1",
        "@example.org::192.0.2.1",
        "&sub.example.org::192.0.2.300",
        ":s.example.org:SRV:0 0 1 192.0.2.1",
        "^p.example.org:2001_db8__1",
        "@six.example.org::2001\\072db8\\072\\0721.",
        "Cd.example.org:20010db8000000000000000000000001");
  }

  @Test
  void shouldFindNamesOfOneLabel() throws IOException {
    assertFindings(
        List.of(
            "3: CNAME of c.example.org names www, which has one label: names in data are whole",
            "4: SRV of s.example.org names sip, which has one label: names in data are whole",
            "5: PTR of 8.2.0.192.in-addr.arpa names host, which has one label: names in data are"
                + " whole"),
        ZONE,
        ".2.0.192.in-addr.arpa::a.ns.example.org",
        "Cc.example.org:www",
        ":s.example.org:SRV:0 1 5060 sip",
        "^8.2.0.192.in-addr.arpa:host",
        "^9.2.0.192.in-addr.arpa:localhost",
        "Cm.example.org:museum.",
        ".museum::a.ns.example.org",
        "+museum:192.0.2.7",
        "@example.org::.");
  }

  @Test
  void shouldFindAddressesThatAZoneWasAddedTo() throws IOException {
    String what = ", which does not exist: an address taken for a name?";
    assertFindings(
        List.of(
            "3: CNAME of c.example.org names 192.0.2.25.example.org" + what,
            "4: MX of example.org names 192.0.2.25.example.org" + what,
            "5: CNAME of d.example.org names 1.2.0.192.in-addr.arpa, which does not exist",
            "6: CNAME of e.example.org names 1.2.3.x.example.org, which does not exist"),
        ".2.0.192.in-addr.arpa::a.ns.example.org",
        ZONE,
        "Cc.example.org:192.0.2.25.example.org",
        "@example.org::192.0.2.25.example.org",
        "Cd.example.org:1.2.0.192.in-addr.arpa",
        "Ce.example.org:1.2.3.x.example.org");
  }

  @Test
  void shouldFindTextsInQuotes() throws IOException {
    assertFindings(
        List.of(
            "2: TXT of example.org begins and ends with a quote: the quotes are part of the text"),
        ZONE,
        "'example.org:\"v=spf1 -all\"",
        "'a.example.org:\"",
        "'b.example.org:say \"a\"",
        "'c.example.org:\"a\" says b",
        ":d.example.org:TXT:\"a b\"");
  }

  @Test
  void shouldFindEmptyLabels() throws IOException {
    assertFindings(
        List.of(
            "2: empty label in name www..example.org (left out)",
            "3: empty label in name .mail.example.org (left out)"),
        ZONE,
        "+www..example.org:192.0.2.1",
        "+.mail.example.org:192.0.2.1");
  }

  /** Each of many times has a way of its own through many aliases. */
  @Test
  void shouldSayThatNotAllAliasesWereFollowed() throws IOException {
    List<String> lines = new ArrayList<>(List.of(ZONE, "+n5000.example.org:192.0.2.1"));
    for (int i = 0; i < 5000; i++) {
      lines.add("Cn" + i + ".example.org:n" + (i + 1) + ".example.org");
      lines.add("Cs%d.example.org:n0.example.org:60:40000000%08x".formatted(i, i + 1));
    }
    List<String> findings = run(new String[0], lines.toArray(String[]::new)).lines();
    assertEquals(1, findings.size());
    assertTrue(
        findings.getFirst().endsWith("aliases have too many ways: not all of them were followed"));
  }

  @Test
  void shouldFindDuplicates() throws IOException {
    assertFindings(
        List.of(
            "3: A of x.example.org is the same as in line 2",
            "4: NS of example.org is the same as in line 1"),
        ZONE,
        "+x.example.org:192.0.2.9",
        "+X.example.org:192.0.2.9",
        ZONE);
  }

  @Test
  void shouldFindTtlsThatDiffer() throws IOException {
    assertFindings(
        List.of("3: A of x.example.org has ttl 60, but 300 in line 2"),
        ZONE,
        "+x.example.org:192.0.2.9:300",
        "+x.example.org:192.0.2.8:60");
  }

  @Test
  void shouldFindLocationsWithoutClients() throws IOException {
    assertFindings(
        List.of("3: no client is at location lo"),
        ZONE,
        "%ok:10",
        "+x.example.org:192.0.2.9:::lo",
        "+y.example.org:192.0.2.9:::lo",
        "+z.example.org:192.0.2.9:::ok");
  }

  @Test
  void shouldFindAnswersThatDifferFromTheOriginalsWhenAsked() throws IOException {
    assertFindingsOfCompat(
        List.of(
            "1: no records of ns.example.org: NOERROR, since there are names below it, but"
                + " NXDOMAIN from 1.05",
            "2: wildcard *.example.org is not for names below existing ones, such as in line 1,"
                + " but is from 1.05"),
        ZONE,
        "+*.example.org:192.0.2.9");
    assertFindingsOfCompat(
        List.of(), ".example.org:192.0.2.1:a.example.net", "+*.example.org:192.0.2.9");
  }

  @Test
  void shouldRefuseUnknownOptions() {
    for (String option : List.of("-x", "--bogus")) {
      Fatal fatal =
          assertThrows(
              Fatal.class,
              () ->
                  TinydnsLint.run(
                      new Program("tinydns-lint"), new String[] {option}, NOW_MILLIS, System.out));
      assertEquals("tinydns-lint: usage: tinydns-lint [--compat] [file]", fatal.getMessage());
      assertEquals(100, fatal.exitCode());
    }
  }

  @Test
  void shouldSayWhichFileItCannotOpen() {
    Fatal fatal =
        assertThrows(
            Fatal.class,
            () ->
                TinydnsLint.run(
                    new Program("tinydns-lint"), new String[] {"gone"}, NOW_MILLIS, System.out));
    assertEquals(
        "tinydns-lint: fatal: unable to open gone: file does not exist", fatal.getMessage());
    assertEquals(111, fatal.exitCode());
  }
}
