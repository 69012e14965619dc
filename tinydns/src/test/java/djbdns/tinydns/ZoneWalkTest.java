package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tinydns.cdb.CdbWriter;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneSerials;
import djbdns.tinydns.lookup.ZoneWalk;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records belong to a zone that is transferred. */
final class ZoneWalkTest {
  private static final long NOW = Tai64.ofUnixMillis(1_790_000_000_000L);
  private static final byte[] NOBODY = {(byte) 192, 0, 2, 1};
  private static final long HASH_KEY = 7;
  private static final int RANDOM_FILES = 150;

  @TempDir private Path directory;

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  /** Owners and types, without the SOA record, which must be the first. */
  private List<String> records(String zone, String... lines) throws IOException {
    try (ZoneData data = CompiledZones.of(directory, lines)) {
      List<String> records =
          walk(data, name(zone), NOBODY).stream()
              .map(record -> record.replaceAll("^(\\S+) \\d+ (\\S+) .*", "$1 $2"))
              .toList();
      assertEquals(name(zone) + " SOA", records.getFirst());
      return records.subList(1, records.size());
    }
  }

  /** Owner, TTL, type and data of each record, and a last line if the walk ends in damage. */
  private static List<String> walk(ZoneData data, Name zone, byte[] client) {
    List<String> records = new ArrayList<>();
    try (ZoneWalk walk = new ZoneWalk(data, zone, client, client.length, NOW, HASH_KEY)) {
      while (true) {
        switch (walk.next()) {
          case RECORD -> records.add(text(walk));
          case PAUSE -> {}
          case END -> {
            return records;
          }
          case DAMAGED -> {
            records.add("damaged");
            return records;
          }
        }
      }
    }
  }

  private static String text(ZoneWalk walk) {
    byte[] data = Arrays.copyOf(walk.data(), walk.dataLength());
    return Name.ofWire(walk.owner(), walk.ownerOffset())
        + " "
        + walk.ttlSeconds()
        + " "
        + new RecordType(walk.type())
        + " "
        + HexFormat.of().formatHex(data);
  }

  @Test
  void shouldSendDelegationsWithNsAndDsAlone() throws IOException {
    assertEquals(
        List.of("example NS", "a.ns.example A", "sub.example NS", "sub.example DS"),
        records(
            "example",
            ".example:192.0.2.1:a",
            "&sub.example::ns.elsewhere",
            ":sub.example:DS:1 8 2 00",
            "'sub.example:a text",
            "+www.sub.example:192.0.2.2"));
  }

  @Test
  void shouldSendGlueForNameServersOfTheZoneOnly() throws IOException {
    assertEquals(
        List.of(
            "example NS",
            "ns.b.example A",
            "a.example NS",
            "ns.a.example A",
            "ns.a.example AAAA",
            "b.example NS",
            "b.example NS",
            "deep.ns.b.example A"),
        records(
            "example",
            "Zexample:ns.b.example:root.example",
            "&example:192.0.2.1:ns.b.example",
            "&a.example:192.0.2.2:ns.a.example",
            "+ns.a.example:2001_db8__1",
            "'ns.a.example:a text",
            "+other.a.example:192.0.2.3",
            "&b.example::ns.elsewhere",
            "&b.example:192.0.2.4:deep.ns.b.example"));
  }

  @Test
  void shouldNotTakeNameServersOfLowerZonesForItsOwn() throws IOException {
    assertEquals(
        List.of("example NS", "sub.example NS", "ns.sub.example A"),
        records(
            "example",
            ".example::ns.elsewhere",
            "&sub.example:192.0.2.1:ns.sub.example",
            "&low.sub.example:192.0.2.2:ns.low.sub.example"));
  }

  @Test
  void shouldNotLeakAChildZoneOfTheSameFile() throws IOException {
    String[] lines = {
      ".example::ns.elsewhere",
      "+www.example:192.0.2.1",
      ".sub.example:192.0.2.2:ns.sub.example",
      ":sub.example:DS:1 8 2 00",
      "+www.sub.example:192.0.2.3",
      "+*.sub.example:192.0.2.4"
    };
    assertEquals(
        List.of(
            "example NS", "www.example A", "sub.example NS", "ns.sub.example A", "sub.example DS"),
        records("example", lines));
    assertEquals(
        List.of("sub.example NS", "ns.sub.example A", "www.sub.example A", "\\052.sub.example A"),
        records("sub.example", lines),
        "and the DS record is not the child's");
  }

