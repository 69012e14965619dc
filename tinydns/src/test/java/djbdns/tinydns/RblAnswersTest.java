package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.CompatResponder;
import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.server.ClientAt;
import djbdns.server.Responder;
import djbdns.tinydns.rbl.CompatRblLookup;
import djbdns.tinydns.rbl.RblData;
import djbdns.tinydns.rbl.StandardRblLookup;
import djbdns.tinydns.zone.Problem;
import djbdns.tinydns.zone.ProblemSink;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rbldns says where it does not imitate 1.05, and what rbldns-data says of strange lines. */
class RblAnswersTest {
  private static final String[] LINES = {
    "10.0.0.0/8", "192.0.2.1", "192.0.2.128/25", "2001:db8::/32", "0::5", ":127.0.0.9:Listed: $"
  };

  @TempDir private Path directory;

  private final List<RblData> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(RblData::close);
  }

  private RblData compile(String... lines) throws IOException {
    Files.writeString(directory.resolve("data"), String.join("\n", lines) + "\n");
    RbldnsData.build(new Program("rbldns-data"), ProblemSink.NONE, directory);
    RblData data = RblData.load(directory.resolve("data.cdb"));
    open.add(data);
    return data;
  }

  private Message ask(RblData data, String name, RecordType type) {
    try {
      RblAnswers answers = new RblAnswers(new StandardRblLookup(Name.parse("list.test")));
      answers.use(data);
      ContentResponder responder =
          new ContentResponder(answers, new QueryLog(new LogLines().logger(), false));
      PacketWriter query = new PacketWriter(Limits.UDP_BYTES);
      new Message(7, 0, new Question(Name.parse(name), type), Optional.empty()).write(query);
      assertTrue(responder.respond(query.buffer(), query.length(), ClientAt.udp("192.0.2.99", 99)));
      PacketWriter response = responder.response();
      return Message.read(response.buffer(), response.length());
    } catch (MalformedPacketException | MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private static String nibbles(String address) {
    Bytes bytes = AddressText.parse(address).orElseThrow();
    StringBuilder name = new StringBuilder();
    for (int i = 15; i >= 0; i--) {
      name.append(Integer.toHexString(bytes.at(i) & 15)).append('.');
      name.append(Integer.toHexString(bytes.at(i) >> 4)).append('.');
    }
    return name + "list.test";
  }

  @Test
  void shouldGiveAddressAndTextOfAListedAddress() throws IOException {
    Message message = ask(compile(LINES), "4.3.2.10.LIST.test", RecordType.ANY);
    assertEquals(
        List.of(
            "4.3.2.10.LIST.test. 2048 A 127.0.0.9",
            "4.3.2.10.LIST.test. 2048 TXT \"Listed: 10.2.3.4\""),
        TestZone.records(message, Section.ANSWER));
    assertTrue((message.flags() & Header.AA) != 0);
    assertTrue(message.section(Section.AUTHORITY).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 2001:db8::1",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "::5, ::5"
  })
  void shouldListIpv6Addresses(String address, String text) throws IOException {
    Message message = ask(compile(LINES), nibbles(address), RecordType.TXT);
    assertTrue(
        message.answers().getFirst().toString().endsWith("TXT \"Listed: " + text + "\""),
        message.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db9::1", "::6", "::", "a00::"})
  void shouldDenyIpv6AddressesThatAreNotListed(String address) throws IOException {
    Message message = ask(compile(LINES), nibbles(address), RecordType.A);
    assertEquals(Rcode.NXDOMAIN, message.rcode());
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.2.10.list.test, MX, NOERROR",
    "4.3.2.10.list.test, AAAA, NOERROR",
    "1.2.0.192.list.test, A, NOERROR",
    "2.2.0.192.list.test, A, NXDOMAIN",
    "2.2.0.192.list.test, MX, NXDOMAIN",
    "200.2.0.192.list.test, A, NOERROR",
    "list.test, A, NOERROR",
    "list.test, SOA, NOERROR",
    "192.list.test, NS, NOERROR",
    "0.192.list.test, A, NOERROR",
    "2.0.192.list.test, A, NOERROR",
    "1.0.0.2.list.test, A, NOERROR",
    "8.b.d.0.1.0.0.2.list.test, A, NOERROR",
    "f.list.test, A, NOERROR",
    "g.list.test, A, NXDOMAIN",
    "www.list.test, A, NXDOMAIN",
    "x.4.3.2.10.list.test, A, NXDOMAIN",
    "04.3.2.10.list.test, A, NXDOMAIN",
    "256.3.2.10.list.test, A, NXDOMAIN",
    "4.3.2.10.other.test, A, REFUSED",
    "test, A, REFUSED",
    "., NS, REFUSED",
    "4.3.2.10.xlist.test, A, REFUSED"
  })
  void shouldSayWhichNamesExist(String name, String type, String rcode) throws IOException {
    Message message = ask(compile(LINES), name, RecordType.parse(type).orElseThrow());
    assertEquals(rcode, message.rcode().toString());
    assertEquals(!rcode.equals("REFUSED"), (message.flags() & Header.AA) != 0);
  }

  @Test
  void shouldKnowNoNibblesWithoutIpv6Lines() throws IOException {
    RblData data = compile("10.0.0.0/8");
    assertEquals(Rcode.NXDOMAIN, ask(data, "1.0.0.2.list.test", RecordType.A).rcode());
    assertEquals(Rcode.NXDOMAIN, ask(data, "f.list.test", RecordType.A).rcode());
    assertEquals(Rcode.NOERROR, ask(data, "2.list.test", RecordType.A).rcode());
  }

  @Test
  void shouldHaveAnAnswerOfItsOwn() throws IOException {
    Message message = ask(compile("2001:db8::1/128"), nibbles("2001:db8::1"), RecordType.ANY);
    assertTrue(message.answers().get(0).toString().endsWith(" A 127.0.0.2"));
    assertTrue(message.answers().get(1).toString().endsWith(" TXT \"Listed 2001:db8::1\""));
  }

  @Test
  void shouldFitTheLongestNameAndText() throws IOException {
    RblData data = compile("2001:db8::/32", ":127.0.0.2:" + "x".repeat(95) + "$");
    Message message = ask(data, nibbles("2001:db8:1111:1111:1111:1111:1111:1111"), RecordType.ANY);
    assertEquals(2, message.answers().size());
    assertFalse((message.flags() & Header.TC) != 0);
  }

  @Test
  void shouldAllocateNothing() throws Exception {
    RblData data = compile(LINES);
    Name base = Name.parse("list.test");
    QueryLog quiet = new QueryLog(new LogLines().logger(), false);
    RblAnswers standard = new RblAnswers(new StandardRblLookup(base));
    RblAnswers compat = new RblAnswers(new CompatRblLookup(base));
    standard.use(data);
    compat.use(data);
    for (Responder responder :
        List.of(new ContentResponder(standard, quiet), new CompatResponder(compat, quiet))) {
      ResponseFormTest.assertAllocatesNothing(
          responder,
          ClientAt.udp("192.0.2.99", 99),
          question("4.3.2.10.list.test"),
          question("4.3.2.11.list.test"),
          question(nibbles("2001:db8::1")),
          question("www.list.test"));
    }
  }

  /** Of type ANY, in hexadecimal. */
  private static String question(String name) throws MalformedTextException {
    return HexFormat.of().formatHex(Name.parse(name).toWire()) + "00ff0001";
  }

  /** A listed block contains an address exactly if a mask of the whole number says so. */
  @Test
  void shouldFindExactlyTheListedAddresses() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      List<String> lines = new ArrayList<>();
      List<long[]> blocks = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int bits = 8 + random.nextInt(25);
        long address = (0xc0000000L | random.nextInt(1 << 12)) >> (32 - bits) << (32 - bits);
        lines.add(text(address) + "/" + bits);
        blocks.add(new long[] {address, bits});
      }
      RblData data = compile(lines.toArray(String[]::new));
      for (int i = 0; i < 200; i++) {
        long address =
            (0xc0000000L | random.nextInt(1 << 12))
                ^ (random.nextInt(8) == 0 ? 1L << random.nextInt(32) : 0);
        boolean listed =
            blocks.stream().anyMatch(b -> address >> (32 - b[1]) == b[0] >> (32 - b[1]));
        String[] octets = text(address).split("\\.", -1);
        String name =
            octets[3] + "." + octets[2] + "." + octets[1] + "." + octets[0] + ".list.test";
        assertEquals(
            listed, ask(data, name, RecordType.A).rcode().equals(Rcode.NOERROR), name + lines);
      }
    }
  }

  private static String text(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.2.3.4", "1.2.3", "10/8", "1.2.3.0/24", "2001:db8::/32", "abcd::1", "#", " "})
  void shouldTakeGoodLinesSilently(String line) throws IOException {
    List<Problem> problems = new ArrayList<>();
    Files.writeString(directory.resolve("data"), line + "\n");
    RbldnsData.build(new Program("rbldns-data"), problems::add, directory);
    assertEquals(List.of(), problems);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4/24, never found: the block is 1.2.3.0/24",
    "1.2.3.4/0, blocks shorter than /8 are never found",
    "300.2.3.4, 'bad IP address, taken as 44.2.3.4/32'",
    "1.2.3.4 x, 'bad IP address, taken as 1.2.3.4/32'",
    "1.2.3.4/33, 'bad IP address, taken as 1.2.3.4/32'",
    "0::ffff:1.2.3.4, IPv4 addresses are looked up in their own form",
    ":127.0.0.300:x, a number of the address is above 255"
  })
  void shouldReportLinesThatDoNotSayWhatTheyMean(String line, String problem) throws IOException {
    List<String> problems = new ArrayList<>();
    Files.writeString(directory.resolve("data"), line + "\n");
    RbldnsData.build(new Program("rbldns-data"), p -> problems.add(p.toString()), directory);
    assertEquals(List.of("data line 1: " + problem), problems);
  }

  @Test
  void shouldSayWhatNoLineStartsWith() throws IOException {
    Files.writeString(directory.resolve("data"), "x\n");
    List<String> problems = new ArrayList<>();
    assertThrows(
        Fatal.class,
        () ->
            RbldnsData.build(
                new Program("rbldns-data"), p -> problems.add(p.toString()), directory));
    assertEquals(List.of("data line 1: neither an address nor a block of addresses"), problems);
  }

  @ParameterizedTest
  @CsvSource({
    "abcd, unrecognized leading character",
    "abcd::1/129, unrecognized leading character",
    "[2001:db8::1], unrecognized leading character",
    "::1, malformed IP address",
    ":127.0.0.2, missing colon"
  })
  void shouldRefuseEverythingElse(String line, String why) throws IOException {
    Files.writeString(directory.resolve("data"), "1.2.3.4\n" + line + "\n");
    Fatal fatal =
        assertThrows(
            Fatal.class,
            () -> RbldnsData.build(new Program("rbldns-data"), ProblemSink.NONE, directory));
    assertEquals("rbldns-data: fatal: unable to parse data line 2: " + why, fatal.getMessage());
  }
}
