package djbdns.dnscache.resolve.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.reply.TestReply;
import djbdns.wire.AddressText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a reply can make the cache talk to. */
final class AddressPolicyTest {
  private static ServerAddress server(String text) {
    return ServerAddress.parse(text).orElseThrow();
  }

  private static ResolverConfig config(boolean ipv4, boolean ipv6, boolean privateServers) {
    return new ResolverConfig(
        false, ipv4, ipv6, privateServers, true, 0, 9999, true, Set.of(server("192.0.2.53")));
  }

  private static boolean mayAsk(ResolverConfig config, String address) {
    return new AddressPolicy(config, ConfiguredZones.NONE).mayAsk(server(address));
  }

  private static boolean isPrivate(String address) {
    byte[] bytes = AddressText.parse(address).orElseThrow().toArray();
    byte[] within = new byte[bytes.length + 2];
    System.arraycopy(bytes, 0, within, 2, bytes.length);
    return AddressPolicy.isPrivate(within, 2, bytes.length);
  }

  private static AddressPolicy naming(String... addresses) {
    List<ServerAddress> servers = List.of(addresses).stream().map(a -> server(a)).toList();
    ConfiguredZone zone =
        new ConfiguredZone(TestReply.name("lan"), ConfiguredZone.Mode.ITERATE, servers);
    return new AddressPolicy(config(false, false, false), new ConfiguredZones(List.of(zone)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "127.0.0.1",
        "127.255.255.254",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0.0.0.0",
        "::ffff:192.0.2.1",
        "::192.0.2.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::0.0.0.0",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "ff02::1",
        "ffff::",
        "64:ff9b::224.0.0.1"
      })
  void shouldNeverAskAddressesOfNobodyOrThisHost(String address) {
    assertFalse(mayAsk(config(true, true, true), address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.0.1",
        "169.254.255.255",
        "fc00::1",
        "fdff:ffff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "64:ff9b::10.0.0.1"
      })
  void shouldAskPrivateServersIfThatIsWanted(String address) {
    assertTrue(mayAsk(config(true, true, true), address));
    assertFalse(mayAsk(config(true, true, false), address));
    assertTrue(isPrivate(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "126.0.0.1",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "223.255.255.255",
        "2001:db8::1",
        "fbff::1",
        "fe7f::1",
        "64:ff9b::192.0.2.1",
        "::1:0:0:1",
        "0:0:0:0:0:1::",
        "1::1"
      })
  void shouldAskAllOthers(String address) {
    assertTrue(mayAsk(config(true, true, false), address));
    assertFalse(isPrivate(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "127.0.0.1",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::10.0.0.1"
      })
  void shouldTakeThisHostForPrivateInAnswers(String address) {
    assertTrue(isPrivate(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.1", "255.255.255.255", "ff02::1", "::ffff:192.0.2.1"})
  void shouldTakeNobodyForPrivateInAnswers(String address) {
    assertFalse(isPrivate(address));
  }

  @Test
  void shouldAskTheHostsAddressFamiliesOnly() {
    assertEquals(
        List.of(true, false, false, true),
        List.of(
            mayAsk(config(true, false, true), "192.0.2.1"),
            mayAsk(config(true, false, true), "2001:db8::1"),
            mayAsk(config(false, true, true), "192.0.2.1"),
            mayAsk(config(false, true, true), "2001:db8::1")));
  }

  @Test
  void shouldNeverAskItself() {
    assertFalse(mayAsk(config(true, true, true), "192.0.2.53"));
    assertTrue(mayAsk(config(true, true, true), "192.0.2.53:5353"));
    assertFalse(naming("192.0.2.53").mayAsk(server("192.0.2.53")));
  }

  @Test
  void shouldAskWhomAFileNames() {
    AddressPolicy policy = naming("127.0.0.1", "10.0.0.1:5353", "::1", "2001:db8::1");
    for (String named : List.of("127.0.0.1", "10.0.0.1:5353", "::1", "2001:db8::1")) {
      assertTrue(policy.mayAsk(server(named)), named);
    }
    for (String other : List.of("127.0.0.1:5353", "10.0.0.1", "2001:db8::2")) {
      assertFalse(policy.mayAsk(server(other)), other);
    }
  }
}
