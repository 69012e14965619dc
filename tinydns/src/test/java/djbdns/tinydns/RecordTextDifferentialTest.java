package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.RdataRules;
import djbdns.wire.rdata.Unknown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Record data in text become BIND's bytes, or are refused as BIND refuses them. */
class RecordTextDifferentialTest {
  private static final long SEED = Long.getLong("djbdns.seed", 20261130);
  private static final int ROUNDS = Integer.getInteger("djbdns.rounds", 6);
  private static final String ZONE = "example.org";
  private static final String HEAD = "$TTL 1\n@ SOA a b 1 2 3 4 5\n@ NS ns.example.\n";

  @TempDir private Path directory;

  private final List<String> ours = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private final List<Bytes> theirs = new ArrayList<>();

  private int taken;
  private int refused;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final RecordTextGenerator generator = new RecordTextGenerator(random.split());

  @Test
  void shouldReadAndWriteRecordDataAsBindDoes() throws Exception {
    BindTools.assumeInstalled();
    int records = ROUNDS * RecordTextGenerator.forms();
    for (int i = 0; i < records; i++) {
      check(generator.next(i % RecordTextGenerator.forms()));
    }
    assertEquals("", String.join("\n", differences));
    assertTrue(theirs.size() > records / 2, theirs.size() + " texts were accepted");
    checkThatBindReadsOurs();
  }

  private void check(String text) throws Exception {
    Optional<Bytes> expected = bind(List.of(text)).map(List::getFirst);
    try {
      Rdata rdata = parse(text);
      if (expected.equals(Optional.of(rdata.toWire()))) {
        ours.add(rdata.type() + " " + rdata);
        theirs.add(rdata.toWire());
      } else {
        differences.add(text + "  BIND: " + expected + ", ours: " + rdata.toWire());
      }
    } catch (MalformedTextException e) {
      expected.ifPresent(
          data -> differences.add(text + "  BIND: " + data + ", ours: " + e.getMessage()));
    }
  }

  /** As tinydns-import does. */
  private static Rdata parse(String text) throws MalformedTextException {
    RecordType type = RecordType.parse(text.substring(0, text.indexOf(' '))).orElseThrow();
    Rdata rdata = Rdata.parse(type, text.substring(text.indexOf(' ')), Name.parse(ZONE));
    Optional<String> fault = RdataRules.fault(type, rdata.toWire());
    if (fault.isPresent()) {
      throw new MalformedTextException(fault.get());
    }
    return rdata;
  }

  @Test
  void shouldFindFaultWithDataThatBindRefuses() throws Exception {
    BindTools.assumeInstalled();
    int records = ROUNDS * RecordTextGenerator.forms();
    for (int i = 0; i < records; i++) {
      Optional<Rdata> rdata = parsed(generator.next(i % RecordTextGenerator.forms()));
      if (rdata.isPresent()) {
        checkFault(rdata.get().type(), damaged(rdata.get().toWire()));
      }
    }
    assertEquals("", String.join("\n", differences));
    assertTrue(
        Math.min(taken, refused) > records / 10, taken + " taken, " + refused + " refused by both");
  }

  private static Optional<Rdata> parsed(String text) {
    try {
      return Optional.of(parse(text));
    } catch (MalformedTextException e) {
      return Optional.empty();
    }
  }

  private Bytes damaged(Bytes data) {
    byte[] bytes = data.toArray();
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(Math.min(bytes.length, 12))] = (byte) random.nextInt(256);
    }
    int length = Math.max(0, bytes.length + random.nextInt(-1, 2));
    return Bytes.of(Arrays.copyOf(bytes, length));
  }

  private void checkFault(RecordType type, Bytes data) throws Exception {
    String text = type + " " + new Unknown(type, data);
    boolean isTaken = bind(List.of(text)).isPresent();
    Optional<String> fault = RdataRules.fault(type, data);
    if (isTaken == fault.isPresent()) {
      differences.add(text + "  BIND takes it: " + isTaken + ", ours: " + fault.orElse("takes it"));
    } else if (isTaken) {
      taken++;
    } else {
      refused++;
    }
  }

  private void checkThatBindReadsOurs() throws Exception {
    List<Bytes> read = bind(ours).orElseThrow(() -> new AssertionError("BIND refuses our texts"));
    for (int i = 0; i < ours.size(); i++) {
      assertEquals(theirs.get(i), read.get(i), ours.get(i));
    }
  }

  /** The bytes that BIND makes of each text. */
  private Optional<List<Bytes>> bind(List<String> texts) throws Exception {
    StringBuilder zone = new StringBuilder(HEAD);
    for (int i = 0; i < texts.size(); i++) {
      zone.append(String.format("r%08d %s\n", i, texts.get(i)));
    }
    Path file = directory.resolve("file");
    Files.writeString(file, zone, StandardCharsets.ISO_8859_1);
    return BindTools.recordData(file, ZONE, directory.resolve("raw"))
        .map(data -> data.subList(2, data.size()));
  }
}
