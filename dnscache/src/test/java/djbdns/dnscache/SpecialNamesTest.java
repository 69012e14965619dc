package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.policy.ConfiguredZone;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.wire.Name;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that no server is asked about. */
final class SpecialNamesTest {
  private static final String LOOPBACK_6 = "1" + ".0".repeat(31) + ".ip6.arpa";

  private static String text(SpecialNames names, String name, int type) {
    byte[] wire = ResponderFixture.name(name).toWire();
    return names.answer(wire, type, ResponderFixture.NOW).map(SpecialNamesTest::text).orElse("-");
  }

  private static String text(String name, int type) {
    return text(new SpecialNames(ConfiguredZones.NONE), name, type);
  }

  private static String text(Answer answer) {
    StringBuilder out = new StringBuilder(answer.rcode().toString());
    for (Rrset set : answer.records()) {
      String data = HexFormat.of().formatHex(set.data());
      out.append(' ').append(set.ttlAt(ResponderFixture.NOW)).append(' ').append(data);
    }
    answer.soa().ifPresent(soa -> out.append(" soa ").append(soa.owner()));
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,1,NOERROR 655360 00047f000001",
    "a.b.localhost,1,NOERROR 655360 00047f000001",
    "localhost,28,NOERROR 655360 001000000000000000000000000000000001",
    "localhost,15,NOERROR soa localhost",
    "1.0.0.127.in-addr.arpa,12,NOERROR 655360 000b096c6f63616c686f737400",
    "1.0.0.127.in-addr.arpa,1,NOERROR soa 127.in-addr.arpa",
    "2.0.0.127.in-addr.arpa,12,NXDOMAIN soa 127.in-addr.arpa",
    "127.0.0.1,1,NOERROR 655360 00047f000001",
    "255.0.10.1,1,NOERROR 655360 0004ff000a01",
    "1.2.3.4,28,NOERROR",
    "x.invalid,1,NXDOMAIN soa invalid",
    "x.onion,1,NXDOMAIN soa onion",
    "x.test,1,NXDOMAIN soa test",
    "x.local,1,NXDOMAIN soa local",
    "x.home.arpa,1,NXDOMAIN soa home.arpa",
    "_dns.resolver.arpa,64,NXDOMAIN soa resolver.arpa",
    "home.arpa,1,NOERROR soa home.arpa",
    "home.arpa,2,NOERROR 10800 000b04686f6d65046172706100",
    "1.2.3.10.in-addr.arpa,12,NXDOMAIN soa 10.in-addr.arpa",
    "10.in-addr.arpa,12,NOERROR soa 10.in-addr.arpa",
    "1.16.172.in-addr.arpa,12,NXDOMAIN soa 16.172.in-addr.arpa",
    "1.31.172.in-addr.arpa,12,NXDOMAIN soa 31.172.in-addr.arpa",
    "1.168.192.in-addr.arpa,12,NXDOMAIN soa 168.192.in-addr.arpa",
    "1.64.100.in-addr.arpa,12,NXDOMAIN soa 64.100.in-addr.arpa",
    "1.254.169.in-addr.arpa,12,NXDOMAIN soa 254.169.in-addr.arpa",
    "1.2.0.192.in-addr.arpa,12,NXDOMAIN soa 2.0.192.in-addr.arpa",
    "1.100.51.198.in-addr.arpa,12,NXDOMAIN soa 100.51.198.in-addr.arpa",
    "1.113.0.203.in-addr.arpa,12,NXDOMAIN soa 113.0.203.in-addr.arpa",
    "255.255.255.255.in-addr.arpa,12,NOERROR soa 255.255.255.255.in-addr.arpa",
    "1.d.f.ip6.arpa,12,NXDOMAIN soa d.f.ip6.arpa",
    "1.b.e.f.ip6.arpa,12,NXDOMAIN soa b.e.f.ip6.arpa",
    "1.8.b.d.0.1.0.0.2.ip6.arpa,12,NXDOMAIN soa 8.b.d.0.1.0.0.2.ip6.arpa",
  })
  void shouldAnswerWithoutServers(String name, int type, String answer) {
    assertEquals(answer, text(name, type));
  }

  @Test
  void shouldKnowTheIpv6Loopback() {
    assertEquals("NOERROR 655360 000b096c6f63616c686f737400", text(LOOPBACK_6, 12));
    assertEquals("NOERROR soa " + LOOPBACK_6, text(LOOPBACK_6, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "com",
        "www.example.com",
        "localhost.example.com",
        "arpa",
        "in-addr.arpa",
        "ip6.arpa",
        "172.in-addr.arpa",
        "15.172.in-addr.arpa",
        "32.172.in-addr.arpa",
        "63.100.in-addr.arpa",
        "128.100.in-addr.arpa",
        "192.in-addr.arpa",
        "0.192.in-addr.arpa",
        "8.8.8.8.in-addr.arpa",
        "010.in-addr.arpa",
        "f.ip6.arpa",
        "c.e.f.ip6.arpa",
        "0.ip6.arpa",
        "9.b.d.0.1.0.0.2.ip6.arpa",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "ipv4only.arpa",
        "example",
      })
  void shouldLeaveOthersToServers(String name) {
    assertEquals("-", text(name, 1));
  }

  @Test
  void shouldLeaveConfiguredZonesAlone() {
    List<ServerAddress> servers = List.of(ServerAddress.parse("127.0.0.9").orElseThrow());
    List<ConfiguredZone> zones =
        List.of(
            new ConfiguredZone(Name.ROOT, ConfiguredZone.Mode.ITERATE, servers),
            new ConfiguredZone(
                ResponderFixture.name("Example.test"), ConfiguredZone.Mode.ITERATE, servers),
            new ConfiguredZone(
                ResponderFixture.name("10.in-addr.arpa"), ConfiguredZone.Mode.FORWARD, servers));
    SpecialNames names = new SpecialNames(new ConfiguredZones(zones));
    assertEquals("-", text(names, "www.example.test", 1));
    assertEquals("-", text(names, "1.10.in-addr.arpa", 12));
    assertEquals("NXDOMAIN soa test", text(names, "other.test", 1));
    assertEquals(Optional.empty(), names.answer(Name.ROOT.toWire(), 1, 0));
  }
}
