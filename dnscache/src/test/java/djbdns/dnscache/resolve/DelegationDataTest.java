package djbdns.dnscache.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.Delegation.NameServer;
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
    int length = DelegationData.write(new Delegation(Name.parse("example.test"), servers, 1), data);
    assertEquals(servers, DelegationData.read(data, length));
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
    int length = DelegationData.write(new Delegation(longest, servers, 1), data);
    assertTrue(length <= data.length);
    assertEquals(servers, DelegationData.read(data, length));
  }
}