  @Test
  void shouldLeaveOutWhatIsBelowADname() throws IOException {
    assertEquals(
        List.of("example NS", "tree.example DNAME", "tree.example TXT", "treehouse.example A"),
        records(
            "example",
            ".example::ns.elsewhere",
            ":tree.example:DNAME:other.test",
            "'tree.example:a text",
            "+www.tree.example:192.0.2.1",
            "+*.tree.example:192.0.2.2",
            "&sub.tree.example:192.0.2.3:ns.sub.tree.example",
            "+treehouse.example:192.0.2.4"));
    assertEquals(
        List.of("example NS", "example DNAME"),
        records(
            "example",
            ".example::ns.elsewhere",
            ":example:DNAME:other.test",
            "+www.example:192.0.2.1"));
  }

  @Test
  void shouldSendWildcardsByTheirName() throws IOException {
    assertEquals(
        List.of("example NS", "\\052.example A", "\\052.low.example MX", "\\052.low.example A"),
        records(
            "example",
            ".example::ns.elsewhere",
            "+*.example:192.0.2.1",
            "@*.low.example::mail.elsewhere",
            "+*.low.example:192.0.2.2"));
  }

  @Test
  void shouldEndAtTheLabelsOfTheZone() throws IOException {
    assertEquals(
        List.of("example NS"),
        records(
            "example",
            ".example::ns.elsewhere",
            "+notexample:192.0.2.1",
            "+a\\007example:192.0.2.2",
            "+test:192.0.2.3"));
  }

  @Test
  void shouldSendTheRootZone() throws IOException {
    assertEquals(
        List.of(". NS", "test NS", "ns.test A", "host A"),
        records(
            ".",
            "%in:127",
            ".::a.root.test",
            "&test:192.0.2.1:ns.test",
            "+www.test:192.0.2.2",
            "+host:192.0.2.3"));
  }

  @Test
  void shouldShowWhatTheClientMaySeeNow() throws IOException {
    String[] lines = {
      "%in:127",
      ".example::ns.elsewhere",
      "+www.example:192.0.2.1:300::in",
      "+www.example:192.0.2.2:300::ex",
      "+born.example:192.0.2.3:300:4000000010000000",
      "+unborn.example:192.0.2.4:300:5000000000000000",
      "+dead.example:192.0.2.5:0:4000000010000000",
      "+dying.example:192.0.2.6:0:5000000000000000"
    };
    try (ZoneData data = CompiledZones.of(directory, lines)) {
      assertEquals(
          List.of("born.example 300 A c0000203", "dying.example 3600 A c0000206"),
          addresses(walk(data, name("example"), NOBODY)));
      assertEquals(
          List.of(
              "www.example 300 A c0000201",
              "born.example 300 A c0000203",
              "dying.example 3600 A c0000206"),
          addresses(walk(data, name("example"), new byte[] {127, 0, 0, 1})));
    }
  }

  private static List<String> addresses(List<String> records) {
    return records.stream().filter(record -> record.contains(" A ")).toList();
  }

  @Test
  void shouldKnowWhatIsAZone() throws IOException {
    try (ZoneData data =
        CompiledZones.of(
            directory,
            "%in:127",
            ".example::ns.elsewhere",
            "&sub.example::ns.elsewhere",
            "Zlame.example:ns.elsewhere:root.example",
            "Zsecret.example:ns.elsewhere:root.example:7:::::::in",
            "&secret.example::ns.elsewhere:300::in")) {
      assertTrue(hasZone(data, "example", NOBODY));
      assertTrue(hasZone(data, "EXAMPLE", NOBODY));
      assertFalse(hasZone(data, "sub.example", NOBODY), "no SOA record");
      assertFalse(hasZone(data, "lame.example", NOBODY), "no NS record");
      assertFalse(hasZone(data, "secret.example", NOBODY), "not for this client");
      assertTrue(hasZone(data, "secret.example", new byte[] {127, 0, 0, 1}));
      assertFalse(hasZone(data, "test", NOBODY));
      assertFalse(hasZone(data, "www.example", NOBODY));
    }
  }

  private static boolean hasZone(ZoneData data, String zone, byte[] client) {
    try (ZoneWalk walk = new ZoneWalk(data, name(zone), client, client.length, NOW, HASH_KEY)) {
      return walk.hasZone();
    }
  }

  @Test
  void shouldKnowTheSerialNumbersOfAllZones() throws IOException {
    try (ZoneData data =
        CompiledZones.of(
            directory,
            "%in:127",
            "Zone.example:ns.elsewhere:root.example:7",
            "&one.example::ns.elsewhere",
            "Ztwo.example:ns.elsewhere:root.example:4294967295",
            "&two.example::ns.elsewhere",
            "Zlame.example:ns.elsewhere:root.example:8",
            "Z*.wild.example:ns.elsewhere:root.example:9",
            "&*.wild.example::ns.elsewhere",
            "Zsecret.example:ns.elsewhere:root.example:10:::::::in",
            "&secret.example::ns.elsewhere:300::in")) {
      assertEquals(
          Map.of(name("one.example"), 7L, name("two.example"), 4294967295L),
          ZoneSerials.of(data, NOW));
    }
  }

