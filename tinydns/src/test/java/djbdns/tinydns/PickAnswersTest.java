package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.runtime.Program;
import djbdns.server.Client;
import djbdns.server.ClientAt;
import djbdns.tinydns.pick.PickData;
import djbdns.tinydns.pick.StandardPickLookup;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What pickdns says where it does not imitate 1.05, and what pickdns-data says of strange lines.
 */
class PickAnswersTest {
  private static final Client ANYONE = ClientAt.udp("198.51.100.1", 99);
  private static final Client INSIDE = ClientAt.udp("192.0.2.7", 99);

  @TempDir private Path directory;

  private final List<PickData> open = new ArrayList<>();
  private final PickAnswers answers =
      new PickAnswers(new StandardPickLookup(new SplittableRandom(1)));
  private final ContentResponder responder =
      new ContentResponder(answers, new QueryLog(new LogLines().logger(), false));

  @BeforeEach
  void compile() throws IOException {
    StringBuilder lines = new StringBuilder("%in:192.0.2\n+www.deep.test:10.0.0.1:in\n");
    for (int i = 1; i <= 200; i++) {
      lines.append("+many.test:10.1.0.").append(i).append('\n');
    }
    lines.append("+two.test:10.2.0.1\n+two.test:10.2.0.2\n+only.in.test:10.3.0.1:in\n");
    lines.append("+www.deep.test:10.0.0.9\n");
    Files.writeString(directory.resolve("data"), lines.toString());
    PickdnsData.build(new Program("pickdns-data"), ProblemSink.NONE, directory);
    PickData data = PickData.load(directory.resolve("data.cdb"), 42);
    open.add(data);
    answers.use(data);
  }

  @AfterEach
  void close() {
    open.forEach(PickData::close);
  }

  private Message ask(Client client, String name, String type) {
    try {
      PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
      Question question = new Question(Name.parse(name), RecordType.parse(type).orElseThrow());
      new Message(7, 0, question, Optional.empty()).write(query);
      assertTrue(responder.respond(query.buffer(), query.length(), client));
      PacketWriter response = responder.response();
      return Message.read(response.buffer(), response.length());
    } catch (MalformedPacketException | MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldGiveThreeDifferentAddressesOfAll() {
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      List<String> records = TestZone.records(ask(ANYONE, "many.test", "A"), Section.ANSWER);
      assertEquals(3, records.stream().distinct().count());
      records.forEach(record -> seen.merge(record, 1, Integer::sum));
    }
    assertEquals(200, seen.size());
    // 30 each on average, with a standard deviation below 6.
    assertTrue(seen.values().stream().allMatch(n -> n > 5 && n < 60), seen.toString());
  }

  @Test
  void shouldAllocateNothing() throws Exception {
    String any = "00ff0001";
    HexFormat hex = HexFormat.of();
    ResponseFormTest.assertAllocatesNothing(
        responder,
        INSIDE,
        hex.formatHex(Name.parse("many.test").toWire()) + any,
        hex.formatHex(Name.parse("www.deep.test").toWire()) + any,
        hex.formatHex(Name.parse("deep.test").toWire()) + any,
        hex.formatHex(Name.parse("other.test").toWire()) + any);
  }

  @Test
  void shouldGiveAllWhereThereAreFew() {
    List<String> records = TestZone.records(ask(ANYONE, "TWO.test", "ANY"), Section.ANSWER);
    assertEquals(
        List.of("TWO.test. 5 A 10.2.0.1", "TWO.test. 5 A 10.2.0.2"),
        records.stream().sorted().toList());
  }

  @Test
  void shouldPreferTheClientsLocation() {
    assertEquals(
        List.of("www.deep.test. 5 A 10.0.0.1"),
        TestZone.records(ask(INSIDE, "www.deep.test", "A"), Section.ANSWER));
    assertEquals(
        List.of("www.deep.test. 5 A 10.0.0.9"),
        TestZone.records(ask(ANYONE, "www.deep.test", "A"), Section.ANSWER));
    assertEquals(2, ask(INSIDE, "two.test", "A").answers().size());
    assertEquals("NOERROR", ask(INSIDE, "only.in.test", "A").rcode().toString());
    assertEquals("REFUSED", ask(ANYONE, "only.in.test", "A").rcode().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "two.test, MX, NOERROR",
    "two.test, AAAA, NOERROR",
    "deep.test, A, NOERROR",
    "test, NS, NOERROR",
    "., NS, REFUSED",
    "x.two.test, A, REFUSED",
    "other, A, REFUSED"
  })
  void shouldSayWhichNamesExist(String name, String type, String rcode) {
    Message message = ask(ANYONE, name, type);
    assertEquals(rcode, message.rcode().toString());
    assertEquals(rcode.equals("NOERROR"), (message.flags() & Header.AA) != 0);
    assertTrue(message.answers().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "+a:1.2.3.4, ''",
    "%aa:10.1, ''",
    "+a:300.2.3.4, 'data line 1: bad IP address, taken as 44.2.3.4'",
    "+a:1.2.3.4:abc, 'data line 1: only the first two bytes of the location are used'",
    "%aa:x, 'data line 1: bad prefix, taken as 0 octets;"
        + "data line 1: a prefix must have one to four octets: never found'",
    "%aa:1.2.3.4.5, 'data line 1: a prefix must have one to four octets: never found'"
  })
  void shouldReportLinesThatDoNotSayWhatTheyMean(String line, String expected) throws IOException {
    List<String> problems = new ArrayList<>();
    Files.writeString(directory.resolve("data"), line + "\n");
    PickdnsData.build(new Program("pickdns-data"), p -> problems.add(p.toString()), directory);
    assertEquals(expected, String.join(";", problems));
  }
}
