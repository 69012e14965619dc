package djbdns.tinydns.axfrget;

import static djbdns.tinydns.axfrget.ScriptedPrimary.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.transfer.Messages;
import djbdns.transfer.ZoneQuery;
import djbdns.tsig.TsigClient;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import djbdns.wire.message.ResourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers from a primary in memory, good and hostile. */
final class TransferTest {
  private static final long LIMIT_BYTES = 20_000;
  private static final String OLD = "#6 auto axfr-get\n+old.example:192.0.2.9:1\n";
  private static final String NEW =
      """
      #7 auto axfr-get
      Zexample:ns.example.:host.example.:7:2:3:4:5:300
      &example::ns.example.:300
      +ns.example:192.0.2.1:300
      +ns.example:2001_db8__1:300
      """;
  private static final ResourceRecord SOA =
      record("example. 300 SOA ns.example. host.example. 7 2 3 4 5");
  private static final List<List<ResourceRecord>> ZONE =
      List.of(
          List.of(SOA, record("example. 300 NS ns.example.")),
          List.of(record("ns.example. 300 A 192.0.2.1")),
          List.of(record("ns.example. 300 AAAA 2001:db8::1"), SOA));

  @TempDir Path directory;

  private Path file;
  private Path temporary;
  private TsigKey key;

  @BeforeEach
  void writeOldFile() throws IOException, MalformedTextException {
    file = Files.writeString(directory.resolve("zone"), OLD);
    temporary = directory.resolve("zone.tmp");
    key = TsigKey.parse("transfer.key:c2VjcmV0");
  }

  private static ScriptedPrimary primary(List<List<ResourceRecord>> zone) {
    return new ScriptedPrimary(List.of(SOA), zone, TsigKeys.NONE);
  }

  private ScriptedPrimary signingPrimary() {
    return new ScriptedPrimary(List.of(SOA), ZONE, new TsigKeys(List.of(key)));
  }

  private void get(ScriptedPrimary primary, Optional<TsigKey> signedWith) {
    Program program = new Program("axfr-get");
    ZoneQuery query =
        new ZoneQuery(
            name("example"), signedWith, new SplittableRandom(1), () -> ScriptedPrimary.NOW);
    Messages messages = new Messages(primary, 60_000, primary::nowNs);
    new Transfer(program, query, messages, LIMIT_BYTES)
        .run(file, temporary, Transfer.serialOf(program, file));
  }

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  /** The transfer fails with this message and leaves everything as it was. */
  private void assertFails(String problem, ScriptedPrimary primary, Optional<TsigKey> signedWith)
      throws IOException {
    Fatal fatal = assertThrows(Fatal.class, () -> get(primary, signedWith));
    assertEquals("axfr-get: fatal: " + problem, fatal.getMessage());
    assertEquals(111, fatal.exitCode());
    assertEquals(OLD, Files.readString(file));
    assertFalse(Files.exists(temporary));
  }

  private void assertRefuses(String cause, ScriptedPrimary primary) throws IOException {
    assertFails("unable to parse AXFR results: " + cause, primary, Optional.empty());
  }

  private void assertRefuses(String cause, UnaryOperator<List<byte[]>> change) throws IOException {
    assertRefuses(cause, primary(ZONE).changing(change));
  }

  private void assertRefusesZone(String cause, String... records) throws IOException {
    List<List<ResourceRecord>> zone = new ArrayList<>();
    for (String text : records) {
      zone.add(List.of(record(text)));
    }
    assertRefuses(cause, primary(zone));
  }

  /** Changes a byte of a message. */
  private static UnaryOperator<List<byte[]>> xor(int message, int offset, int bits) {
    return messages -> {
      messages.get(message)[offset] ^= (byte) bits;
      return messages;
    };
  }

  @Test
  void shouldReplaceFileByZone() throws IOException {
    get(primary(ZONE), Optional.empty());
    assertEquals(NEW, Files.readString(file));
    assertFalse(Files.exists(temporary));
  }

  @Test
  void shouldMakeFileWhereThereIsNone() throws IOException {
    Files.delete(file);
    get(primary(ZONE), Optional.empty());
    assertEquals(NEW, Files.readString(file));
  }

