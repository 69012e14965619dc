package djbdns.tinydns.axfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TransferRightsTest {
  private static boolean allow(TransferRights rights, String zone) throws Exception {
    return rights.allow(Name.parse(zone), Optional.empty());
  }

  @Test
  void shouldAllowNothingWithoutTheVariableButEverythingIn1_05() throws Exception {
    assertFalse(allow(TransferRights.of(Map.of(), false), "example"));
    assertTrue(allow(TransferRights.of(Map.of(), true), "example"));
    assertTrue(TransferRights.of(Map.of(), false).served());
  }

  @Test
  void shouldAllowNothingByAnEmptyVariable() throws Exception {
    assertFalse(allow(TransferRights.of(Map.of("AXFR", ""), false), "example"));
    assertFalse(allow(TransferRights.of(Map.of("AXFR", ""), true), "example"));
    assertFalse(allow(TransferRights.of(Map.of("AXFR", "//"), true), "."), "empty names");
  }

  @Test
  void shouldAllowTheZonesBetweenSlashesInAnyCase() throws Exception {
    TransferRights rights =
        TransferRights.of(Map.of("AXFR", "/Example.org/2.0.192.in-addr.arpa"), false);
    assertTrue(allow(rights, "EXAMPLE.ORG"));
    assertTrue(allow(rights, "2.0.192.in-addr.arpa."));
    assertFalse(allow(rights, "www.example.org"));
    assertFalse(allow(rights, "org"));
    assertFalse(allow(rights, "."));
  }

  @Test
  void shouldAllowAnyZoneByAnAsterisk() throws Exception {
    assertTrue(allow(TransferRights.of(Map.of("AXFR", "*"), false), "."));
  }

  @Test
  void shouldAskForOneOfTheKeys() throws Exception {
    TransferRights rights = TransferRights.of(Map.of("AXFR", "*", "TSIG", "a.key/B.key"), false);
    Name zone = Name.parse("example");
    assertFalse(rights.allow(zone, Optional.empty()));
    assertFalse(rights.allow(zone, Optional.of(Name.parse("c.key"))));
    assertTrue(rights.allow(zone, Optional.of(Name.parse("A.key"))));
    assertTrue(rights.allow(zone, Optional.of(Name.parse("b.key"))));
    assertEquals(2, rights.keys().size());
  }

  @Test
  void shouldRefuseNamesThatAreNone() {
    assertThrows(
        MalformedTextException.class,
        () -> TransferRights.of(Map.of("AXFR", "x".repeat(64) + ".example"), false));
  }
}
