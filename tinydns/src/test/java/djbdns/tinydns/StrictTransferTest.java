package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.QueryLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.server.Responder;
import djbdns.tinydns.axfr.TransferRights;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tsig.TsigKeys;
import djbdns.wire.MalformedTextException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every zone that {@code tinydns-data --strict} lets pass is transferred by BIND, Knot DNS and NSD,
 * also where only some clients see a record, or it has ended. {@code -Ddjbdns.zones=N} takes N
 * random zones, right and wrong, from {@code -Ddjbdns.seed} on.
 */
final class StrictTransferTest {
  private static final int ZONES = Integer.getInteger("djbdns.zones", 300);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final long TRANSFERS_NS = 300_000_000_000L;
  private static final String PAST = "4000000040000000";

  /** The secondaries are at one location, and somebody else at the other. */
  private static final String LOCATIONS = "%in:127.0.0.1\n%ex:\n";

  private static final int CONNECTIONS = 1000;
  private static final int IDLE_MS = 60_000;

  @TempDir private Path directory;

  /** Zones that pass, with their master files. */
  private final Map<String, String> zones = new LinkedHashMap<>();

  @BeforeEach
  void compile() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(LOCATIONS.getBytes(StandardCharsets.ISO_8859_1));
    int limited = 0;
    for (int i = 0; i < ZONES; i++) {
      String zone = "e%06d.test".formatted(i);
      String text = new DoubtfulZone(SEED + i).text().replace(DoubtfulZone.ZONE, zone);
      Optional<byte[]> data = strictData(zone, text);
      if (data.isPresent()) {
        zones.put(zone, text);
        all.write(data.get());
        limited += isLimited(data.get()) ? 1 : 0;
      }
    }
    System.out.println(
        "%d of %d zones pass, %d of them with limits".formatted(zones.size(), ZONES, limited));
    assertTrue(zones.size() > ZONES / 4, zones.size() + " zones passed");
    assertTrue(limited > ZONES / 50, limited + " zones with limits passed");
    Files.write(directory.resolve("data"), all.toByteArray());
    assertTrue(new ZoneCircle(directory).isStrict());
  }

  private Optional<byte[]> strictData(String zone, String text)
      throws IOException, MalformedTextException {
    ZoneCircle circle = new ZoneCircle(directory);
    Path file = Files.writeString(directory.resolve("zone"), text);
    Optional<String> data =
        circle
            .convert(zone, file)
            .map(lines -> new String(lines, StandardCharsets.ISO_8859_1))
            .map(lines -> limit(lines, new SplittableRandom(SEED ^ zone.hashCode())));
    if (data.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = data.get().getBytes(StandardCharsets.ISO_8859_1);
    Files.writeString(
        directory.resolve("data"), LOCATIONS + data.get(), StandardCharsets.ISO_8859_1);
    return circle.isStrict() && isZone(zone, bytes) ? Optional.of(bytes) : Optional.empty();
  }

  /** In one zone of three, lets some lines be seen by some clients only, or not any more. */
  private static String limit(String lines, SplittableRandom random) {
    if (random.nextInt(3) > 0) {
      return lines;
    }
    return lines
        .lines()
        .map(line -> line.startsWith("Z") || random.nextInt(4) > 0 ? line : limitLine(line, random))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Lines as tinydns-import writes them end with a TTL. */
  private static String limitLine(String line, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> line + "::in";
      case 1 -> line + "::ex";
      case 2 -> line + ":" + PAST;
      default -> line.substring(0, line.lastIndexOf(':') + 1) + "0:" + PAST;
    };
  }

  /** True if some record of it is only for some clients, or has ended. */
  private static boolean isLimited(byte[] data) {
    return new String(data, StandardCharsets.ISO_8859_1)
        .lines()
        .anyMatch(line -> line.endsWith("::in") || line.endsWith("::ex") || line.endsWith(PAST));
  }

  /** Delegations alone are no zone, but data that tinydns can serve. */
  private static boolean isZone(String zone, byte[] data) {
    return new String(data, StandardCharsets.ISO_8859_1)
        .lines()
        .anyMatch(line -> line.startsWith("Z" + zone + ":"));
  }

  @ParameterizedTest
  @EnumSource(PeerSoftware.class)
  void shouldBeTransferred(PeerSoftware software) throws Exception {
    software.assumeInstalled();
    InetSocketAddress address = PeerSoftware.freeAddress("127.53.0.7");
    try (ZoneData data = ZoneData.load(directory.resolve("data.cdb"), SEED);
        EventLoops loops = new EventLoops(1);
        DnsServer server = DnsServer.listen(config(address), loops.all(), _ -> responder(data))) {
      server.start();
      Path own = Files.createDirectory(directory.resolve(software.toString()));
      long deadlineNs = System.nanoTime() + TRANSFERS_NS;
      try (PeerSecondary secondary = PeerSecondary.start(software, own, zones.keySet(), address)) {
        List<String> missing = secondary.awaitZones(zones.keySet(), deadlineNs);
        for (String zone : missing) {
          assertEquals("", zones.get(zone), secondary.log(zone));
        }
      }
    }
  }

  private static DnsServer.Config config(InetSocketAddress address) {
    return new DnsServer.Config(
        List.of(address), List.of(address), CONNECTIONS, CONNECTIONS, IDLE_MS, _ -> {});
  }

  private static Responder responder(ZoneData data) {
    try {
      return TransferBench.standard(
          data,
          TransferRights.of(Map.of("AXFR", "*"), false),
          TsigKeys.NONE,
          new QueryLog(new LogLines().logger(), false),
          InstantSource.system());
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }
}
