package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tinydns.axfrget.AxfrGet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** axfr-get beside BIND, Knot DNS and NSD, with signatures and without. */
final class AxfrGetPeerTest {
  private static final int LARGE = 20_000;

  private static final String DIGEST =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private static final String SMALL =
      """
      $TTL 300
      @ SOA ns host 7 2 3 4 5
      @ NS ns
      @ MX 10 ns
      ns A 192.0.2.1
      ns AAAA 2001:db8::1
      txt TXT "one" "two: \\"x\\""
      _sip._tcp SRV 0 5 5060 ns
      naptr NAPTR 10 20 "S" "SIP+D2U" "" _sip._tcp
      @ CAA 0 issue "ca.example"
      _443._tcp TLSA 3 1 1 DIGEST
      ns SSHFP 4 2 DIGEST
      sub NS ns.sub
      sub DS 12345 13 2 DIGEST
      ns.sub A 192.0.2.2
      _dns SVCB 1 ns alpn=dot port=8530
      www HTTPS 1 . alpn=h3,h2
      tree DNAME target
      alias CNAME www
      *.wild 60 A 192.0.2.3
      ptr PTR ns
      other TYPE65280 \\# 4 00ff2e61
      """
          .replace("DIGEST", DIGEST);

  @TempDir Path directory;

  private static String large() {
    StringBuilder zone =
        new StringBuilder("$TTL 300\n@ SOA ns host 8 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n");
    for (int i = 0; i < LARGE; i++) {
      zone.append("host%d A 10.0.%d.%d\n".formatted(i, i >> 8, i & 0xff));
    }
    return zone.toString();
  }

  private Primary start(PeerSoftware software) throws Exception {
    software.assumeInstalled();
    Path own = Files.createDirectory(directory.resolve("primary"));
    Files.createDirectory(own.resolve("db"));
    return Primary.start(
        software,
        own,
        Map.of(
            "open.test",
            SMALL,
            "signed.test",
            SMALL,
            "open-large.test",
            large(),
            "signed-large.test",
            large()));
  }

  private Original.Outcome get(Primary primary, String zone) throws Exception {
    return Original.runOurs(
        directory, AxfrGet.class, "--server", primary.server(), zone, "data", "data.tmp");
  }

  private Original.Outcome getSigned(Primary primary, String key, String zone) throws Exception {
    Path file = Files.writeString(directory.resolve("key"), key + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return Original.runOurs(
        directory,
        AxfrGet.class,
        "--server",
        primary.server(),
        "--key",
        "key",
        zone,
        "data",
        "data.tmp");
  }

  private void assertWhole(String zone, Original.Outcome outcome) throws Exception {
    assertEquals(new Original.Outcome(0, ""), outcome);
    Path data = directory.resolve("data");
    List<String> lines = Files.readAllLines(data);
    assertTrue(lines.getFirst().matches("#[78] auto axfr-get"), lines.getFirst());
    List<String> sorted = lines.stream().sorted().toList();
    if (zone.contains("large")) {
      assertEquals(LARGE + 4, lines.size());
      assertEquals(LARGE, lines.stream().filter(line -> line.startsWith("+host")).count());
    } else {
      assertEquals(expected(zone), sorted);
      assertEquals(
          new Original.Outcome(0, ""), Original.runOurs(directory, TinydnsData.class, "--strict"));
    }
    Files.delete(data);
  }

  @ParameterizedTest
  @EnumSource
  void shouldFetchZones(PeerSoftware software) throws Exception {
    try (Primary primary = start(software)) {
      for (String zone : List.of("open.test", "open-large.test")) {
        assertWhole(zone, get(primary, zone));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFetchSignedZones(PeerSoftware software) throws Exception {
    try (Primary primary = start(software)) {
      for (String algorithm : Primary.ALGORITHMS) {
        assertWhole("signed.test", getSigned(primary, Primary.key(algorithm), "signed.test"));
      }
      String key = Primary.key("hmac-sha256");
      assertWhole("signed-large.test", getSigned(primary, key, "signed-large.test"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFailWithoutTheRightKey(PeerSoftware software) throws Exception {
    try (Primary primary = start(software)) {
      Original.Outcome unsigned = get(primary, "signed.test");
      assertEquals(111, unsigned.exitCode());
      assertTrue(
          unsigned
              .stderr()
              .matches(
                  "axfr-get: fatal: unable to parse AXFR results: server says "
                      + "(REFUSED|NOTAUTH)\n"),
          unsigned.stderr());
      assertEquals(
          "axfr-get: fatal: unable to parse AXFR results: server says NOTAUTH, "
              + "server does not accept key hmac-sha256.key.test: BADSIG\n",
          getSigned(primary, "hmac-sha256.key.test:AAAA", "signed.test").stderr());
      assertEquals(
          "axfr-get: fatal: unable to parse AXFR results: server says NOTAUTH, "
              + "server does not accept key no.key.test: BADKEY\n",
          getSigned(primary, "no.key.test:AAAA", "signed.test").stderr());
      assertFalse(Files.exists(directory.resolve("data")));
      assertFalse(Files.exists(directory.resolve("data.tmp")));
    }
  }

  private static List<String> expected(String zone) {
    return """
    #7 auto axfr-get
    &ZONE::ns.ZONE.:300
    &sub.ZONE::ns.sub.ZONE.:300
    +\\052.wild.ZONE:192.0.2.3:60
    +ns.ZONE:192.0.2.1:300
    +ns.ZONE:2001_db8__1:300
    +ns.sub.ZONE:192.0.2.2:300
    :_443._tcp.ZONE:TLSA:3 1 1 DIGEST:300
    :_dns.ZONE:SVCB:1 ns.ZONE. alpn="dot" port=8530:300
    :_sip._tcp.ZONE:SRV:0 5 5060 ns.ZONE.:300
    :naptr.ZONE:NAPTR:10 20 "S" "SIP+D2U" "" _sip._tcp.ZONE.:300
    :ns.ZONE:SSHFP:4 2 DIGEST:300
    :other.ZONE:65280:\\000\\377.a:300
    :ZONE:CAA:0 issue "ca.example":300
    :sub.ZONE:DS:12345 13 2 DIGEST:300
    :tree.ZONE:DNAME:target.ZONE.:300
    :txt.ZONE:16:\\003one\\010two\\072\\040\\042x\\042:300
    :www.ZONE:HTTPS:1 . alpn="h3,h2":300
    @ZONE::ns.ZONE.:10:300
    Calias.ZONE:www.ZONE.:300
    ZZONE:ns.ZONE.:host.ZONE.:7:2:3:4:5:300
    ^ptr.ZONE:ns.ZONE.:300
    """
        .replace("ZONE", zone)
        .replace("DIGEST", DIGEST)
        .lines()
        .sorted()
        .toList();
  }
}
