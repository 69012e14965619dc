package djbdns.master;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Name;
import djbdns.wire.message.ResourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZoneIntakeTest implements ZoneIntake.Output {
  private static final String SOA = "@ 60 SOA a b 1 2 3 4 5";

  private final List<String> records = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  @Override
  public void record(ResourceRecord record) {
    records.add(record.toString());
  }

  @Override
  public void warn(Position position, String what) {
    warnings.add(position + ": " + what);
  }

  @Override
  public void error(MasterException error) {
    errors.add(error.getMessage());
  }

  private ZoneIntake read(String... lines) throws Exception {
    ZoneIntake intake = new ZoneIntake(Name.parse("example.org"), 1, this);
    new MemoryFiles().with("zone", lines).read(intake);
    return intake;
  }

  @Test
  void shouldLeaveOutWhatIsOutsideOfTheZone() throws Exception {
    read(SOA, "x.example.net. 60 A 192.0.2.1", "xexample.org. 60 A 192.0.2.1");
    assertEquals(1, records.size());
    assertEquals(
        List.of(
            "zone:2: x.example.net is outside of the zone: left out",
            "zone:3: xexample.org is outside of the zone: left out"),
        warnings);
  }

  @Test
  void shouldLeaveOutWhatIsThereAlready() throws Exception {
    read(SOA, "x 60 MX 1 y", "X 90 MX 1 y", "x 60 MX 2 y", "x 60 TXT a", "x 60 TXT A", SOA);
    assertEquals(5, records.size());
    assertEquals(
        List.of(
            "zone:3: MX of x.example.org is there already: left out",
            "zone:7: SOA of example.org is there already: left out"),
        warnings);
  }

  @Test
  void shouldRefuseTwoZones() throws Exception {
    assertRefused("second SOA", SOA, "@ 60 SOA a b 2 2 3 4 5");
    assertRefused("SOA of x.example.org, not of example.org", "x 60 SOA a b 2 2 3 4 5");
  }

  @Test
  void shouldRefuseTypesThatNoZoneHas() throws Exception {
    for (String type : List.of("TYPE0", "OPT", "TSIG", "IXFR", "AXFR", "ANY", "TYPE249")) {
      assertRefused(
          "type " + type.replace("TYPE249", "TKEY") + " is not for data",
          "x 60 IN " + type + " \\# 0");
    }
  }

  @Test
  void shouldKnowWhatIsMissing() throws Exception {
    assertEquals(Optional.of("no SOA of example.org"), read("@ 60 NS a").faultAtEnd());
    assertEquals(Optional.of("no NS of example.org"), read(SOA, "x 60 NS a").faultAtEnd());
    assertEquals(Optional.empty(), read(SOA, "EXAMPLE.org. 60 NS a").faultAtEnd());
  }

  @Test
  void shouldRefuseServersBelowDname() throws Exception {
    assertEquals(
        Optional.of(
            "NS of example.org names a.d.example.org, which is below the DNAME of d.example.org"),
        read(SOA, "@ 60 NS a.d", "D 60 DNAME x.test.").faultAtEnd());
    assertEquals(
        Optional.of(
            "NS of example.org names a.example.org, which is below the DNAME of example.org"),
        read(SOA, "@ 60 NS a", "@ 60 DNAME x.test.").faultAtEnd());
    assertEquals(
        Optional.empty(),
        read(SOA, "@ 60 NS d", "@ 60 NS a.test.", "d 60 DNAME x.test.").faultAtEnd());
  }

  @Test
  void shouldWarnOnceOfNamesBelowDname() throws Exception {
    String what = "names below the DNAME of d.example.org are never served, and NSD refuses a zone";
    read(SOA, "a 60 A 192.0.2.1", "D 60 DNAME x.test.", "b.a.d 60 A 192.0.2.1", "c.d 60 TXT a");
    assertEquals(List.of("zone:4: " + what + " with them"), warnings);
    warnings.clear();
    read(SOA, "b.a.D 60 A 192.0.2.1", "d 60 DNAME x.test.", "d 60 TXT a");
    assertEquals(List.of("zone:3: " + what + " with them"), warnings);
    warnings.clear();
    read(
        SOA,
        "@ 60 DNAME x.test.",
        "@ 60 TXT a",
        "00 60 NSEC3 1 0 0 - 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom");
    assertEquals(List.of(), warnings);
  }

  @Test
  void shouldNameTheZoneThatTheFileHas() throws Exception {
    assertEquals(
        Optional.of("no SOA of example.org; the file has one of example.test"),
        read("example.test. 60 SOA a b 1 2 3 4 5", "www.example.test. 60 A 192.0.2.1")
            .faultAtEnd());
    assertEquals(
        Optional.of("no NS of example.org"),
        read("example.test. 60 SOA a b 1 2 3 4 5", SOA).faultAtEnd());
  }

  private void assertRefused(String message, String... lines) throws Exception {
    errors.clear();
    read(lines);
    assertEquals(List.of("zone:" + lines.length + ": " + message), errors);
  }

  @Test
  void shouldRefuseAliasBesideOtherData() throws Exception {
    assertRefused("x.example.org has CNAME and other data", "x 60 A 192.0.2.1", "x 60 CNAME y");
    assertRefused("x.example.org has CNAME and other data", "x 60 CNAME y", "X 60 TXT a");
    assertRefused("example.org has CNAME and other data", SOA, "@ 60 CNAME y");
    assertRefused(
        "x.example.org has CNAME and other data", "x 60 KEY \\# 5 0001030800", "x 60 CNAME y");
  }

  @Test
  void shouldTakeAliasBesideWhatSignaturesNeed() throws Exception {
    read(
        "00 60 CNAME y",
        "00 60 NSEC y.example.org. CNAME",
        "00 60 NSEC3 1 0 0 - 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom",
        "00 60 RRSIG CNAME 8 3 60 20500101000000 20190923072203 1 example.org. AAAA");
    assertEquals(4, records.size());
  }

  @Test
  void shouldRefuseSecondRecordOfSingleType() throws Exception {
    assertRefused("w.example.org has more than one CNAME", "w 60 CNAME y", "w 60 CNAME z");
    assertRefused("w.example.org has more than one DNAME", "w 60 DNAME y", "w 60 DNAME z");
    records.clear();
    read("w 60 CNAME y", "v 60 CNAME y", "d 60 DNAME y", "d 60 A 192.0.2.1");
    assertEquals(4, records.size());
  }

  @Test
  void shouldRefuseWhatNoServerLoads() throws Exception {
    assertRefused("NS of *.example.org: a wildcard cannot be delegated", "* 60 NS ns");
    assertRefused(
        "DS of example.org: it belongs into the zone above",
        "@ 60 DS 1 8 1 0000000000000000000000000000000000000000");
    assertRefused(
        "DS of d.example.org: digest of type 2 has 2 bytes, not 32", "d 60 DS 1 8 2 abcd");
    assertRefused("TLSA of x.example.org: no certificate data", "x 60 TLSA 3 1 1");
    assertRefused("NSEC of x.example.org: no types", "x 60 NSEC y");
    assertRefused(
        "NSEC of x.example.org: no record has the type AXFR among its types", "x 60 NSEC y AXFR");
  }

  @Test
  void shouldTakeTypesWithoutNamesInBitmaps() throws Exception {
    read(SOA, "x 60 NSEC y A TYPE134");
    assertEquals(List.of(), errors);
  }

  @Test
  void shouldSayOnceWhatASignedZoneNeedsFirst() throws Exception {
    read(
        SOA,
        "child 60 DNSKEY 256 3 13 AQID",
        "@ 60 DNSKEY 256 3 13 AQID",
        "@ 60 DNSKEY 257 3 13 AQID");
    assertEquals(
        List.of(
            "zone:3: zone is signed, but tinydns proves nothing: first remove the DS record"
                + " of example.org from the zone above and wait until its TTL has passed, or"
                + " resolvers that validate answer SERVFAIL"),
        warnings);
    assertEquals(4, records.size());
  }

  @Test
  void shouldNotRepeatLongNames() throws Exception {
    String name = ("a".repeat(60) + ".").repeat(4);
    read(SOA, name + " 60 A 192.0.2.1");
    assertEquals(
        List.of("zone:2: " + name.substring(0, 100) + "... is outside of the zone: left out"),
        warnings);
  }

  @Test
  void shouldTellManyRecordsApart() throws Exception {
    String[] lines = {"$GENERATE 0-99999 $ 60 A 10.0.0.1", "$GENERATE 0-99999/7 $ 60 A 10.0.0.1"};
    read(lines);
    assertEquals(100_000, records.size());
    assertEquals(14_286, warnings.size());
  }
}
