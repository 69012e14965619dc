package djbdns.tinydns;

import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.runtime.Program;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.server.Responder;
import djbdns.tinydns.lookup.StandardLookup;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A data file, compiled and served without sockets, at a fixed time. */
final class TestZone implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final ZoneData data;
  private final Responder responder;
  private Client client = ClientAt.udp("192.0.2.1", 1234);
  private Optional<Edns> edns = Optional.empty();

  TestZone(Path directory, String... lines) throws IOException {
    this(DataCompilation.problemSink(new Program("tinydns-data"), true), directory, lines);
  }

  /** A zone whose data may have problems. */
  TestZone(ProblemSink problems, Path directory, String... lines) throws IOException {
    Path file = directory.resolve("data");
    Files.writeString(file, String.join("\n", lines) + "\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    new DataBuild(new Program("tinydns-data"), problems, directory, InstantSource.system()).run();
    data = ZoneData.load(directory.resolve("data.cdb"), 42);
    StandardLookup lookup = new StandardLookup(new SplittableRandom(1));
    lookup.use(data);
    QueryLog log = new QueryLog(new LogLines().logger(), false);
    responder = new ContentResponder(new Inquiry(lookup, InstantSource.fixed(NOW)), log);
  }

  /** Who asks from now on. */
  TestZone from(Client other) {
    client = other;
    return this;
  }

  /** Questions carry EDNS0 from now on. */
  TestZone withEdns(Edns options) {
    edns = Optional.of(options);
    return this;
  }

  Responder responder() {
    return responder;
  }

  Message ask(String name, RecordType type) {
    try {
      PacketWriter query = new PacketWriter(Limits.MESSAGE_BYTES);
      new Message(7, 0, new Question(Name.parse(name), type), edns).write(query);
      return Message.read(packet(query.buffer(), query.length()), responder.response().length());
    } catch (MalformedPacketException | MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  /** The response to a packet; empty if there is none. */
  byte[] packet(byte[] query, int length) {
    return responder.respond(query, length, client)
        ? Arrays.copyOf(responder.response().buffer(), responder.response().length())
        : new byte[0];
  }

  /** A section's records as text, without class. */
  static List<String> records(Message message, Section section) {
    return message.section(section).stream()
        .map(ResourceRecord::toString)
        .map(text -> text.replace(" IN ", " "))
        .toList();
  }

  @Override
  public void close() {
    data.close();
  }
}
