package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Name;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewRecordTest {
  private static String add(NewRecord.Kind kind, String domain, String... lines) throws Exception {
    return add(kind, "1.2.3.4", domain, List.of(lines));
  }

  private static String add(NewRecord.Kind kind, String address, String domain, List<String> lines)
      throws Exception {
    NewRecord record = NewRecord.of(kind, Name.parse(domain), Address.parse(address).orElseThrow());
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
      record.examine(bytes, 0, bytes.length);
    }
    return record.line();
  }

  @Test
  void shouldAddToAnEmptyFile() throws Exception {
    assertEquals(".a.b:1.2.3.4:a:259200\n", add(NewRecord.Kind.NS, "A.b"));
    assertEquals("&a:1.2.3.4:a:259200\n", add(NewRecord.Kind.CHILDNS, "a"));
    assertEquals("=a:1.2.3.4:86400\n", add(NewRecord.Kind.HOST, "a"));
    assertEquals("+\\052.a:1.2.3.4:86400\n", add(NewRecord.Kind.ALIAS, "*.a"));
    assertEquals("@.:1.2.3.4:a::86400\n", add(NewRecord.Kind.MX, "."));
  }

  @Test
  void shouldTakeTheFirstFreeLetterAndTheLastTtl() throws Exception {
    assertEquals(
        ".a:1.2.3.4:b:7\n",
        add(NewRecord.Kind.NS, "a", ".a::A:5", ".A::c.ns.a:7", ".b::b:9", "&a::b:11", "#.a::b"));
    assertEquals(".a:1.2.3.4:b:259200\n", add(NewRecord.Kind.NS, "a", ".a::x.y:5", ".a::a:"));
    assertEquals(
        "@a:1.2.3.4:a::18446744073709551615\n",
        add(NewRecord.Kind.MX, "a", "@a::b:10:18446744073709551615"));
  }

  @ParameterizedTest
  @CsvSource({
    "NS, Za:b:c, true",
    "NS, ZA.:b:c, true",
    "NS, Zb:b:c, false",
    "NS, .a::b, false",
    "NS, #Za:b:c, false",
    "CHILDNS, Za:b:c, false",
    "MX, Za:b:c, false",
    "HOST, Za:b:c, false"
  })
  void shouldWarnOfASecondSoa(NewRecord.Kind kind, String line, boolean warns) throws Exception {
    NewRecord record = NewRecord.of(kind, Name.parse("a"), Address.parse("1.2.3.4").orElseThrow());
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    record.examine(bytes, 0, bytes.length);
    String warning =
        "a has a Z line, and a . line makes a second SOA that is never served: childns adds a"
            + " server without one, in an & line";
    assertEquals(warns ? Optional.of(warning) : Optional.empty(), record.warning());
  }

  @Test
  void shouldNotReadLongNamesOfLinesThatTheOriginalPassesOver() throws Exception {
    assertEquals(
        ".a:1.2.3.4:a:259200\n", add(NewRecord.Kind.NS, "a", "Z" + "x".repeat(64) + ":b:c"));
  }

  @Test
  void shouldRefuseMoreThanTwentySixServers() {
    String[] lines = new String[26];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "&a::" + (char) ('a' + i);
    }
    var e =
        assertThrows(
            NewRecord.RefusedException.class, () -> add(NewRecord.Kind.CHILDNS, "a", lines));
    assertEquals("too many records for that domain", e.getMessage());
  }

  @Test
  void shouldRefuseASecondHostOfTheSameNameOrAddress() {
    var name =
        assertThrows(NewRecord.RefusedException.class, () -> add(NewRecord.Kind.HOST, "a", "=A\n"));
    assertEquals("host name already used", name.getMessage());
    var address =
        assertThrows(
            NewRecord.RefusedException.class, () -> add(NewRecord.Kind.HOST, "a", "=b:257.2.3.4x"));
    assertEquals("IP address already used", address.getMessage());
  }

  @Test
  void shouldRefuseDomainsWithoutRoomForServers() {
    String label = "a".repeat(63);
    String domain = String.join(".", label, label, label, "a".repeat(60));
    assertThrows(DataException.class, () -> add(NewRecord.Kind.NS, domain));
  }

  @Test
  void shouldAddIpv6Addresses() throws Exception {
    String address = "2001:DB8:0::1";
    assertEquals(
        "+a:2001_db8__1:86400\n", add(NewRecord.Kind.ALIAS, address, "a", List.of("+a:__1")));
    assertEquals(
        ".a:2001_db8__1:b:259200\n", add(NewRecord.Kind.NS, address, "a", List.of(".a:__1:a")));
    assertEquals(
        "@a:2001_db8__1:a::86400\n", add(NewRecord.Kind.MX, "2001_db8__1", "a", List.of()));
    assertEquals(
        "=a:2001_db8__1:86400\n",
        add(NewRecord.Kind.HOST, address, "a", List.of("=a:1.2.3.4", "=b:__1", "+c:2001_db8__1")));
    assertEquals("=a:1.2.3.4:86400\n", add(NewRecord.Kind.HOST, "a", "=a:__1"));
  }

  @ParameterizedTest
  @CsvSource({
    "=a, host name already used",
    "=a:__2, host name already used",
    "6a:__2, host name already used",
    "=b:2001_db8__1, IP address already used",
    "6b:20010db8000000000000000000000001, IP address already used"
  })
  void shouldRefuseASecondIpv6HostOfTheSameNameOrAddress(String line, String why) {
    var e =
        assertThrows(
            NewRecord.RefusedException.class,
            () -> add(NewRecord.Kind.HOST, "2001:db8::1", "a", List.of(line)));
    assertEquals(why, e.getMessage());
  }

  @Test
  void shouldSpellIpv6AddressesAsThePatchReadsThem() throws Exception {
    String address = "2001:db8::1";
    String flat = "20010db8000000000000000000000001";
    assertEquals(
        "3a:" + flat + ":86400\n",
        add(NewRecord.Kind.ALIAS6, address, "a", List.of("3a:" + flat, "+a:__1")));
    assertEquals(
        "6a:" + flat + ":86400\n",
        add(NewRecord.Kind.HOST6, address, "a", List.of("=a:1.2.3.4", "6b:" + "0".repeat(32))));
    for (String line : List.of("6a:__2", "=a:__2", "6b:" + flat, "=b:2001_db8__1")) {
      assertThrows(
          NewRecord.RefusedException.class,
          () -> add(NewRecord.Kind.HOST6, address, "a", List.of(line)));
    }
  }

  @Test
  void shouldTakeIpv6AddressesAloneForLinesOfThePatch() {
    Address ipv4 = Address.parse("192.0.2.1").orElseThrow();
    Address ipv6 = Address.parse("::1").orElseThrow();
    for (NewRecord.Kind kind : NewRecord.Kind.values()) {
      boolean ofPatch = kind == NewRecord.Kind.HOST6 || kind == NewRecord.Kind.ALIAS6;
      assertTrue(kind.takes(ipv6));
      assertEquals(!ofPatch, kind.takes(ipv4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.300",
        "256.1.1.1",
        "192.0.2.1x",
        "192.0.2.1 ",
        "1.2.3",
        "1.2.3.4.5",
        "010.0.0.1",
        "1..2.3",
        "-1.0.0.1",
        "2001:db8::1::",
        "2001:db8::12345",
        "::192.0.2.256",
        "20010db80000000000000000000000",
        ""
      })
  void shouldTakeNothingElseForAnAddress(String text) {
    assertTrue(Address.parse(text).isEmpty());
  }
}
