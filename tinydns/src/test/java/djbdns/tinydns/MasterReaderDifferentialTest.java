package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.master.MasterException;
import djbdns.master.MasterReader;
import djbdns.master.MasterSink;
import djbdns.master.MasterWriter;
import djbdns.master.Position;
import djbdns.master.ZoneIntake;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.text.MasterText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What BIND reads from a master file, our reader reads. */
class MasterReaderDifferentialTest {
  private static final long SEED = Long.getLong("djbdns.seed", 20261124);
  private static final int FILES = Integer.getInteger("djbdns.files", 150);
  private static final String ZONE = "example.org";

  @TempDir private Path directory;

  /** Owner and type of a set to its TTL. */
  private final Map<String, Long> ttls = new HashMap<>();

  private final Set<String> mixed = new HashSet<>();

  @Test
  void shouldReadWhatBindReads() throws Exception {
    BindTools.assumeInstalled();
    MasterFileGenerator generator = new MasterFileGenerator(new SplittableRandom(SEED), true);
    int accepted = 0;
    for (int i = 0; i < FILES; i++) {
      String text = generator.next();
      Path file = directory.resolve("file");
      Path again = directory.resolve("again");
      Files.writeString(file, text, StandardCharsets.ISO_8859_1);
      Path scratch = directory.resolve("scratch");
      String failure = read(file, again);
      if (BindTools.compile(file, ZONE, scratch).exitCode() == 0) {
        accepted++;
        assertEquals("", failure, () -> "BIND reads this:\n" + text);
        List<String> theirs = BindTools.records(file, ZONE, scratch);
        assertEquals(known(theirs), known(BindTools.records(again, ZONE, scratch)), text);
      }
    }
    assertTrue(accepted > FILES / 5, accepted + " files were accepted");
  }

  /** Records without the TTL where those of a set differ, which BIND makes equal in its own way. */
  private List<String> known(List<String> records) {
    return records.stream()
        .map(record -> {
          String[] fields = record.split(" ", 5);
          boolean isMixed = mixed.contains(fields[0] + " " + fields[3]);
          return isMixed ? fields[0] + " " + fields[3] + " " + fields[4] : record;
        })
        .sorted()
        .toList();
  }

  /** Copies the records; what went wrong, or nothing. */
  private String read(Path file, Path target) throws IOException {
    ttls.clear();
    mixed.clear();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(target)) {
      MasterWriter writer = new MasterWriter(out);
      Name zone = Name.parse(ZONE);
      List<String> errors = new ArrayList<>();
      ZoneIntake intake = new ZoneIntake(zone, SEED, output(writer, errors));
      new MasterReader(new DiskFiles(List.of()), zone, noting(intake)).read(in, file.toString());
      return String.join("\n", errors);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  /** Notes sets whose TTLs differ, of records that come twice as well. */
  private MasterSink noting(MasterSink sink) {
    return new MasterSink() {
      @Override
      public void record(Position position, ResourceRecord record)
          throws MasterException, IOException {
        String set = MasterText.ofName(record.owner()) + " " + record.type();
        Long before = ttls.putIfAbsent(set.toLowerCase(Locale.ROOT), record.ttlSeconds());
        if (before != null && before != record.ttlSeconds()) {
          mixed.add(set.toLowerCase(Locale.ROOT));
        }
        sink.record(position, record);
      }

      @Override
      public void warn(Position position, String what) {}

      @Override
      public void error(MasterException error) {
        sink.error(error);
      }
    };
  }

  private static ZoneIntake.Output output(MasterWriter writer, List<String> errors) {
    return new ZoneIntake.Output() {
      @Override
      public void record(ResourceRecord record) throws IOException {
        byte[] data = record.rdata().toWire().toArray();
        writer.write(record.owner(), record.type(), record.ttlSeconds(), data);
      }

      @Override
      public void warn(Position position, String what) {}

      @Override
      public void error(MasterException error) {
        errors.add(error.getMessage());
      }
    };
  }
}
