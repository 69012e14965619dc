package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertFalse;

import djbdns.content.QueryLog;
import djbdns.master.MasterException;
import djbdns.master.MasterReader;
import djbdns.master.MasterSink;
import djbdns.master.Position;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.server.Responder;
import djbdns.tinydns.axfr.TransferRights;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.zone.LineWriter;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.tsig.TsigKeys;
import djbdns.wire.AddressText;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A master file through tinydns-import, tinydns-data and tinydns-export or axfrdns. */
final class ZoneCircle {
  private static final long SEED = 1;
  private static final long NOW_TAI64 = 1L << 62;

  private final Path directory;

  /** Works in a directory of its own. */
  ZoneCircle(Path directory) {
    this.directory = directory;
  }

  /** The data file of a zone. */
  byte[] importZone(String zone, Path file) throws MalformedTextException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ZoneImport(new Program("tinydns-import"), Name.parse(zone), file.toString(), SEED)
        .print(out);
    return out.toByteArray();
  }

  /** The data file of the records of a master file, right or wrong; empty if it cannot be read. */
  Optional<byte[]> convert(String zone, Path file) throws IOException, MalformedTextException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    LineWriter lines = LineWriter.forEditors(data);
    MasterSink sink =
        new MasterSink() {
          @Override
          public void record(Position position, ResourceRecord record) throws IOException {
            lines.write(record);
          }

          @Override
          public void warn(Position position, String what) {}

          @Override
          public void error(MasterException error) {
            // The reader counts them.
          }
        };
    try (InputStream in = Files.newInputStream(file)) {
      MasterReader reader = new MasterReader(new DiskFiles(List.of()), Name.parse(zone), sink);
      reader.read(in, file.toString());
      return reader.hasErrors() ? Optional.empty() : Optional.of(data.toByteArray());
    }
  }

  /** True if the data file passes {@code --strict}; it is compiled then. */
  boolean isStrict() {
    Program program = new Program("tinydns-data");
    try {
      new DataBuild(
              program,
              DataCompilation.problemSink(program, true),
              directory,
              InstantSource.system())
          .runWithZones();
      return true;
    } catch (Fatal _) {
      return false;
    }
  }

  /** Compiles a data file, of which no line may cause a warning. */
  void compile(byte[] data) throws IOException {
    Files.write(directory.resolve("data"), data);
    ProblemSink none =
        problem -> {
          throw new AssertionError(problem.toString());
        };
    new DataBuild(new Program("tinydns-data"), none, directory, InstantSource.system()).run();
  }

  void exportZone(String zone, OutputStream out) throws MalformedTextException {
    new ZoneExport(
            new Program("tinydns-export"),
            directory.resolve("data.cdb"),
            AddressText.parse("0.0.0.0").orElseThrow(),
            NOW_TAI64,
            SEED)
        .printZone(Name.parse(zone), out);
  }

  /** What axfrdns sends of a zone that has been compiled. */
  List<ResourceRecord> transferZone(String zone)
      throws IOException, MalformedTextException, MalformedPacketException {
    TransferRights rights = TransferRights.of(Map.of("AXFR", zone), false);
    PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
    Question question = new Question(Name.parse(zone), RecordType.AXFR);
    new Message(1, 0, question, Optional.empty()).write(query);
    List<ResourceRecord> records = new ArrayList<>();
    try (ZoneData data = ZoneData.load(directory.resolve("data.cdb"), SEED)) {
      QueryLog log = new QueryLog(new LogLines().logger(), false);
      Responder responder =
          TransferBench.standard(data, rights, TsigKeys.NONE, log, InstantSource.system());
      TransferBench.Reply reply =
          new TransferBench("192.0.2.1")
              .ask(responder, Arrays.copyOf(query.buffer(), query.length()));
      assertFalse(reply.failed());
      for (byte[] message : reply.messages()) {
        records.addAll(Message.read(message, message.length).answers());
      }
    }
    return records;
  }

  /** The master file that comes back. */
  Path go(String zone, Path file) throws IOException, MalformedTextException {
    compile(importZone(zone, file));
    Path exported = directory.resolve("exported");
    try (OutputStream out = Files.newOutputStream(exported)) {
      exportZone(zone, out);
    }
    return exported;
  }
}
