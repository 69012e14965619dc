package djbdns.dnscache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.policy.ResolverLimits;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_ERR)
final class ConfigTest {
  private static final Program PROGRAM = new Program("dnscache");

  private final Map<String, String> variables =
      new HashMap<>(Map.of("IP", "127.0.0.1", "IPSEND", "0.0.0.0", "CACHESIZE", "1000000"));

  private Config read() {
    ServiceEnvironment environment = new ServiceEnvironment(PROGRAM, variables);
    return Config.of(PROGRAM, environment, environment.listenAddresses());
  }

  private void assertFatal(String message) {
    Fatal fatal = assertThrows(Fatal.class, this::read);
    assertEquals("dnscache: fatal: " + message, fatal.getMessage());
    assertEquals(111, fatal.exitCode());
  }

  @Test
  void shouldTakeTheOriginalsVariablesAsTheyAre() {
    Config config = read();
    assertEquals(1_000_000, config.cacheBytes());
    assertFalse(config.hideTtl());
    assertTrue(config.queryLog());
    assertEquals(Optional.empty(), config.cacheDump());
    assertFalse(config.resolver().forwardOnly());
    assertTrue(config.resolver().askPrivateServers());
    assertTrue(config.resolver().privateAnswers());
    assertEquals(ResolverLimits.MAX_TTL_SECONDS, config.resolver().maxTtlSeconds());
  }

  @ParameterizedTest
  @CsvSource({"IP, $IP not set", "IPSEND, $IPSEND not set", "CACHESIZE, $CACHESIZE not set"})
  void shouldSayWhatIsMissing(String variable, String message) {
    variables.remove(variable);
    assertFatal(message);
  }

  @ParameterizedTest
  @CsvSource({
    "IP, 127.0.0.x, unable to parse IP address 127.0.0.x",
    "IPSEND, nowhere, unable to parse IP address nowhere",
    "PORT, 0, unable to parse $PORT: 0",
    "CACHESIZE, much, 'unable to parse $CACHESIZE: much is not a number of bytes, with or without K, M or G'",
    "CACHESIZE, 100MB, 'unable to parse $CACHESIZE: 100MB is not a number of bytes, with or without K, M or G'",
    "QUERYLOG, yes, unable to parse $QUERYLOG: yes",
    "MAXTTL, 0, unable to parse $MAXTTL: 0",
    "MINTTL, 3601, unable to parse $MINTTL: 3601",
    "PRIVATEANSWERS, no, unable to parse $PRIVATEANSWERS: no"
  })
  void shouldSayWhatItCannotParse(String variable, String value, String message) {
    variables.put(variable, value);
    assertFatal(message);
  }

  @Test
  void shouldRefuseALeastLifeAboveTheLongest() {
    variables.put("MINTTL", "60");
    variables.put("MAXTTL", "30");
    assertFatal("$MINTTL is larger than $MAXTTL");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100",
    "100, 100",
    "100M, 104857600",
    "2000000000, 1000000000",
    "99999999999999999999, 1000000000"
  })
  void shouldClampCacheSizeAsTheOriginalDoes(String text, int bytes) {
    variables.put("CACHESIZE", text);
    assertEquals(bytes, read().cacheBytes());
  }

  @Test
  void shouldSayThatTheCacheHasAnotherSize() {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      variables.put("CACHESIZE", "2000000000");
      read();
    } finally {
      System.setErr(before);
    }
    assertEquals(
        "dnscache: warning: $CACHESIZE is 2000000000 bytes: the cache has 1000000000\n",
        said.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, true, true",
    "192.0.2.1, true, false",
    "::, false, true",
    "2001:db8::1, false, true",
    "192.0.2.1/2001:db8::1, true, true"
  })
  void shouldUseTheFamiliesOfIpsend(String ipsend, boolean ipv4, boolean ipv6) {
    variables.put("IPSEND", ipsend);
    assertEquals(ipv4, read().resolver().useIpv4());
    assertEquals(ipv6, read().resolver().useIpv6());
  }

  @Test
  void shouldBindQueriesOnlyToAnAddressThatIsOne() {
    assertEquals(Optional.empty(), read().sources().ipv4());
    variables.put("IPSEND", "192.0.2.1");
    assertEquals("192.0.2.1", read().sources().ipv4().orElseThrow().getHostAddress());
  }

  @Test
  void shouldNeverAskItself() {
    variables.put("IP", "192.0.2.1/2001:db8::1");
    variables.put("PORT", "5300");
    assertEquals(
        Set.of(
            ServerAddress.parse("192.0.2.1:5300").orElseThrow(),
            ServerAddress.parse("[2001:db8::1]:5300").orElseThrow()),
        read().resolver().ownAddresses());
  }

  @Test
  void shouldTakeWhatTheOriginalHasNot() {
    variables.putAll(
        Map.of(
            "HIDETTL",
            "",
            "FORWARDONLY",
            "1",
            "QUERYLOG",
            "0",
            "CACHEDUMP",
            "cache",
            "ASKPRIVATE",
            "0",
            "PRIVATEANSWERS",
            "0",
            "MINTTL",
            "30",
            "MAXTTL",
            "600"));
    Config config = read();
    assertTrue(config.hideTtl());
    assertFalse(config.queryLog());
    assertEquals(Optional.of(Path.of("cache")), config.cacheDump());
    assertTrue(config.resolver().forwardOnly());
    assertFalse(config.resolver().askPrivateServers());
    assertFalse(config.resolver().privateAnswers());
    assertEquals(
        List.of(30, 600),
        List.of(config.resolver().minTtlSeconds(), config.resolver().maxTtlSeconds()));
  }
}
