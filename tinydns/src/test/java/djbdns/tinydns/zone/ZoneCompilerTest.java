package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes worked out by hand from the format, so that no original is needed. */
class ZoneCompilerTest {
  private static final long SERIAL = 0x65000001L;

  /** Of defaults: "=" as marker, ttl 86400, no timestamp. */
  private static final String PLAIN_DAY = "3d" + "00015180" + "0000000000000000";

  private static final String SOA_NUMBERS = "00004000" + "00000800" + "00100000" + "00000a00";

  private static List<String> compile(String line, long modifiedSeconds)
      throws DataException, IOException {
    List<String> records = new ArrayList<>();
    HexFormat hex = HexFormat.of();
    ZoneCompiler compiler =
        new ZoneCompiler(
            (key, keyLength, data, dataLength) ->
                records.add(
                    hex.formatHex(key, 0, keyLength) + " " + hex.formatHex(data, 0, dataLength)),
            modifiedSeconds);
    for (String one : line.split("\n", -1)) {
      byte[] bytes = one.getBytes(StandardCharsets.ISO_8859_1);
      compiler.compile(new LineParser(ProblemSink.NONE).parse(bytes, 0, bytes.length, 1));
    }
    compiler.finish();
    return records;
  }

  private static List<String> compile(String line) throws DataException, IOException {
    return compile(line, SERIAL);
  }

  @Test
  void shouldCompileAddresses() throws Exception {
    assertEquals(
        List.of("01610178" + "00" + " " + "0001" + PLAIN_DAY + "01020304"),
        compile("+A.x:1.2.3.4"));
    assertEquals(List.of(), compile("+a.x"));
  }

  @Test
  void shouldCompileHostsAndTheirReverseNames() throws Exception {
    assertEquals(
        List.of(
            "016100" + " " + "0001" + PLAIN_DAY + "01020364",
            "03313030"
                + "0133"
                + "0132"
                + "0131"
                + "07696e2d61646472"
                + "0461727061"
                + "00"
                + " "
                + "000c"
                + PLAIN_DAY
                + "014100"),
        compile("=A:1.2.3.100"));
  }

  @Test
  void shouldMarkWildcardsAndLocations() throws Exception {
    String terms = "00000005" + "400000003b9aca00" + "01020304";
    String fields = ":1.2.3.4:5:400000003b9aca00:";
    assertEquals(
        List.of("017800 " + "0001" + "3e" + "6c6f" + terms), compile("+x" + fields + "lo"));
    assertEquals(List.of("017800 " + "0001" + "2a" + terms), compile("+*.x" + fields));
    assertEquals(
        List.of("017800 " + "0001" + "2b" + "6c00" + terms), compile("+\\052.x" + fields + "l"));
    assertEquals(List.of("00 " + "0001" + "2a" + terms), compile("+*" + fields));
  }

  @Test
  void shouldCompileZones() throws Exception {
    String ttl = "3d" + "0003f480" + "0000000000000000";
    String server = "0162" + "026e73" + "0161" + "00";
    assertEquals(
        List.of(
            "016100 "
                + "0006"
                + "3d"
                + "00000a00"
                + "0000000000000000"
                + server
                + "0a686f73746d6173746572"
                + "016100"
                + "65000001"
                + SOA_NUMBERS,
            "016100 " + "0002" + ttl + server,
            server + " " + "0001" + ttl + "01020304"),
        compile(".a:1.2.3.4:b"));
    assertEquals(List.of("016100 " + "0002" + ttl + server), compile("&a::b"));
  }

  @Test
  void shouldKeepTheSoaFromBeingCachedWhenTheTtlIsZero() throws Exception {
    assertEquals("00000000", compile(".a::b:0").getFirst().substring(13, 21));
    assertEquals("00000a00", compile(".a::b:4294967296").getFirst().substring(13, 21));
  }

  @Test
  void shouldCompileSoaWithNumbersOrDefaults() throws Exception {
    String head = "016100 " + "0006" + "3d" + "00000a00" + "0000000000000000" + "016200" + "016300";
    assertEquals(List.of(head + "65000001" + SOA_NUMBERS), compile("Za:b:c"));
    assertEquals(List.of(head + "00000001" + SOA_NUMBERS), compile("Za:b:c", 0));
    assertEquals(List.of(head + "00000001" + SOA_NUMBERS), compile("Za:b:c", 1L << 32));
    assertEquals(
        List.of(head + "00000001" + "00000002" + "00000003" + "00000004" + "00000005"),
        compile("Za:b:c:4294967297:2:3:4:5"));
  }

