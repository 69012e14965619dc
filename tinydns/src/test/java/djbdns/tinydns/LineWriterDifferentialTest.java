package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.tinydns.zone.LineWriter;
import djbdns.wire.Bytes;
import djbdns.wire.Mx;
import djbdns.wire.Name;
import djbdns.wire.Ns;
import djbdns.wire.Ptr;
import djbdns.wire.Rdata;
import djbdns.wire.RecordType;
import djbdns.wire.ResourceRecord;
import djbdns.wire.Soa;
import djbdns.wire.Unknown;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same lines as axfr-get 1.05 makes of a transfer, for the types that it knows. */
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
        ours.toString(StandardCharsets.ISO_8859_1));
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
