package djbdns.tinydns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.content.ContentResponder;
import djbdns.content.QueryLog;
import djbdns.server.MessageSource;
import djbdns.server.Responder;
import djbdns.tinydns.axfr.TransferRights;
import djbdns.tinydns.axfr.ZoneTransfers;
import djbdns.tinydns.lookup.Tai64;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.lookup.ZoneSerials;
import djbdns.tsig.TsigClient;
import djbdns.tsig.TsigKey;
import djbdns.tsig.TsigKeys;
import djbdns.wire.Header;
import djbdns.wire.Limits;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.PacketWriter;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.Section;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.message.QueryReader;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Soa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of axfrdns, for queries of every kind. */
final class ZoneTransfersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final int LARGEST_MESSAGE = 16383;
  private static final TransferRights ALL = new TransferRights(true, true, Set.of(), Set.of());
  private static final String[] EXAMPLE = {
    "Zexample:ns.example:root.example:100",
    "&example:192.0.2.1:ns.example",
    "+www.example:192.0.2.2",
    "&sub.example:192.0.2.3:ns.sub.example"
  };

  @TempDir private Path directory;

  private final LogLines log = new LogLines();
  private final QueryLog queryLog = QueryLog.withoutMarks(log.logger(), true);
  private final TransferBench bench = new TransferBench("192.0.2.77");

  private ContentResponder responder(ZoneData data, TransferRights rights, TsigKey... keys) {
    return TransferBench.standard(data, rights, new TsigKeys(List.of(keys)), queryLog, CLOCK);
  }

  private static PacketWriter query(String zone, RecordType type, Edns... edns) throws Exception {
    PacketWriter out = new PacketWriter(Limits.MESSAGE_BYTES);
    Question question = new Question(Name.parse(zone), type);
    new Message(7, Header.RD, question, Arrays.stream(edns).findFirst()).write(out);
    return out;
  }

  private static byte[] bytes(PacketWriter out) {
    return Arrays.copyOf(out.buffer(), out.length());
  }

  private static byte[] ixfr(long serial) throws Exception {
    PacketWriter out = query("example", RecordType.IXFR);
    Soa soa = new Soa(Name.ROOT, Name.ROOT, serial, 0, 0, 0, 0);
    new ResourceRecord(Name.parse("example"), 0, soa).writeTo(out, Section.AUTHORITY);
    return bytes(out);
  }

  private static Message read(byte[] message) throws Exception {
    return Message.read(message, message.length);
  }

  /** The records of a transfer; fails unless its messages have the right form. */
  private List<ResourceRecord> transfer(Responder responder, byte[] query) throws Exception {
    TransferBench.Reply reply = bench.ask(responder, query);
    assertFalse(reply.failed());
    List<ResourceRecord> records = new ArrayList<>();
    Message asked = read(query);
    for (int i = 0; i < reply.messages().size(); i++) {
      Message message = read(reply.messages().get(i));
      assertEquals(Header.QR | Header.AA | Header.RD, message.flags());
      assertEquals(7, message.id());
      assertEquals(i == 0 ? asked.questions() : List.of(), message.questions());
      assertEquals(i == 0 && asked.edns().isPresent(), message.edns().isPresent());
      assertFalse(message.answers().isEmpty());
      assertEquals(List.of(), message.authority());
      assertTrue(
          reply.messages().get(i).length <= LARGEST_MESSAGE || message.answers().size() == 1,
          "only a record of its own may need more");
      records.addAll(message.answers());
    }
    assertEquals(RecordType.SOA, records.getFirst().type());
    assertEquals(records.getFirst(), records.getLast());
    return records;
  }

  private Message answer(Responder responder, byte[] query) throws Exception {
    TransferBench.Reply reply = bench.ask(responder, query);
    assertEquals(1, reply.messages().size());
    return read(reply.messages().getFirst());
  }

  @Test
  void shouldSendASmallZoneInOneMessage() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      ContentResponder responder = responder(data, ALL);
      byte[] query = bytes(query("EXAMPLE", RecordType.AXFR));
      assertEquals(1, bench.ask(responder, query).messages().size());
      assertEquals(
          List.of("SOA", "NS", "A", "A", "NS", "A", "SOA"),
          transfer(responder, query).stream().map(record -> record.type().toString()).toList());
      assertEquals("c000024d:04d2:0007 00fc example", log.next());
    }
  }

  @Test
  void shouldAnswerEdnsInTheFirstMessage() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, big(2000))) {
      ContentResponder responder = responder(data, ALL);
      Edns edns = new Edns(4096, 0, 0, Edns.DO, List.of());
      byte[] query = bytes(query("example", RecordType.AXFR, edns));
      assertEquals(2000 + 3, transfer(responder, query).size());
      Message first = read(bench.ask(responder, query).messages().getFirst());
      assertTrue(first.edns().orElseThrow().dnssecOk(), "DO is repeated (RFC 3225)");
    }
  }

  private static String[] big(int addresses) {
    List<String> lines =
        new ArrayList<>(List.of("Zexample:ns.example:root.example:100", "&example::ns.elsewhere"));
    for (int i = 0; i < addresses; i++) {
      lines.add("+h" + i + ".example:192.0.2.1");
    }
    return lines.toArray(new String[0]);
  }

  @Test
  void shouldRefuseVersionsOfEdnsThatAreNotThereYet() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      Edns edns = new Edns(4096, 0, 1, 0, List.of());
      Message answer = answer(responder(data, ALL), bytes(query("example", RecordType.AXFR, edns)));
      assertEquals(Rcode.BADVERS, answer.rcode());
      assertEquals(List.of(), answer.answers());
    }
  }

  @Test
  void shouldFillMessagesToTheLastByte() throws Exception {
    String[] lines = big(1001);
    Set<Integer> counts = new TreeSet<>();
    int largest = 0;
    for (int pad = 0; pad < 90; pad++) {
      lines[2] = "'a.example:" + "x".repeat(260 + pad);
      try (ZoneData data = CompiledZones.of(directory, Arrays.copyOf(lines, 3 + 763))) {
        ContentResponder responder = responder(data, ALL);
        byte[] query = bytes(query("example", RecordType.AXFR));
        assertEquals(763 + 4, transfer(responder, query).size());
        List<byte[]> messages = bench.ask(responder, query).messages();
        counts.add(messages.size());
        largest = Math.max(largest, messages.getFirst().length);
      }
    }
    assertEquals(Set.of(1, 2), counts, "the closing SOA record, now in the first, now alone");
    assertEquals(LARGEST_MESSAGE, largest);
  }

  @Test
  void shouldSendARecordOfMoreThan16KilobytesAlone() throws Exception {
    try (ZoneData data =
        CompiledZones.of(
            directory,
            "Zexample:ns.example:root.example:100",
            "&example::ns.elsewhere",
            "'big.example:" + "x".repeat(20_000),
            "'bigger.example:" + "x".repeat(32_000),
            "+www.example:192.0.2.1",
            "'last.example:" + "x".repeat(17_000))) {
      byte[] query = bytes(query("example", RecordType.AXFR, new Edns(4096)));
      assertEquals(7, transfer(responder(data, ALL), query).size());
    }
  }

  @Test
  void shouldRefuseWhatNoRuleAllows() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      TransferRights other = new TransferRights(true, false, Set.of(Name.parse("other")), Set.of());
      Message answer = answer(responder(data, other), bytes(query("example", RecordType.AXFR)));
      assertEquals(Rcode.REFUSED, answer.rcode());
      assertEquals(1, answer.questions().size());
      assertEquals("c000024d:04d2:0007 00fc example", log.next());
      assertEquals("axfrdns: warning: disallowed zone transfer request", log.next());
    }
  }

  @Test
  void shouldNotBeAuthoritativeForOtherZones() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      for (String zone : List.of("test", "www.example", "sub.example", ".")) {
        Message answer =
            answer(responder(data, ALL), bytes(query(zone, RecordType.AXFR, new Edns(512))));
        assertEquals(Rcode.NOTAUTH, answer.rcode(), zone);
        assertTrue(answer.edns().isPresent());
      }
    }
  }

  @Test
  void shouldSendOnlyTheSoaToWhoIsUpToDate() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      ContentResponder responder = responder(data, ALL);
      for (long serial : new long[] {100, 101, 2_000_000_000, 100 + 0x7fff_ffffL}) {
        Message answer = answer(responder, ixfr(serial));
        assertEquals(1, answer.answers().size(), "serial " + serial);
        assertEquals(RecordType.SOA, answer.answers().getFirst().type());
        assertTrue((answer.flags() & Header.AA) != 0);
      }
      for (long serial : new long[] {99, 0, 0xffff_ffffL, 4_000_000_000L}) {
        assertEquals(7, transfer(responder, ixfr(serial)).size(), "serial " + serial);
      }
    }
  }

  @Test
  void shouldAnswerEdnsToWhoIsUpToDate() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      PacketWriter out = query("example", RecordType.IXFR);
      Soa soa = new Soa(Name.ROOT, Name.ROOT, 100, 0, 0, 0, 0);
      new ResourceRecord(Name.parse("example"), 0, soa).writeTo(out, Section.AUTHORITY);
      new Edns(4096).writeTo(out);
      Message answer = answer(responder(data, ALL), bytes(out));
      assertEquals(1, answer.answers().size());
      assertTrue(answer.edns().isPresent());
    }
  }

  @Test
  void shouldSendTheWholeZoneForAVersionThatCannotBeRead() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      ContentResponder responder = responder(data, ALL);
      assertEquals(7, transfer(responder, bytes(query("example", RecordType.IXFR))).size());
      byte[] cut = ixfr(100);
      byte[] broken = Arrays.copyOf(cut, cut.length - 5);
      assertEquals(1, bench.ask(responder, broken).messages().size());
    }
  }

  private static TsigKey key(String name) throws Exception {
    return TsigKey.parse("hmac-sha256:" + name + ":c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=");
  }

  private static TransferRights signedWith(String key) throws Exception {
    return new TransferRights(true, true, Set.of(), Set.of(Name.parse(key)));
  }

  @Test
  void shouldSignEveryMessageOfATransfer() throws Exception {
    TsigKey key = key("transfer.example");
    try (ZoneData data = CompiledZones.of(directory, big(3000))) {
      ContentResponder responder = responder(data, signedWith("transfer.example"), key);
      TsigClient signer = new TsigClient(key);
      PacketWriter query = query("example", RecordType.AXFR, new Edns(4096));
      signer.sign(query, NOW.getEpochSecond());
      List<byte[]> messages = bench.ask(responder, bytes(query)).messages();
      assertTrue(messages.size() > 2);
      int records = 0;
      for (byte[] message : messages) {
        assertTrue(message.length <= LARGEST_MESSAGE);
        signer.verify(message, message.length, NOW.getEpochSecond());
        assertTrue(signer.isVerified());
        records += read(message).answers().size();
      }
      assertEquals(3000 + 3, records);
    }
  }

  @Test
  void shouldSignAnyOtherAnswerToo() throws Exception {
    TsigKey key = key("transfer.example");
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      ContentResponder responder = responder(data, ALL, key);
      List<RecordType> types = List.of(RecordType.A, RecordType.IXFR, RecordType.AXFR);
      for (String name : List.of("www.example", "other.test")) {
        for (RecordType type : types) {
          TsigClient signer = new TsigClient(key);
          PacketWriter query = query(name, type);
          signer.sign(query, NOW.getEpochSecond());
          byte[] answer = bench.ask(responder, bytes(query)).messages().getFirst();
          signer.verify(answer, answer.length, NOW.getEpochSecond());
          assertTrue(signer.isVerified(), name + " " + type);
        }
      }
    }
  }

  @Test
  void shouldRefuseATransferWithoutTheSignatureThatARuleAsksFor() throws Exception {
    TsigKey other = key("other.example");
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      ContentResponder responder =
          responder(data, signedWith("transfer.example"), key("transfer.example"), other);
      assertEquals(
          Rcode.REFUSED, answer(responder, bytes(query("example", RecordType.AXFR))).rcode());
      PacketWriter query = query("example", RecordType.AXFR);
      new TsigClient(other).sign(query, NOW.getEpochSecond());
      assertEquals(Rcode.REFUSED, answer(responder, bytes(query)).rcode());
    }
  }

  @Test
  void shouldNotAnswerWhatIsWronglySigned() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      ContentResponder responder = responder(data, ALL, key("transfer.example"));
      for (String name : List.of("unknown.example", "transfer.example")) {
        for (RecordType type : List.of(RecordType.AXFR, RecordType.A)) {
          TsigKey wrong =
              TsigKey.parse(
                  "hmac-sha256:" + name + ":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
          PacketWriter query = query("example", type);
          new TsigClient(wrong).sign(query, NOW.getEpochSecond());
          Message answer = answer(responder, bytes(query));
          assertEquals(Rcode.NOTAUTH, answer.rcode());
          assertEquals(List.of(), answer.answers());
          assertEquals(RecordType.TSIG, answer.additional().getLast().type());
        }
      }
      PacketWriter late = query("example", RecordType.AXFR);
      new TsigClient(key("transfer.example")).sign(late, NOW.getEpochSecond() - 1000);
      assertEquals(Rcode.NOTAUTH, answer(responder, bytes(late)).rcode());
    }
  }

  @Test
  void shouldAnswerOrdinaryQueriesAsTinydnsDoes() throws Exception {
    int compared = 0;
    for (long seed = 1; seed <= 3; seed++) {
      ZoneGenerator zones = ZoneGenerator.ofToday(seed);
      try (ZoneData data = CompiledZones.of(directory, zones.file(100))) {
        ContentResponder responder = responder(data, ALL);
        ContentResponder content = TransferBench.content(data, queryLog, CLOCK);
        QueryGenerator queries = new QueryGenerator(seed, zones.names());
        QueryReader reader = new QueryReader();
        for (int i = 0; i < 3000; i++) {
          byte[] query = queries.next();
          boolean readable = reader.read(query, query.length) == QueryReader.Kind.QUERY;
          boolean isTransfer = reader.type() == 251 || reader.type() == 252;
          if (readable && (isTransfer || hasFalseCounts(query))) {
            continue;
          }
          String where = "seed " + seed + ", query " + i + ": " + Arrays.toString(query);
          boolean answered = content.respond(query, query.length, bench.client());
          assertEquals(answered, responder.respond(query, query.length, bench.client()), where);
          if (answered) {
            assertArrayEquals(bytes(content.response()), bytes(responder.response()), where);
          }
          compared++;
        }
      }
    }
    assertTrue(compared > 7000);
  }

  /** Such a packet may hide a signature, so axfrdns is stricter. */
  private static boolean hasFalseCounts(byte[] query) {
    try {
      return Message.read(query, query.length).questions().isEmpty();
    } catch (MalformedPacketException e) {
      return true;
    }
  }

  @Test
  void shouldEndATransferWithTheDataThatItBeganWith() throws Exception {
    ZoneData old = CompiledZones.of(directory, big(2000));
    Files.delete(directory.resolve("data.cdb"));
    String[] lines = big(10);
    lines[0] = "Zexample:ns.example:root.example:101";
    try (ZoneData newer = CompiledZones.of(directory, lines)) {
      ZoneTransfers transfers =
          new ZoneTransfers(_ -> ALL, queryLog, CLOCK, new SplittableRandom(2));
      transfers.use(old);
      ContentResponder responder =
          TransferBench.standard(old, transfers, TsigKeys.NONE, queryLog, CLOCK);
      byte[] query = bytes(query("example", RecordType.AXFR));
      MessageSource stream = bench.begin(responder, query).orElseThrow();
      List<byte[]> messages = new ArrayList<>();
      assertEquals(MessageSource.Step.MESSAGE, stream.next(responder.response()));
      messages.add(bytes(responder.response()));

      transfers.use(newer);
      old.close();
      assertEquals(13, transfer(new TransferBench("192.0.2.78"), responder, query));
      assertTrue(TransferBench.drain(stream, responder.response(), messages));
      List<ResourceRecord> records = new ArrayList<>();
      for (byte[] message : messages) {
        records.addAll(read(message).answers());
      }
      assertEquals(2003, records.size());
      assertEquals(100, ((Soa) records.getLast().rdata()).serial());
      stream.close();
      assertThrows(
          IllegalStateException.class,
          () -> ZoneSerials.of(old, Tai64.ofUnixMillis(NOW.toEpochMilli())),
          "the old data are closed behind the last transfer");
    }
  }

  private static int transfer(TransferBench other, Responder responder, byte[] query)
      throws Exception {
    int records = 0;
    for (byte[] message : other.ask(responder, query).messages()) {
      records += read(message).answers().size();
    }
    return records;
  }

  @Test
  void shouldNotServeWhoMayNotEvenAsk() throws Exception {
    try (ZoneData data = CompiledZones.of(directory, EXAMPLE)) {
      TransferRights none = new TransferRights(false, false, Set.of(), Set.of());
      ContentResponder responder = responder(data, none);
      assertFalse(responder.opened(bench.client()));
      responder.batchEnd();
      assertEquals("deny c000024d:04d2", log.next());
      assertTrue(responder(data, ALL).opened(bench.client()));
      assertEquals(
          Optional.empty(), bench.begin(responder, bytes(query("example", RecordType.AXFR))));
    }
  }
}
