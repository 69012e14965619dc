package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Name;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewRecordTest {
  private static String add(NewRecord.Kind kind, String domain, String... lines) throws Exception {
    NewRecord record = NewRecord.of(kind, Name.parse(domain), new Address.Ipv4(0x01020304));
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
  void shouldReadAddressesAsTheOriginalDoes() {
    assertEquals(Optional.of(new Address.Ipv4(0x0102ff00)), Address.parse("1.2.255.256x"));
    assertTrue(Address.parse("1.2").isEmpty());
  }
}
