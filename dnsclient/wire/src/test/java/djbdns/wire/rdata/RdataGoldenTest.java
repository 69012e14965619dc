package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.PacketReader;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts and bytes that the RFCs themselves give. */
class RdataGoldenTest {
  /** An example; {@code output} is how we write the text. */
  record Example(RecordType type, String input, String output, Bytes wire) {}

  static Stream<Example> examples() {
    List<Example> examples = new ArrayList<>();
    StringBuilder input = new StringBuilder();
    String output = "";
    for (String line : lines("rdata.golden")) {
      if (line.startsWith("> ")) {
        output = line.substring(2);
      } else if (line.startsWith("= ")) {
        Bytes wire = Bytes.ofHex(line.substring(2).replace(" ", ""));
        examples.add(example(input.toString(), output, wire));
        input.setLength(0);
        output = "";
      } else {
        input.append(input.isEmpty() ? "" : "\n").append(line);
      }
    }
    return examples.stream();
  }

  private static Example example(String input, String output, Bytes wire) {
    int blank = input.indexOf(' ');
    RecordType type = RecordType.parse(input.substring(0, blank)).orElseThrow();
    String text = input.substring(blank + 1);
    return new Example(type, text, output.isEmpty() ? text : output, wire);
  }

  static Stream<String> malformed() {
    return lines("rdata.bad").stream();
  }

  /** The lines of a resource without comments and empty ones. */
  private static List<String> lines(String resource) {
    try (InputStream in = RdataGoldenTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith(";"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Name origin() throws MalformedTextException {
    return Name.parse("example.com");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldParseTextToTheRfcsBytes(Example example) throws Exception {
    assertEquals(example.wire, Rdata.parse(example.type, example.input, origin()).toWire());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldWriteTheRfcsBytesAsText(Example example) throws Exception {
    PacketReader reader = example.wire.toReader();
    Rdata rdata = Rdata.read(example.type, reader, example.wire.length());
    assertEquals(example.output, rdata.toString());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldRefuseEveryShorterDataOrLeaveNothing(Example example) {
    for (int length = 0; length < example.wire.length(); length++) {
      PacketReader reader = example.wire.toReader();
      try {
        assertEquals(length, Rdata.read(example.type, reader, length).toWire().length());
      } catch (MalformedPacketException expected) {
        assertEquals("protocol error", expected.getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void shouldRefuseMalformedText(String line) {
    int blank = (line + " ").indexOf(' ');
    RecordType type = RecordType.parse(line.substring(0, blank)).orElseThrow();
    assertThrows(
        MalformedTextException.class, () -> Rdata.parse(type, line.substring(blank), origin()));
  }
}
