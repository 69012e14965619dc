package djbdns.tinydns.zone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.OwnerRules;
import djbdns.wire.rdata.RdataRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * A record, its line and the record compiled from it are the same, but for letters of the owner.
 */
class LineWriterPropertyTest {
  @Provide
  static Arbitrary<Name> names() {
    Arbitrary<byte[]> labels =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of("*", "a", "www", "Example", "x_y").map(String::getBytes)),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(63)));
    return labels.list().ofMaxSize(5).map(LineWriterPropertyTest::nameOf);
  }

  private static Name nameOf(List<byte[]> labels) {
    ByteBuffer wire = ByteBuffer.allocate(255);
    for (byte[] label : labels) {
      if (wire.remaining() > label.length + 1) {
        wire.put((byte) label.length).put(label);
      }
    }
    return Name.ofWire(wire.array(), 0);
  }

  private static Arbitrary<byte[]> bytes(int min, int max) {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(min).ofMaxSize(max);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  /** Types of the original's and data of the right form. */
  @Provide
  static Arbitrary<Tuple2<Integer, byte[]>> records() {
    Arbitrary<byte[]> soa =
        Combinators.combine(names(), names(), bytes(20, 20))
            .as((server, contact, numbers) ->
                join(join(server.toWire(), contact.toWire()), numbers));
    Arbitrary<byte[]> mx =
        Combinators.combine(bytes(2, 2), names())
            .as((distance, server) -> join(distance, server.toWire()));
    return Arbitraries.oneOf(
        bytes(4, 4).map(data -> Tuple.of(1, data)),
        Combinators.combine(Arbitraries.of(2, 5, 12), names().map(Name::toWire)).as(Tuple::of),
        soa.map(data -> Tuple.of(6, data)),
        mx.map(data -> Tuple.of(15, data)),
        Combinators.combine(Arbitraries.of(1, 13, 16, 46, 48, 65280), bytes(0, 600)).as(Tuple::of),
        todaysRecords());
  }

  /** Types that 1.05 does not know, in the form that they should have. */
  private static Arbitrary<Tuple2<Integer, byte[]>> todaysRecords() {
    Arbitrary<byte[]> targets = names().map(Name::toWire);
    Arbitrary<byte[]> strings = bytes(0, 255).map(LineWriterPropertyTest::counted);
    Arbitrary<byte[]> tags =
        Arbitraries.of("issue", "issuewild", "iodef").map(tag -> counted(tag.getBytes(US_ASCII)));
    return Arbitraries.oneOf(
        bytes(16, 16).map(data -> Tuple.of(28, data)),
        targets.map(data -> Tuple.of(39, data)),
        texts().map(data -> Tuple.of(16, data)),
        both(bytes(6, 6), targets).map(data -> Tuple.of(33, data)),
        both(both(bytes(4, 4), strings), both(both(strings, strings), targets))
            .map(data -> Tuple.of(35, data)),
        both(both(bytes(1, 1), tags), bytes(0, 300)).map(data -> Tuple.of(257, data)),
        Combinators.combine(Arbitraries.of(43, 44, 52), bytes(4, 70)).as(Tuple::of),
        Combinators.combine(Arbitraries.of(64, 65), both(bytes(2, 2), both(targets, params())))
            .as(Tuple::of));
  }

  /** Strings of all lengths, those at which 1.05 cuts a text among them. */
  private static Arbitrary<byte[]> texts() {
    Arbitrary<byte[]> strings =
        Arbitraries.oneOf(
            bytes(127, 127),
            bytes(0, 130),
            Arbitraries.of("a:b", "\\", "\"; ").map(String::getBytes));
    return strings
        .map(LineWriterPropertyTest::counted)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> parts.stream().reduce(new byte[0], LineWriterPropertyTest::join));
  }

  private static byte[] counted(byte[] string) {
    return join(new byte[] {(byte) string.length}, string);
  }

  private static Arbitrary<byte[]> both(Arbitrary<byte[]> first, Arbitrary<byte[]> second) {
    return Combinators.combine(first, second).as(LineWriterPropertyTest::join);
  }

  /** Service parameters: protocols, a port, and a key without a form of its own. */
  private static Arbitrary<byte[]> params() {
    Arbitrary<byte[]> protocols = bytes(1, 20).map(id -> param(1, counted(id)));
    Arbitrary<byte[]> ports = bytes(2, 2).map(port -> param(3, port));
    Arbitrary<byte[]> others = bytes(0, 40).map(value -> param(667, value));
    return both(both(optional(protocols), optional(ports)), optional(others));
  }

  private static byte[] param(int key, byte[] value) {
    byte[] head =
        ByteBuffer.allocate(4).putShort((short) key).putShort((short) value.length).array();
    return join(head, value);
  }

  private static Arbitrary<byte[]> optional(Arbitrary<byte[]> bytes) {
    return Arbitraries.oneOf(Arbitraries.just(new byte[0]), bytes);
  }

  @Property
  void shouldComeBackFromItsLine(
      @ForAll("names") Name owner,
      @ForAll("records") Tuple2<Integer, byte[]> record,
      @ForAll int ttl)
      throws Exception {
    long ttlSeconds = ttl & 0xffffffffL;
    int type = record.get1();
    byte[] data = record.get2();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LineWriter(out).write(owner, type, ttlSeconds, data, 0, data.length);
    ByteArrayOutputStream forEditors = new ByteArrayOutputStream();
    LineWriter.forEditors(forEditors).write(owner, type, ttlSeconds, data, 0, data.length);
    Bytes rdata = Bytes.of(data);
    Optional<String> fault =
        RdataRules.fault(new RecordType(type), rdata)
            .or(() -> OwnerRules.fault(owner, new RecordType(type)));
    assertEquals(entry(owner, type, ttlSeconds, data), compiled(out.toByteArray(), fault));
    assertEquals(entry(owner, type, ttlSeconds, data), compiled(forEditors.toByteArray(), fault));
  }

  /** Key and data of the database, in hexadecimal. */
  private static String entry(Name owner, int type, long ttlSeconds, byte[] data) {
    byte[] wire = owner.lowerCase().toWire();
    boolean wildcard = wire[0] == 1 && wire[1] == '*';
    HexFormat hex = HexFormat.of();
    return hex.formatHex(wire, wildcard ? 2 : 0, wire.length)
        + " "
        + hex.toHexDigits((short) type)
        + (wildcard ? "2a" : "3d")
        + hex.toHexDigits((int) ttlSeconds)
        + "00".repeat(8)
        + hex.formatHex(data);
  }

  /** What the line makes; the only problem with it may be the fault of the record itself. */
  private static String compiled(byte[] line, Optional<String> fault)
      throws DataException, IOException {
    List<String> entries = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    HexFormat hex = HexFormat.of();
    ZoneCompiler compiler =
        new ZoneCompiler(
            (key, keyLength, data, dataLength) ->
                entries.add(
                    hex.formatHex(key, 0, keyLength) + " " + hex.formatHex(data, 0, dataLength)),
            1);
    compiler.compile(new LineParser(problems::add).parse(line, 0, line.length, 1));
    assertEquals(
        fault.stream().toList(), problems.stream().map(problem -> what(problem.text())).toList());
    assertEquals(1, entries.size());
    return entries.getFirst();
  }

  /** Without the record that it is about, and a hint. */
  private static String what(String problem) {
    return problem.replaceFirst("; :fqdn:.*", "").replaceFirst(".*: ", "");
  }
}
