package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.message.ResourceRecord;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What BIND reads from a master file, it reads from what comes back from data.cdb. */
class ZoneCircleTest {
  private static final String HEADING = "; zone: ";
  private static final int MANY = 100_000;

  @TempDir private Path directory;

  private static Path zones() throws URISyntaxException {
    return Path.of(ZoneCircleTest.class.getResource("/zones").toURI());
  }

  static List<Path> files() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.walk(zones())) {
      return files.filter(file -> file.toString().endsWith(".zone")).sorted().toList();
    }
  }

  private static String zoneOf(Path file) throws IOException {
    String heading = Files.readAllLines(file, StandardCharsets.ISO_8859_1).getFirst();
    assertTrue(heading.startsWith(HEADING), heading);
    return heading.substring(HEADING.length()).strip();
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldComeBackAsItWas(Path file) throws Exception {
    BindTools.assumeInstalled();
    String zone = zoneOf(file);
    Path exported = new ZoneCircle(directory).go(zone, file);
    assertEquals(
        BindTools.records(file, zone, directory.resolve("theirs")),
        BindTools.records(exported, zone, directory.resolve("ours")));
  }

  @Test
  void shouldComeBackAsItWasWhenItIsBig() throws Exception {
    BindTools.assumeInstalled();
    StringBuilder text =
        new StringBuilder("$TTL 1h\n@ SOA ns hostmaster 1 1h 10m 1w 5m\n@ NS ns\n");
    for (int i = 0; i < MANY; i++) {
      text.append(
          switch (i % 5) {
            case 0 -> "host" + i + " A 10.0." + i / 5 % 256 + "." + i % 256 + "\n";
            case 1 -> "  AAAA 2001:db8::" + Integer.toHexString(i % 65536) + "\n";
            case 2 -> "  TXT \"host number " + i + "\" (\n two )\n";
            case 3 -> "alias" + i + " 300 CNAME host" + (i - 3) + "\n";
            default -> "_s" + i + "._tcp SRV 0 5 " + i % 65536 + " host" + (i - 4) + "\n";
          });
    }
    Path file = directory.resolve("big.zone");
    Files.writeString(file, text.append("ns A 192.0.2.1\n"));
    Path exported = new ZoneCircle(directory).go("big.example", file);
    List<String> theirs = BindTools.records(file, "big.example", directory.resolve("theirs"));
    assertEquals(MANY + 3, theirs.size());
    assertEquals(theirs, BindTools.records(exported, "big.example", directory.resolve("ours")));
    assertEquals(
        theirs,
        BindTools.records(transfer("big.example"), "big.example", directory.resolve("sent")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldBeTransferredAsItWas(Path file) throws Exception {
    BindTools.assumeInstalled();
    String zone = zoneOf(file);
    new ZoneCircle(directory).go(zone, file);
    Path transferred = transfer(zone);
    assertEquals(
        BindTools.records(file, zone, directory.resolve("theirs")),
        BindTools.records(transferred, zone, directory.resolve("ours")));
  }

  /** What axfrdns sends of the zone that has been compiled, as a master file. */
  private Path transfer(String zone) throws Exception {
    StringBuilder text = new StringBuilder();
    for (ResourceRecord sent : new ZoneCircle(directory).transferZone(zone)) {
      text.append(sent).append('\n');
    }
    return Files.writeString(directory.resolve("transferred"), text, StandardCharsets.ISO_8859_1);
  }

  /** NSD's and ldns's readers, as second opinions. */
  @ParameterizedTest
  @MethodSource("files")
  void shouldBeAcceptedByOtherReaders(Path file) throws Exception {
    Path checker = Path.of("/usr/sbin/nsd-checkzone");
    BindTools.assumeInstalled(checker, "nsd");
    String zone = zoneOf(file);
    Path exported = new ZoneCircle(directory).go(zone, file);
    Original.Outcome outcome =
        Original.run(directory, List.of(checker.toString(), zone, exported.toString()));
    assertEquals(0, outcome.exitCode(), outcome.stderr());
  }

  @ParameterizedTest
  @ValueSource(strings = {"signed-nsec.zone", "signed-nsec3.zone"})
  void shouldKeepSignaturesValid(String name) throws Exception {
    Path verifier = Path.of("/usr/bin/ldns-verify-zone");
    BindTools.assumeInstalled(verifier, "ldnsutils");
    Path exported = new ZoneCircle(directory).go("signed.example", zones().resolve(name));
    Original.Outcome outcome =
        Original.run(
            directory, List.of(verifier.toString(), "-t", "20270101000000", exported.toString()));
    assertEquals(0, outcome.exitCode(), outcome.stderr());
  }
}
