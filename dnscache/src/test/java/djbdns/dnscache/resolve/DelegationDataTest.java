package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.dnscache.resolve.reply.Delegation;
import djbdns.dnscache.resolve.reply.Delegation.NameServer;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DelegationDataTest {
  private static ServerAddress address(String text) {
    return ServerAddress.parse(text).orElseThrow();
  }

  @Test
  void shouldReadBackWhatItWrote() throws Exception {
    List<NameServer> servers =
        List.of(
            new NameServer(
                Name.parse("a.ns.example.test"),
                List.of(address("192.0.2.1"), address("2001:db8::1"))),
            new NameServer(Name.parse("ns.elsewhere.test"), List.of()));
    byte[] data = new byte[DelegationData.MAX_BYTES];
    Delegation delegation = new Delegation(Name.parse("example.test"), servers, 1_800_000_000, 9);
    int length = DelegationData.write(delegation, data);
    assertEquals(delegation, DelegationData.read(delegation.zone(), data, length, 9));
    long held = Held.delegation(delegation) - Held.name(delegation.zone());
    assertEquals(held, DelegationData.heldBytes(data, length));
  }

  @Test
  void shouldHaveRoomForTheLargestDelegation() throws Exception {
    String label = "a".repeat(63);
    Name longest = Name.parse(String.join(".", label, label, label, "a".repeat(61)));
    List<ServerAddress> addresses =
        Collections.nCopies(ResolverLimits.SERVER_ADDRESSES, address("2001:db8::1"));
    List<NameServer> servers = new ArrayList<>();
    for (int i = 0; i < ResolverLimits.DELEGATION_SERVERS; i++) {
      servers.add(new NameServer(longest, addresses));
    }
    byte[] data = new byte[DelegationData.MAX_BYTES];
    Delegation delegation = new Delegation(longest, servers, Long.MAX_VALUE, 1);
    int length = DelegationData.write(delegation, data);
    assertTrue(length <= data.length);
    assertEquals(delegation, DelegationData.read(longest, data, length, 1));
  }
}
