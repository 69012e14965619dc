package djbdns.tinydns.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Name;
import djbdns.wire.ResourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneIntakeTest implements ZoneIntake.Output {
  private static final String SOA = "@ 60 SOA a b 1 2 3 4 5";

  private final List<String> records = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Override
  public void record(ResourceRecord record) {
    records.add(record.toString());
  }

  @Override
  public void warn(Position position, String what) {
    warnings.add(position + ": " + what);
  }

  private ZoneIntake read(String... lines) throws Exception {
    ZoneIntake intake = new ZoneIntake(Name.parse("example.org"), 1, this);
    new MemoryFiles().with("zone", lines).read(intake);
    return intake;
  }

  @Test
  void shouldLeaveOutWhatIsOutsideOfTheZone() throws Exception {
    assertTrue(read(SOA, "x.example.net. 60 A 192.0.2.1", "xexample.org. 60 A 192.0.2.1").hasSoa());
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
  void shouldRefuseTwoZones() {
    assertEquals(
        "zone:2: second SOA",
        assertThrows(MasterException.class, () -> read(SOA, "@ 60 SOA a b 2 2 3 4 5"))
            .getMessage());
    assertEquals(
        "zone:1: SOA of x.example.org, not of example.org",
        assertThrows(MasterException.class, () -> read("x 60 SOA a b 2 2 3 4 5")).getMessage());
  }

  @Test
  void shouldRefuseTypesThatNoZoneHas() {
    for (String type : List.of("TYPE0", "OPT", "TSIG", "IXFR", "AXFR", "ANY", "TYPE249")) {
      assertEquals(
          "zone:1: type " + type.replace("TYPE249", "TKEY") + " is not for data",
          assertThrows(MasterException.class, () -> read("x 60 IN " + type + " \\# 0"))
              .getMessage());
    }
  }

  @Test
  void shouldKnowWhetherThereIsAnSoa() throws Exception {
    assertFalse(read("x 60 A 192.0.2.1").hasSoa());
  }

  @Test
  void shouldWarnOfAliasesBesideOtherData() throws Exception {
    read(
        SOA,
        "x 60 A 192.0.2.1",
        "x 60 CNAME y",
        "z 60 CNAME y",
        "z 60 TXT a",
        "z 60 TXT b",
        "w 60 CNAME y",
        "w 60 CNAME z");
    assertEquals(8, records.size());
    assertEquals(
        List.of(
            "zone:3: x.example.org has CNAME and other data",
            "zone:5: z.example.org has CNAME and other data",
            "zone:8: w.example.org has more than one CNAME"),
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
