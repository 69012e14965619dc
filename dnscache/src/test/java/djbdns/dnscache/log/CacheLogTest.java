package djbdns.dnscache.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.reply.Rrset;
import djbdns.server.ClientAt;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** The lines of log.c; DnscacheDifferentialIT of the module tools compares with the original. */
final class CacheLogTest {
  private static final ServerAddress SERVER = ServerAddress.parse("192.0.2.53").orElseThrow();
  private static final ServerAddress SERVER6 = ServerAddress.parse("[2001:db8::53]").orElseThrow();

  private final LogText text = new LogText();
  private final Counters counters = new Counters(() -> 123456789012L);
  private final CacheLog log = new CacheLog(text.logger(), true, counters);

  private static Name name(String name) throws Exception {
    return Name.parse(name);
  }

  private void shouldWrite(String... lines) {
    log.flush();
    assertEquals(List.of(lines), text.take());
  }

  private static Rrset records(String owner, int type, String... data) throws Exception {
    StringBuilder list = new StringBuilder();
    for (String record : data) {
      String hex = record.replace(" ", "");
      list.append(HexFormat.of().toHexDigits((short) (hex.length() / 2))).append(hex);
    }
    return new Rrset(name(owner), type, 0, HexFormat.of().parseHex(list));
  }

  @Test
  void shouldWriteTheServicesLines() throws Exception {
    byte[] name = name("WWW.a\\040b\\200\\177.Test").toWire();
    log.query(counters.nextQuery(), ClientAt.udp("127.0.0.1", 0x1234), 0xab, 255, name);
    log.query(2, ClientAt.tcp("2001:db8::1", 65535), 0xffff, 1, new byte[1]);
    log.sent(1, 512);
    log.drop(1, "permission denied");
    log.tcpOpen(ClientAt.tcp("10.2.3.4", 53));
    log.tcpClose(ClientAt.tcp("10.2.3.4", 53), "broken pipe");
    log.cached(28, name);
    log.cachedCname(name, new byte[] {9, 1, 'X', 0}, 1);
    log.cachedNxdomain(name);
    shouldWrite(
        "query 1 7f000001:1234:00ab 255 www.a?b??.test.",
        "query 2 20010db8000000000000000000000001:ffff:ffff 1 .",
        "sent 1 512",
        "drop 1 permission denied",
        "tcpopen 0a020304:0035",
        "tcpclose 0a020304:0035 broken pipe",
        "cached 28 www.a?b??.test.",
        "cached cname www.a?b??.test. x.",
        "cached nxdomain www.a?b??.test.");
  }

  @Test
  void shouldWriteTheResolversLines() throws Exception {
    Name name = name("WWW.example");
    Name zone = name("example");
    log.cached(16, name);
    log.cachedCname(name, zone);
    log.cachedNs(Name.ROOT, name);
    log.cachedNxdomain(name);
    log.tx(1, 28, name, zone, List.of(SERVER, SERVER6));
    log.nodata(SERVER, 3600, 28, name);
    log.nxdomain(SERVER6, 0, name);
    log.lame(SERVER, zone, Name.ROOT);
    log.servfail(name, "input/output error");
    counters.nextQuery();
    counters.addUdpActive(3);
    counters.addTcpActive(2);
    log.stats();
    shouldWrite(
        "cached 16 www.example.",
        "cached cname www.example. example.",
        "cached ns . www.example.",
        "cached nxdomain www.example.",
        "tx 1 28 www.example. example. c0000235 20010db8000000000000000000000053",
        "nodata c0000235 3600 28 www.example.",
        "nxdomain 20010db8000000000000000000000053 0 www.example.",
        "lame c0000235 example. .",
        "servfail www.example. input/output error",
        "stats 1 123456789012 3 2");
  }

  @Test
  void shouldWriteALineForEachRecord() throws Exception {
    log.records(SERVER, records("a.test", 1, "01020304", "ff000001"), 60);
    log.records(SERVER, records("a.test", 2, "016100", "00"), 61);
    log.records(SERVER, records("a.test", 5, "0141 00"), 62);
    log.records(SERVER, records("a.test", 12, "0162 00"), 63);
    log.records(SERVER, records("a.test", 15, "ffff 0163 00"), 64);
    log.records(
        SERVER, records("a.test", 6, "016d00 017200 ffffffff00000001000000020000000300000004"), 65);
    log.records(SERVER, records("a.test", 16, "00"), 4294967295L);
    log.records(SERVER, records("a.test", 16, "aa".repeat(31), "bb".repeat(32)), 0);
    log.records(SERVER6, records("a.test", 65280, "cc".repeat(33), ""), 1);
    shouldWrite(
        "rr c0000235 60 1 a.test. 01020304",
        "rr c0000235 60 1 a.test. ff000001",
        "rr c0000235 61 ns a.test. a.",
        "rr c0000235 61 ns a.test. .",
        "rr c0000235 62 cname a.test. a.",
        "rr c0000235 63 ptr a.test. b.",
        "rr c0000235 64 mx a.test. 65535 c.",
        "rr c0000235 65 soa a.test. m. r. 4294967295 1 2 3 4",
        "rr c0000235 4294967295 16 a.test. 00",
        "rr c0000235 0 16 a.test. " + "aa".repeat(31),
        "rr c0000235 0 16 a.test. " + "bb".repeat(32) + "...",
        "rr 20010db8000000000000000000000053 1 65280 a.test. " + "cc".repeat(32) + "...",
        "rr 20010db8000000000000000000000053 1 65280 a.test. ");
  }

  @Test
  void shouldWriteNothingWhereItIsTurnedOff() throws Exception {
    CacheLog off = new CacheLog(text.logger(), false, counters);
    off.query(1, ClientAt.udp("127.0.0.1", 1), 1, 1, new byte[1]);
    off.sent(1, 1);
    off.records(SERVER, records("a.test", 1, "01020304"), 60);
    off.stats();
    off.flush();
    assertEquals(List.of(), text.take());
  }

  @Test
  void shouldAllocateNothingForALine() throws Exception {
    CacheLog quiet = new CacheLog(NOPLogger.NOP_LOGGER, true, counters);
    Rrset records = records("a.test", RecordType.MX.code(), "000a 0163 00");
    List<ServerAddress> servers = List.of(SERVER, SERVER6);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 10_000;
    write(quiet, records, servers, rounds);
    long before = threads.getCurrentThreadAllocatedBytes();
    write(quiet, records, servers, rounds);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 4L * rounds, allocated + " bytes for " + rounds + " rounds");
  }

  private static void write(CacheLog log, Rrset records, List<ServerAddress> servers, int rounds) {
    for (int i = 0; i < rounds; i++) {
      log.sent(i, i);
      log.cached(1, records.owner());
      log.records(SERVER6, records, i);
      log.tx(0, 1, records.owner(), Name.ROOT, servers);
      log.stats();
    }
    log.flush();
  }
}