  @Test
  void shouldCompileTheOtherKinds() throws Exception {
    assertEquals(
        List.of("016100 " + "000f" + PLAIN_DAY + "0001" + "0162" + "026d78" + "0161" + "00"),
        compile("@a::b:65537"));
    assertEquals(List.of("016100 " + "000c" + PLAIN_DAY + "016200"), compile("^a:b"));
    assertEquals(List.of("016100 " + "0005" + PLAIN_DAY + "016200"), compile("Ca:b"));
    assertEquals(List.of("016100 " + "001c" + PLAIN_DAY + "ff3a"), compile(":a:28:\\377\\072"));
    assertEquals(List.of("0025010203" + " " + "6c6f"), compile("%lo:1.2.259"));
    assertEquals(List.of(), compile("# remark"));
  }

  @Test
  void shouldSplitTextIntoStringsOf127Bytes() throws Exception {
    assertEquals(
        List.of("016100 " + "0010" + PLAIN_DAY + "7f" + "78".repeat(127) + "01" + "78"),
        compile("'a:" + "x".repeat(128)));
    assertEquals(List.of("016100 " + "0010" + PLAIN_DAY), compile("'a:"));
  }

  @Test
  void shouldCompileIpv6Addresses() throws Exception {
    String address = "20010db8" + "00".repeat(11) + "1f";
    assertEquals(List.of("016100 " + "001c" + PLAIN_DAY + address), compile("+a:2001_db8__1f"));
    assertEquals(
        List.of(
            "016100 " + "001c" + PLAIN_DAY + address,
            "01660131"
                + "0130".repeat(22)
                + "0138016201640130013101300130"
                + "0132"
                + "03697036"
                + "0461727061"
                + "00 "
                + "000c"
                + PLAIN_DAY
                + "016100"),
        compile("=a:2001_db8__1f"));
    assertEquals(compile("=a:2001_db8__1f"), compile("6a:20010db800000000000000000000001f"));
    String ttl = "3d" + "0003f480" + "0000000000000000";
    assertEquals(
        List.of("016100 " + "0002" + ttl + "016200", "016200 " + "001c" + ttl + address),
        compile("&a:2001_db8__1f:b."));
  }

  @Test
  void shouldCompileServices() throws Exception {
    assertEquals(
        List.of(
            "016100 " + "0021" + PLAIN_DAY + "0001" + "0002" + "0050" + "016200",
            "016200 " + "0001" + PLAIN_DAY + "01020304"),
        compile("Sa:1.2.3.4:b.:80:1:2"));
  }

  @Test
  void shouldCompileIpv6Locations() throws Exception {
    assertEquals(
        List.of("0025" + "20010db8" + "00".repeat(12) + "20" + " 6c6f"),
        compile("%lo:2001_db8__/32"));
    assertEquals(List.of("0025" + "00".repeat(17) + " 6c6f"), compile("%lo:__/0"));
  }

  /** Servers of 1.05 take the first record of a key. */
  @Test
  void shouldLetLongerNetworksGoFirst() throws Exception {
    assertEquals(
        List.of(
            "0025c0000242 7a7a",
            "0025c0000240 6262",
            "0025c0000241 6262",
            "0025c0000242 6262",
            "0025c0000243 6262",
            "0025c0000240 6161",
            "0025c0000241 6161",
            "0025c0000242 6161",
            "0025c0000243 6161",
            "0025c0000244 6161",
            "0025c0000245 6161",
            "0025c0000246 6161",
            "0025c0000247 6161"),
        compile("%aa:192.0.2.64/29\n%bb:192.0.2.64/30\n%zz:192.0.2.66"));
    assertEquals(128, compile("%aa:128.0.0.0/1").size());
    assertEquals("0025ff 6161", compile("%aa:128.0.0.0/1").getLast());
    assertEquals("0025ac10 6161", compile("%aa:172.16.0.0/12").getFirst());
    assertEquals("0025ac1f 6161", compile("%aa:172.16.0.0/12").getLast());
  }
}