  @Test
  void shouldPauseWhileItPassesOtherZones() throws IOException {
    int zones = 30_000;
    List<String> lines = new ArrayList<>(List.of(".example::ns.elsewhere"));
    for (int i = 0; i < zones; i++) {
      lines.add("+host.zone" + i + ":192.0.2.1");
    }
    lines.add("+www.example:192.0.2.2");
    try (ZoneData data = CompiledZones.of(directory, lines.toArray(new String[0]));
        ZoneWalk walk = new ZoneWalk(data, name("example"), NOBODY, NOBODY.length, NOW, HASH_KEY)) {
      int pauses = 0;
      int records = 0;
      for (ZoneWalk.Step step = walk.next(); step != ZoneWalk.Step.END; step = walk.next()) {
        pauses += step == ZoneWalk.Step.PAUSE ? 1 : 0;
        records += step == ZoneWalk.Step.RECORD ? 1 : 0;
      }
      assertEquals(3, records);
      assertEquals(2 * zones / 4096, pauses, "twice through the file, in steps of 4096");
    }
  }

  @Test
  void shouldEndAtADamagedValue() throws IOException {
    byte[] zone = name("example").toWire();
    byte[] soa = value(6, "00", "00", "00000001".repeat(5));
    byte[] ns = value(2, "0161", "00");
    byte[] address = value(1, "c0000201");
    assertEquals(3, walkOf(zone, soa, ns, address).size());
    for (byte[] damaged :
        List.of(new byte[0], new byte[2], Arrays.copyOf(address, 10), new byte[32768])) {
      if (damaged.length > 2) {
        damaged[2] = '=';
      }
      assertEquals("damaged", walkOf(zone, soa, ns, address, damaged).getLast());
    }
    assertEquals("damaged", walkOf(zone, soa, ns, value(15, "00", "0a")).getLast(), "an MX record");
    assertEquals("damaged", walkOf(zone, soa, ns, value(2, "3f61")).getLast(), "an NS record");
    assertEquals(
        List.of("damaged"), walkOf(zone, value(6, "00", "00", "0001"), ns), "a SOA record");
  }

  private static byte[] value(int type, String... data) {
    return HexFormat.of()
        .parseHex("%04x3d".formatted(type) + "0000012c" + "0".repeat(16) + String.join("", data));
  }

  /** A walk through a database that holds nothing but these values of one name. */
  private List<String> walkOf(byte[] key, byte[]... values) throws IOException {
    Path file = directory.resolve("damaged.cdb");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      CdbWriter writer = new CdbWriter(channel);
      for (byte[] value : values) {
        writer.add(key, key.length, value, value.length);
      }
      writer.finish();
    }
    try (ZoneData data = ZoneData.load(file, HASH_KEY)) {
      return walk(data, Name.ofWire(key, 0), NOBODY);
    }
  }

  @Test
  void shouldAgreeWithTheModelOnRandomZones() throws IOException {
    List<byte[]> clients =
        List.of(
            NOBODY,
            new byte[] {127, 1, 1, 1},
            new byte[] {127, 1, 9, 4},
            new byte[] {127, 2, 2, 2});
    int zones = 0;
    for (int seed = 0; seed < RANDOM_FILES; seed++) {
      String file = ZoneGenerator.old(seed).file(10 + seed);
      try (ZoneData data = CompiledZones.of(directory, file, redirections(seed))) {
        byte[] image = Files.readAllBytes(directory.resolve("data.cdb"));
        byte[] client = clients.get(seed % clients.size());
        ZoneModel model = new ZoneModel(image, client, NOW);
        for (Name zone : model.zones()) {
          String where = "seed " + seed + ", zone " + zone;
          assertTrue(hasZone(data, zone.toString(), client), where);
          assertEquals(model.transfer(zone), walk(data, zone, client), where);
          zones++;
        }
      }
    }
    assertTrue(zones > 2 * RANDOM_FILES, "only " + zones + " zones");
  }

  /** What the generator does not make. */
  private static String redirections(int seed) {
    return String.join(
        "\n",
        Stream.of("a", "c.b", "www.h1", "*.a")
            .skip(seed % 5)
            .map(name -> ":" + name + ".zone.test:DNAME:other.test\n:b.zone.test:DS:1 8 2 00")
            .toList());
  }
}
