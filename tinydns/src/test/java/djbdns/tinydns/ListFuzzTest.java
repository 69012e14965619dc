package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.tinydns.pick.CompatPickLookup;
import djbdns.tinydns.pick.PickData;
import djbdns.tinydns.pick.StandardPickLookup;
import djbdns.tinydns.rbl.CompatRblLookup;
import djbdns.tinydns.rbl.RblData;
import djbdns.tinydns.rbl.StandardRblLookup;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.Limits;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Whatever the data hold, they are refused or can be loaded, and no question does any harm. */
final class ListFuzzTest {
  private static final Client CLIENT = ClientAt.udp("127.1.2.3", 53);
  private static final List<String> NAMES =
      List.of("2.0.0.127.list", "list", "127.list", ".", "a.list", "1.2.3.4.5.list");

  private final Path directory;

  ListFuzzTest() {
    try {
      directory = Files.createTempDirectory("list-fuzz");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest
  void shouldServeWhateverItCompiles(byte[] data) throws IOException, MalformedTextException {
    Files.write(directory.resolve("data"), data);
    Path database = directory.resolve("data.cdb");
    try {
      RbldnsData.build(new Program("rbldns-data"), ProblemSink.NONE, directory);
      try (RblData list = RblData.load(database)) {
        ask(list);
      }
    } catch (Fatal e) {
      assertFalse(e.getMessage().isEmpty());
    }
    try {
      PickdnsData.build(new Program("pickdns-data"), ProblemSink.NONE, directory);
      try (PickData pick = PickData.load(database, 1)) {
        ask(pick);
      }
    } catch (Fatal e) {
      assertFalse(e.getMessage().isEmpty());
    }
  }

  /** Loads a database of any bytes, or refuses it. */
  @FuzzTest
  void shouldServeOrRefuseAnyDatabase(byte[] bytes) throws IOException, MalformedTextException {
    Path database = directory.resolve("any.cdb");
    Files.write(database, bytes);
    try (RblData list = RblData.load(database);
        PickData pick = PickData.load(database, 1)) {
      ask(list);
      ask(pick);
    } catch (IOException e) {
      assertFalse(e.getMessage().isEmpty());
    }
  }

  private static void ask(RblData list) throws MalformedTextException {
    Name base = Name.parse("list");
    for (var lookup : List.of(new StandardRblLookup(base), new CompatRblLookup(base))) {
      lookup.use(list);
      for (String text : NAMES) {
        Name name = Name.parse(text);
        lookup.answer(name.toWire(), name.length(), 255, packet(name));
      }
    }
  }

  private static void ask(PickData pick) throws MalformedTextException {
    SplittableRandom random = new SplittableRandom(1);
    for (var lookup : List.of(new StandardPickLookup(random), new CompatPickLookup(random))) {
      lookup.use(pick);
      for (String text : NAMES) {
        Name name = Name.parse(text);
        lookup.answer(
            name.toWire(),
            name.length(),
            255,
            CLIENT.address(),
            CLIENT.addressLength(),
            packet(name));
      }
    }
  }

  private static PacketWriter packet(Name name) {
    PacketWriter packet = new PacketWriter(Limits.UDP_BYTES);
    packet.begin(0, 0, Limits.UDP_BYTES);
    packet.question(name.toWire(), 0, 255, 1);
    return packet;
  }
}
