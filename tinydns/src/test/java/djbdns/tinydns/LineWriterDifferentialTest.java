package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tinydns.zone.LineWriter;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Mx;
import djbdns.wire.rdata.Ns;
import djbdns.wire.rdata.Ptr;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Soa;
import djbdns.wire.rdata.Txt;
import djbdns.wire.rdata.Unknown;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same lines as axfr-get 1.05 makes of a transfer, for the types that it knows, but for the
 * letters of names, which it makes small.
 */
class LineWriterDifferentialTest {
  private static final long SEED = 20261124;
  private static final int RECORDS = 2000;
  private static final long SERIAL = 2007;

  @Test
  void shouldWriteWhatTheOriginalWrites(@TempDir Path directory) throws Exception {
    Original.assumeInstalled("axfr-get");
    List<ResourceRecord> records = records();
    Files.write(directory.resolve("in"), transfer(records));
    Original.Outcome outcome =
        Original.run(
            directory,
            List.of("sh", "-c", "exec /usr/sbin/axfr-get zone out tmp 6<in 7>/dev/null"));
    assertEquals("", outcome.stderr());

    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    LineWriter writer = new LineWriter(ours);
    writer.remark(SERIAL + " auto axfr-get");
    for (ResourceRecord record : records) {
      writer.write(record);
    }
    assertEquals(
        Files.readString(directory.resolve("out"), StandardCharsets.ISO_8859_1),
        withSmallNames(ours.toString(StandardCharsets.ISO_8859_1)));
  }

  /** 1.05 and ours make the same database of the lines of axfr-get and of those for editors. */
  @Test
  void shouldSayTheSameToEditors(@TempDir Path directory) throws Exception {
    Original.assumeInstalled("tinydns-data");
    SplittableRandom random = new SplittableRandom(SEED);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ByteArrayOutputStream forEditors = new ByteArrayOutputStream();
    for (int i = 0; i < RECORDS; i++) {
      Name owner = Name.parse((random.nextBoolean() ? "*." : "") + "x" + random.nextInt(100));
      Rdata rdata =
          switch (random.nextInt(3)) {
            case 0 -> new Txt(cut(bytes(random, 1 + random.nextInt(600))));
            case 1 -> new Mx(random.nextInt(65536), Name.parse("*.mail"));
            default -> new Unknown(RecordType.A, bytes(random, 4));
          };
      ResourceRecord record = new ResourceRecord(owner, i, rdata);
      new LineWriter(plain).write(record);
      LineWriter.forEditors(forEditors).write(record);
    }
    String lines = forEditors.toString(StandardCharsets.ISO_8859_1);
    assertTrue(lines.contains("\n'*.x") && lines.contains("\n@*.x"), lines);
    assertFalse(lines.contains("\n:"), lines);

    DataDirectory data = new DataDirectory(directory);
    List<DataDirectory.Result> results = new ArrayList<>();
    for (ByteArrayOutputStream form : List.of(plain, forEditors)) {
      data.write(form.toByteArray(), SERIAL);
      results.add(data.compileByOriginal());
      data.write(form.toByteArray(), SERIAL);
      results.add(data.compile(ProblemSink.NONE));
    }
    assertEquals(0, results.getFirst().exitCode());
    assertEquals(Collections.nCopies(4, results.getFirst()), results);
  }

  /** Strings of 127 bytes, and what is left. */
  private static List<Bytes> cut(Bytes text) {
    List<Bytes> strings = new ArrayList<>();
    for (int start = 0; start < text.length(); start += 127) {
      int end = Math.min(text.length(), start + 127);
      strings.add(Bytes.of(Arrays.copyOfRange(text.toArray(), start, end)));
    }
    return strings;
  }

  /** Octets of records by number keep their letters there as well. */
  private static String withSmallNames(String lines) {
    StringBuilder out = new StringBuilder();
    for (String line : lines.lines().toList()) {
      int namesEnd = line.startsWith(":") ? line.indexOf(':', 1) : line.length();
      out.append(line.charAt(0))
          .append(line.substring(1, namesEnd).toLowerCase(Locale.ROOT))
          .append(line.substring(namesEnd))
          .append('\n');
    }
    return out.toString();
  }

  private static List<ResourceRecord> records() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    Name zone = Name.parse("zone");
    List<ResourceRecord> records = new ArrayList<>();
    Soa soa = new Soa(name(random, zone), name(random, zone), SERIAL, 0xffffffffL, 0, 1, 2);
    records.add(new ResourceRecord(zone, 86400, soa));
    while (records.size() < RECORDS) {
      records.add(
          new ResourceRecord(
              name(random, zone), random.nextInt(Integer.MAX_VALUE), rdata(random, zone)));
    }
    return records;
  }

  private static Rdata rdata(SplittableRandom random, Name zone) {
    Name name = name(random, zone);
    return switch (random.nextInt(6)) {
      case 0 -> new Ns(name);
      case 1 -> new Ptr(name);
      case 2 -> new Mx(random.nextInt(65536), name);
      case 3 -> new Unknown(RecordType.A, bytes(random, random.nextInt(8) == 0 ? 3 : 4));
      case 4 -> new Unknown(RecordType.TXT, bytes(random, random.nextInt(300)));
      default -> new Unknown(new RecordType(65280), bytes(random, 20));
    };
  }

  private static Bytes bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  /** A name in the zone whose labels have any bytes; never a wildcard, which it refuses for NS. */
  private static Name name(SplittableRandom random, Name zone) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int labels = random.nextInt(3); labels > 0; labels--) {
      byte[] label = bytes(random, 2 + random.nextInt(20)).toArray();
      wire.write(label.length);
      wire.writeBytes(label);
    }
    wire.writeBytes(zone.toWire());
    return Name.ofWire(wire.toByteArray(), 0);
  }

  /** The answer to the question for SOA, and a zone transfer with a message for each record. */
  private static byte[] transfer(List<ResourceRecord> records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    message(out, records.getFirst());
    for (ResourceRecord record : records) {
      message(out, record);
    }
    message(out, records.getFirst());
    return bytes.toByteArray();
  }

  private static void message(DataOutputStream out, ResourceRecord record) throws IOException {
    byte[] owner = record.owner().toWire();
    byte[] data = record.rdata().toWire().toArray();
    out.writeShort(12 + owner.length + 10 + data.length);
    out.writeLong(0x0000_8400_0000_0001L);
    out.writeInt(0);
    out.write(owner);
    out.writeShort(record.type().code());
    out.writeShort(1);
    out.writeInt((int) record.ttlSeconds());
    out.writeShort(data.length);
    out.write(data);
  }
}