  @Test
  void shouldReadMessagesInAnyPieces() throws IOException {
    for (int bytes : new int[] {1, 2, 3, 7, 100}) {
      Files.writeString(file, OLD);
      get(primary(ZONE).slow(bytes, 1), Optional.empty());
      assertEquals(NEW, Files.readString(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"#7 auto axfr-get\n", "#7", "#4294967303\n", "#7 by hand\n+x:1.2.3.4\n"})
  void shouldLeaveFileOfSameSerialAlone(String text) throws IOException {
    Files.writeString(file, text);
    ScriptedPrimary primary = primary(ZONE);
    get(primary, Optional.empty());
    assertEquals(List.of(RecordType.SOA), primary.queries());
    assertEquals(text, Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "7\n", "# 7\n", "#8 auto axfr-get\n", "#x\n", "\n#7\n"})
  void shouldFetchZoneOfAnotherSerial(String text) throws IOException {
    Files.writeString(file, text);
    get(primary(ZONE), Optional.empty());
    assertEquals(NEW, Files.readString(file));
  }

  @Test
  void shouldFetchZoneWithSerialZeroAlways() throws IOException {
    Files.writeString(file, "#0 auto axfr-get\n");
    ResourceRecord soa = record("example. 300 SOA a. b. 0 2 3 4 5");
    ScriptedPrimary primary =
        new ScriptedPrimary(List.of(soa), List.of(List.of(soa, soa)), TsigKeys.NONE);
    get(primary, Optional.empty());
    assertEquals(2, primary.queries().size());
  }

  @Test
  void shouldLeaveOutOtherNamesAndClasses() throws IOException {
    List<List<ResourceRecord>> zone = new ArrayList<>(ZONE);
    zone.add(
        2,
        List.of(
            record("other. 300 A 192.0.2.7"),
            record("an-example. 300 A 192.0.2.7"),
            record("www.example. 300 CH TXT hidden"),
            record("other. 300 SOA a. b. 1 2 3 4 5")));
    get(primary(zone), Optional.empty());
    assertEquals(NEW, Files.readString(file));
  }

  @Test
  void shouldIgnoreLetterCase() throws IOException {
    List<List<ResourceRecord>> zone = new ArrayList<>(ZONE);
    zone.set(
        2,
        List.of(
            record("NS.Example. 300 AAAA 2001:db8::1"),
            record("EXAMPLE. 300 SOA NS.example. host.example. 7 2 3 4 5")));
    get(primary(zone), Optional.empty());
    String lines = NEW.replace("+ns.example:2001_db8__1", "+NS.Example:2001_db8__1");
    assertEquals(lines, Files.readString(file));
  }

  @Test
  void shouldRefuseHeaderOfNoAnswer() throws IOException {
    assertRefuses("protocol error", xor(0, 0, 1));
    assertRefuses("protocol error", xor(2, 1, 1));
    assertRefuses("protocol error", xor(1, 2, 0x80));
    assertRefuses("protocol error", xor(1, 2, 0x10));
    assertRefuses("protocol error", xor(1, 2, 0x02));
    assertRefuses("protocol error", xor(1, 5, 3));
    assertRefuses("server says REFUSED", xor(0, 3, 5));
    assertRefuses("server says SERVFAIL", xor(2, 3, 2));
  }

  @Test
  void shouldRefuseAnotherQuestion() throws IOException {
    assertRefuses("protocol error", xor(0, 14, 1));
    assertRefuses("protocol error", xor(0, 22, 1));
    assertRefuses("protocol error", xor(0, 24, 2));
  }

  @Test
  void shouldNameErrorOfFirstAnswer() throws IOException {
    ScriptedPrimary primary = new ScriptedPrimary(List.of(), ZONE, TsigKeys.NONE);
    assertRefuses("protocol error", primary);
  }

  @Test
  void shouldRefuseTransferThatEndsEarly() throws IOException {
    assertRefuses("protocol error", messages -> messages.subList(0, 2));
    assertRefuses("protocol error", messages -> List.of());
    assertFails(
        "unable to read from network: timed out",
        primary(ZONE).changing(messages -> messages.subList(0, 2)).silentAtEnd(),
        Optional.empty());
  }

  @Test
  void shouldRefuseMessageThatTakesLongerThanAMinute() throws IOException {
    assertFails(
        "unable to read from network: timed out",
        primary(ZONE).slow(1, 2_000_000_000L),
        Optional.empty());
  }

  @Test
  void shouldRefuseEndlessTransfer() throws IOException {
    assertRefuses(
        "zone is too large",
        messages -> {
          List<byte[]> endless = new ArrayList<>(List.of(messages.get(0)));
          endless.addAll(Collections.nCopies(1000, messages.get(1)));
          return endless;
        });
  }

  @Test
  void shouldRefuseMessageWithoutRecordsOrWithTooMany() throws IOException {
    assertRefuses("protocol error", xor(1, 7, 1));
    assertRefuses("protocol error", xor(1, 7, 3));
    assertRefuses("protocol error", messages -> List.of(new byte[0]));
    assertRefuses("protocol error", messages -> List.of(new byte[12]));
  }

  @Test
  void shouldRefuseZoneWithoutItsSoaInBothPlaces() throws IOException {
    String soa = "example. 300 SOA a. b. 7 2 3 4 5";
    String a = "www.example. 300 A 192.0.2.1";
    assertRefusesZone("zone does not start with its SOA record", a, soa);
    assertRefusesZone(
        "zone does not start with its SOA record", "other. 300 SOA a. b. 7 2 3 4 5", soa);
    assertRefusesZone("SOA record of sub.example", "sub.example. 300 SOA a. b. 7 2 3 4 5", soa);
    assertRefusesZone("SOA record of sub.example", soa, "sub.example. 300 SOA a. b. 7 2 3 4 5");
    assertRefusesZone(
        "zone has changed during the transfer", soa, a, "example. 300 SOA a. b. 8 2 3 4 5");
  }

  @Test
  void shouldRefuseRecordsBehindTheEnd() throws IOException {
    List<ResourceRecord> all = List.of(SOA, SOA, record("www.example. 300 A 192.0.2.1"));
    assertRefuses("records behind the end", primary(List.of(all)));
  }

  @Test
  void shouldRefuseRecordsThatNoZoneHas() throws IOException {
    String soa = "example. 300 SOA a. b. 7 2 3 4 5";
    assertRefusesZone(
        "unusable NS record of \\052.example", soa, "*.example. 300 NS ns.example.", soa);
    assertRefusesZone(
        "unusable TYPE0 record of a.example", soa, "a.example. 300 TYPE0 \\# 1 00", soa);
    assertRefusesZone("unusable AXFR record of example", soa, "example. 300 AXFR \\# 0", soa);
  }

  @Test
  void shouldNotEmptyFileThatIsItsOwnTemporary() throws IOException {
    temporary = file;
    Fatal fatal = assertThrows(Fatal.class, () -> get(primary(ZONE), Optional.empty()));
    assertEquals(
        "axfr-get: fatal: unable to write " + file + ": it is the file itself", fatal.getMessage());
    assertEquals(OLD, Files.readString(file));
  }

  @Test
  void shouldSayWhichFileCannotBeUsed() throws IOException {
    Path good = temporary;
    temporary = directory.resolve("missing/zone.tmp");
    assertFails(
        "unable to write " + temporary + ": file does not exist", primary(ZONE), Optional.empty());
    temporary = good;
    Files.delete(file);
    Files.createDirectory(file);
    Fatal fatal = assertThrows(Fatal.class, () -> get(primary(ZONE), Optional.empty()));
    assertEquals(
        "axfr-get: fatal: unable to read " + file + ": is a directory", fatal.getMessage());
  }

  @Test
  void shouldBelieveSignedTransfer() throws IOException {
    get(signingPrimary(), Optional.of(key));
    assertEquals(NEW, Files.readString(file));
  }

  @Test
  void shouldRefuseUnsignedAnswersWhereThereIsAKey() throws IOException {
    ScriptedPrimary ignorant = primary(ZONE);
    assertFails(
        "unable to parse AXFR results: "
            + "server says NOTAUTH, server does not accept key transfer.key: BADKEY",
        ignorant,
        Optional.of(key));
  }

  @Test
  void shouldRefuseSignedTransferWithAnyByteChanged() throws IOException {
    for (int message = 0; message < ZONE.size(); message++) {
      for (int offset = 0; offset < 40; offset++) {
        ScriptedPrimary primary = signingPrimary().changing(xor(message, offset, 4));
        assertThrows(Fatal.class, () -> get(primary, Optional.of(key)));
        assertEquals(OLD, Files.readString(file));
      }
    }
  }

  @Test
  void shouldRefuseSignedTransferInAnotherOrder() throws IOException {
    assertFails(
        "unable to parse AXFR results: wrong signature",
        signingPrimary()
            .changing(messages -> {
              Collections.swap(messages, 1, 2);
              return messages;
            }),
        Optional.of(key));
  }

  @Test
  void shouldRefuseLastMessageWithoutSignature() throws IOException {
    assertFails(
        "unable to parse AXFR results: last message has no signature",
        signingPrimary()
            .changing(messages -> {
              // Without its last additional record, and so without the bytes behind the query.
              byte[] last = messages.get(2);
              byte[] unsigned = Arrays.copyOf(last, last.length - tsigBytes());
              unsigned[11] = 0;
              messages.set(2, unsigned);
              return messages;
            }),
        Optional.of(key));
  }

  private int tsigBytes() {
    return new TsigClient(key).signatureBytes();
  }

  @Test
  void shouldAskWithUnpredictableIds() {
    ZoneQuery query =
        new ZoneQuery(name("example"), Optional.empty(), new SplittableRandom(5), () -> 0);
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(id(query));
    }
    assertTrue(ids.size() > 90);
  }

  private static int id(ZoneQuery query) {
    byte[] packet = query.query(RecordType.SOA).buffer();
    return ((packet[0] & 0xff) << 8) | (packet[1] & 0xff);
  }
}
