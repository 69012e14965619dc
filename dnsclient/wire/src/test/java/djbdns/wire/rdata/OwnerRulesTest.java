package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnerRulesTest {
  private static final Optional<String> NO_HASH =
      Optional.of("the name does not begin with a hash");

  private static Optional<String> fault(String owner, RecordType type) throws Exception {
    return OwnerRules.fault(Name.parse(owner), type);
  }

  @Test
  void shouldRefuseNsAtWildcardsOnly() throws Exception {
    Optional<String> refused = Optional.of("a wildcard cannot be delegated");
    assertEquals(refused, fault("*.example.test", RecordType.NS));
    assertEquals(refused, fault("*", RecordType.NS));
    for (String owner : List.of("a.*.example.test", "**.example.test", "example.test", ".")) {
      assertEquals(Optional.empty(), fault(owner, RecordType.NS), owner);
    }
    assertEquals(Optional.empty(), fault("*.example.test", RecordType.DNAME));
  }

  @Test
  void shouldRefuseNsec3WhereNoHashIs() throws Exception {
    for (String hash :
        List.of("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", "00", "VV00", "00000", "0000000")) {
      assertEquals(Optional.empty(), fault(hash + ".example.test", RecordType.NSEC3), hash);
    }
    for (String other : List.of("e000123", "x", "0", "000", "000000", "0w", "example", "*")) {
      assertEquals(NO_HASH, fault(other + ".test", RecordType.NSEC3), other);
    }
    assertEquals(NO_HASH, fault(".", RecordType.NSEC3));
    assertEquals(Optional.empty(), fault("x.test", RecordType.NSEC));
  }
}
