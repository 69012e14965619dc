package djbdns.tinydns.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.wire.AddressText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
  @TempDir private Path directory;

  private Path compile(String... lines) {
    byte[] rules = String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    Path file = directory.resolve("tcp.cdb");
    String[] files = {file.toString(), directory.resolve("tmp").toString()};
    Tcprules.run(new Program("tcprules"), files, new ByteArrayInputStream(rules));
    return file;
  }

  private static Rule find(Rules rules, String client) {
    byte[] address = AddressText.parse(client).orElseThrow().toArray();
    return rules.find(address, address.length);
  }

  private Rule find(String client, String... lines) throws IOException {
    try (Rules rules = Rules.load(compile(lines))) {
      return find(rules, client);
    }
  }

  @Test
  void shouldAllowWithoutVariablesWhereNoRuleMatches() throws IOException {
    assertEquals(new Rule(true, Map.of()), find("192.0.2.1", "192.0.2.2:deny"));
    assertEquals(new Rule(true, Map.of()), find("2001:db8::1"));
  }

  @Test
  void shouldGiveTheLastValueOfAVariable() throws IOException {
    assertEquals(
        new Rule(true, Map.of("AXFR", "b.test", "TSIG", "a=b")),
        find("192.0.2.1", "192.0.2.1:allow,AXFR=\"a.test\",TSIG=/a=b/,AXFR=\"b.test\""));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, exact",
    "192.0.2.2, /30",
    "192.0.2.9, three",
    "192.0.7.1, /21",
    "192.0.9.1, two",
    "192.1.1.1, one",
    "9.9.9.9, rest",
    "::ffff:192.0.2.1, exact",
    "2001:db8::1, exact6",
    "2001:db8::2, /127",
    "2001:db8:0:1::1, /48",
    "2001:db8:1::1, groups",
    "2001:db9::1, rest"
  })
  void shouldPreferTheLongestBlock(String client, String expected) throws IOException {
    Rule rule =
        find(
            client,
            ":allow,R=\"rest\"",
            "192.:allow,R=\"one\"",
            "192.0.:allow,R=\"two\"",
            "192.0.0.0/21:allow,R=\"/21\"",
            "192.0.2.:allow,R=\"three\"",
            "192.0.2.0/24:allow,R=\"behind three\"",
            "192.0.2.0/30:allow,R=\"/30\"",
            "192.0.2.1:allow,R=\"exact\"",
            "2001:db8::/32:allow,R=\"groups\"",
            "2001:DB8::/48:allow,R=\"/48\"",
            "2001:db8:0:0::3/127:allow,R=\"/127\"",
            "2001:db8:0::1:allow,R=\"exact6\"");
    assertEquals(Map.of("R", expected), rule.variables());
  }

  @Test
  void shouldTakeWholeGroupsWithAColonBehindThem() throws IOException {
    assertFalse(find("2001:db8:5::1", "2001:db8::deny").allowed());
    assertTrue(find("2001:db9::1", "2001:db8::deny").allowed());
    assertFalse(find("2001:db8::", "2001:db8:::deny").allowed());
    assertTrue(find("2001:db8::1", "2001:db8:::deny").allowed());
    assertFalse(find("::1", "::1:deny").allowed());
    assertFalse(find("::", ":::deny").allowed());
    assertFalse(find("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::deny").allowed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::/129:deny",
        "2001:db8:deny",
        "::ffff:1.2.3.4:deny",
        "fe80::1%eth0:deny",
        "1:2:3:4:5:6:7:8::deny",
        "2001:db8::1-5:deny",
        "joe@2001:db8::1:deny",
        "::deny",
        "a:b:deny",
        "2001:db8::/:deny",
        "[2001:db8::1]:deny",
        "12345::1:deny",
        "::1:denied",
        "::1: allow"
      })
  void shouldRefuseWhatIsNotAnIpv6Address(String line) {
    Fatal fatal = assertThrows(Fatal.class, () -> compile(line));
    assertEquals("tcprules: fatal: unable to parse this line: " + line, fatal.getMessage());
    assertEquals(100, fatal.exitCode());
  }

  @Test
  void shouldKeepTheDatabaseWhenALineIsWrong() throws IOException {
    byte[] before = Files.readAllBytes(compile(":deny"));
    assertThrows(Fatal.class, () -> compile(":allow", "1.2.3.4:"));
    assertFalse(Files.exists(directory.resolve("tmp")));
    assertArrayEquals(before, Files.readAllBytes(directory.resolve("tcp.cdb")));
  }

  @Test
  void shouldSayWhatIsStrange() throws Exception {
    RuleCompiler compiler = new RuleCompiler((_, _, _, _) -> {});
    assertEquals(Optional.of("no colon: line ignored"), problem(compiler, "1.2.3.4"));
    assertEquals(
        Optional.of("a range without numbers: line ignored"), problem(compiler, "5-3:deny"));
    assertEquals(
        Optional.of("the block is 10.0.0.0/8: the rule will not be found"),
        problem(compiler, "10.0.0.1/8:deny"));
    assertEquals(
        Optional.of("not a block of addresses: the rule will not be found"),
        problem(compiler, "10.0/8:deny"));
    for (String line : List.of("192.0.2.300", "1.2.3", "1.2.3.4.", "10.0.0.01", "256.", ".")) {
      assertEquals(
          Optional.of("not an IP address: the rule will not be found"),
          problem(compiler, line + ":deny"),
          line);
    }
    for (String line :
        List.of(
            "",
            "#x",
            "  ",
            "10.0.0.0/8:deny",
            "=a/b:deny",
            "a/b@1.2.3.4:deny",
            "192.0.2.255:deny",
            "192.0.2.:deny",
            "10.:deny",
            ":deny",
            "1.2.3.4-300:deny",
            "=1.2.3.300:deny")) {
      assertEquals(Optional.empty(), problem(compiler, line), line);
    }
  }

  private static Optional<String> problem(RuleCompiler compiler, String line) throws Exception {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return compiler.compile(bytes, 0, bytes.length);
  }

  /** Every byte of a database, changed at random. */
  @Test
  void shouldSurviveDamagedDatabases() throws IOException {
    byte[] good =
        Files.readAllBytes(
            compile(
                ":deny,A=\"1\"", "192.0.2.1:allow,A=\"2\"", "192.0.:deny", "2001:db8::1:allow"));
    Random random = new Random(1);
    Path damaged = directory.resolve("damaged.cdb");
    for (int round = 0; round < 3000; round++) {
      byte[] bytes =
          Arrays.copyOf(good, random.nextInt(4) > 0 ? good.length : random.nextInt(good.length));
      for (int i = 0; i <= random.nextInt(4) && bytes.length > 0; i++) {
        int at =
            random.nextBoolean()
                ? random.nextInt(bytes.length)
                : Math.max(0, bytes.length - 1 - random.nextInt(150));
        bytes[at] = (byte) random.nextInt();
      }
      Files.write(damaged, bytes);
      try (Rules rules = Rules.load(damaged)) {
        find(rules, "192.0.2.1");
        find(rules, "192.0.3.1");
        find(rules, "2001:db8::1");
      } catch (IOException e) {
        assertFalse(e.getMessage().isEmpty());
      }
    }
  }
}
