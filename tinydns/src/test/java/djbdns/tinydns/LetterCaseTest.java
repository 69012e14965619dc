package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.master.MasterException;
import djbdns.master.MasterReader;
import djbdns.master.MasterSink;
import djbdns.master.Position;
import djbdns.wire.Name;
import djbdns.wire.message.ResourceRecord;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names in the data of every type that has any keep their letters (RFC 4343, 4) from a master file
 * through tinydns-import, {@code data} and {@code data.cdb} to tinydns-export and axfrdns, however
 * the names around them are written. {@code -Ddjbdns.zones=N} takes N zones.
 */
final class LetterCaseTest {
  private static final int ZONES = Integer.getInteger("djbdns.zones", 30);
  private static final long SEED = Long.getLong("djbdns.seed", 1);
  private static final String ZONE = "letters.test";

  /** A record of every type with names: its owner, and data with a name for each %s. */
  private static final List<String> RECORDS =
      List.of(
          "@ SOA %s %s 1 2 3 4 5",
          "@ NS %s",
          "sub NS %s",
          "alias CNAME %s",
          "ptr PTR %s",
          "@ MX 10 %s",
          "srv SRV 1 2 3 %s",
          "naptr NAPTR 1 2 \"u\" \"S\" \"!A!b!\" %s",
          "dname DNAME %s",
          "svcb SVCB 1 %s alpn=h2",
          "https HTTPS 0 %s",
          "rp RP %s %s",
          "afsdb AFSDB 1 %s",
          "kx KX 1 %s",
          "rt RT 1 %s",
          "px PX 1 %s %s",
          "minfo MINFO %s %s",
          "mb MB %s",
          "mg MG %s",
          "mr MR %s",
          "lp LP 1 %s",
          "nsap NSAP-PTR %s",
          "talink TALINK %s %s",
          "hip HIP 2 200100107B1A74DF365639CC39F1D578 AQID %s %s",
          "key IPSECKEY 10 3 2 %s AQID",
          "relay AMTRELAY 10 0 3 %s",
          "sig RRSIG A 8 4 60 20300101000000 20200101000000 1 %s AAAA",
          "sig NSEC %s A RRSIG NSEC");

  private static final List<String> ENDS = List.of("letters.test.", "example.", "b.a.example.");

  @TempDir private Path directory;

  private final Random random = new Random(SEED);

  /** A record of the file, and what its data must contain. */
  private record Written(Name owner, String type, List<String> namesInHex) {
    boolean isIn(ResourceRecord record) {
      String data = record.rdata().toWire().toString();
      return record.owner().equals(owner)
          && record.type().toString().equals(type)
          && namesInHex.stream().allMatch(data::contains);
    }
  }

  @Test
  void shouldKeepLettersOfAllNamesInData() throws Exception {
    for (int zone = 0; zone < ZONES; zone++) {
      List<Written> written = new ArrayList<>();
      StringBuilder text = new StringBuilder("$TTL 60\n");
      for (String format : RECORDS) {
        text.append(fill(format, written)).append('\n');
      }
      Path file = Files.writeString(directory.resolve("zone"), text);
      ZoneCircle circle = new ZoneCircle(directory);
      Path exported = circle.go(ZONE, file);
      assertHasAll(written, read(exported), text + Files.readString(exported));
      List<ResourceRecord> sent = circle.transferZone(ZONE);
      assertHasAll(written, sent.subList(0, sent.size() - 1), text.toString());
    }
  }

  private static void assertHasAll(
      List<Written> written, List<ResourceRecord> records, String what) {
    assertEquals(written.size(), records.size(), what);
    for (Written one : written) {
      assertTrue(records.stream().anyMatch(one::isIn), () -> one + "\n" + what + records);
    }
  }

  private String fill(String format, List<Written> written) throws Exception {
    List<String> names = new ArrayList<>();
    List<String> hex = new ArrayList<>();
    for (int i = format.split("%s", -1).length - 1; i > 0; i--) {
      String name = name();
      names.add(name);
      hex.add(HexFormat.of().formatHex(Name.parse(name).toWire()));
    }
    String[] words = format.split(" ", 3);
    String owner = words[0].equals("@") ? ZONE : words[0] + "." + ZONE;
    written.add(new Written(Name.parse(owner), words[1], hex));
    return format.formatted(names.toArray());
  }

  /** In and out of the zone, the ends the same again and again, in letters of any size. */
  private String name() {
    String label = "host" + random.nextInt(4);
    return mixed(label + "." + ENDS.get(random.nextInt(ENDS.size())));
  }

  private String mixed(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(random.nextInt(3) == 0 ? Character.toUpperCase(c) : c);
    }
    return out.toString();
  }

  private static List<ResourceRecord> read(Path file) throws Exception {
    List<ResourceRecord> records = new ArrayList<>();
    MasterSink sink =
        new MasterSink() {
          @Override
          public void record(Position position, ResourceRecord record) {
            records.add(record);
          }

          @Override
          public void warn(Position position, String what) {
            throw new AssertionError(position + what);
          }

          @Override
          public void error(MasterException error) {
            throw new AssertionError(error);
          }
        };
    try (InputStream in = Files.newInputStream(file)) {
      new MasterReader(new DiskFiles(List.of()), Name.parse(ZONE), sink).read(in, file.toString());
    }
    return records;
  }
}
