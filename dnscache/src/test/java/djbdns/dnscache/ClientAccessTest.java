package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.AddressText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ClientAccessTest {
  private static boolean allows(ClientAccess access, String client) {
    byte[] address = AddressText.parse(client).orElseThrow().toArray();
    return access.allows(Arrays.copyOf(address, 16), address.length);
  }

  private static void check(List<String> names, List<String> allowed, List<String> refused) {
    ClientAccess access = ClientAccess.of(names);
    assertEquals(List.of(), access.unknown());
    allowed.forEach(client -> assertTrue(allows(access, client), client));
    refused.forEach(client -> assertFalse(allows(access, client), client));
  }

  @Test
  void shouldTakeOctetsAsPrefixes() {
    check(
        List.of("1", "10.2", "10.20.30", "127.0.0.1"),
        List.of("1.0.0.0", "1.255.255.255", "10.2.9.9", "10.20.30.40", "127.0.0.1"),
        List.of("0.255.255.255", "2.0.0.0", "10.20.31.1", "127.0.0.2", "11.2.0.0", "::1"));
  }

  @Test
  void shouldKnowWhetherOthersThanThisHostMayAsk() {
    List<String> local = List.of("127.0.0.1", "127", "127.0.0.0_8", "::1", "::ffff:127.0.0.1");
    assertFalse(ClientAccess.of(local).allowsOthers());
    assertFalse(ClientAccess.of(List.of("nonsense")).allowsOthers());
    for (String other : List.of("192.168.1", "126.0.0.0_7", "::_0", "::1_127", "2001:db8::1")) {
      assertTrue(ClientAccess.of(List.of("127", other)).allowsOthers(), other);
    }
  }

  @Test
  void shouldTakePrefixesOfAnyLength() {
    check(
        List.of("10.0.0.0_8", "172.16.0.0_12", "192.0.2.9_31", "2001:db8::_32", "fe80::1"),
        List.of("10.9.9.9", "172.31.255.255", "192.0.2.8", "2001:db8:ffff::1", "fe80::1"),
        List.of("11.0.0.0", "172.32.0.0", "192.0.2.10", "2001:db9::", "2001:db7::1", "fe80::2"));
    check(List.of("0.0.0.0_0"), List.of("0.0.0.0", "255.255.255.255"), List.of("::1"));
    check(List.of("::_0"), List.of("::", "ffff::"), List.of("1.2.3.4", "::ffff:1.2.3.4"));
    check(
        List.of("2001:db8::_65"), List.of("2001:db8::7fff:0:0:1"), List.of("2001:db8::8000:0:0:0"));
  }

  @Test
  void shouldTakeMappedAddressesAsIpv4() {
    check(
        List.of("10.1", "::ffff:192.0.2.1", "::ffff:198.51.100.0_120"),
        List.of("::ffff:10.1.2.3", "192.0.2.1", "::ffff:192.0.2.1", "198.51.100.7"),
        List.of("::ffff:10.2.2.3", "::10.1.2.3", "192.0.2.2", "198.51.101.1"));
  }

  @Test
  void shouldNameWhatItDoesNotUnderstand() {
    List<String> names =
        List.of(
            "",
            "1.",
            ".1",
            "1..2",
            "1.2.3.4.5",
            "256",
            "01",
            "1.2_16",
            "1.2.3.4_33",
            "::_129",
            "1.2.3.4_",
            "1.2.3.4_-1",
            "1.2.3.4_8_8",
            "1.2.3.4_99999999999",
            "x",
            "1.2.3.4~",
            ":");
    ClientAccess access = ClientAccess.of(names);
    assertEquals(names, access.unknown());
    assertFalse(allows(access, "1.2.3.4"));
  }

  @Test
  void shouldAllowNobodyWithoutFiles() {
    check(List.of(), List.of(), List.of("127.0.0.1", "::1", "0.0.0.0"));
  }

  /** The original's way: a stat(2) for the address, and for each of its shorter forms. */
  @Test
  void shouldAllowWhomTheOriginalAllows() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 50; round++) {
      Set<String> names = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        List<String> octets = new ArrayList<>();
        for (int length = random.nextInt(1, 5); length > 0; length--) {
          octets.add(Integer.toString(random.nextInt(6)));
        }
        names.add(String.join(".", octets));
      }
      ClientAccess access = ClientAccess.of(names);
      for (int i = 0; i < 500; i++) {
        String client =
            random.nextInt(6)
                + "."
                + random.nextInt(6)
                + "."
                + random.nextInt(6)
                + "."
                + random.nextInt(6);
        boolean expected = false;
        for (String name = client; !name.isEmpty(); ) {
          expected |= names.contains(name);
          name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
        assertEquals(expected, allows(access, client), () -> client + " in " + names);
      }
    }
  }
}
