package djbdns.tinydns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.rdata.Srv;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
  private static final int LO = 'l' << 8 | 'o';
  private static final Optional<Address> NO_ADDRESS = Optional.empty();
  private static final Optional<Address> ADDRESS = Optional.of(new Address.Ipv4(0x01020304));

  private static DataLine parse(String line) throws DataException {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return new LineParser(ProblemSink.NONE).parse(bytes, 0, bytes.length, 7);
  }

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private static Terms ttl(long seconds) {
    return new Terms(seconds, 0, 0);
  }

  static Stream<Arguments> lines() {
    Name a = name("a");
    Terms terms = new Terms(5, 0x400000003b9aca00L, 'l' << 8 | 'o');
    return Stream.of(
        Arguments.of(" \t\n", new DataLine.Blank()),
        Arguments.of("#x", new DataLine.Comment()),
        Arguments.of("-a:1.2.3.4", new DataLine.Disabled()),
        Arguments.of("%lo:1.2", new DataLine.LocationPrefix('l' << 8 | 'o', "\1\2")),
        Arguments.of("%l", new DataLine.LocationPrefix('l' << 8, "")),
        Arguments.of(
            "Za:b:c:1:2:3:4:5:6",
            new DataLine.Soa(a, name("b"), name("c"), OptionalLong.of(1), 2, 3, 4, 5, ttl(6))),
        Arguments.of(
            "Za:b:c",
            new DataLine.Soa(
                a,
                name("b"),
                name("c"),
                OptionalLong.empty(),
                16384,
                2048,
                1048576,
                2560,
                ttl(2560))),
        Arguments.of(".a:1.2.3.4:b", new DataLine.OwnZone(a, ADDRESS, name("b.ns.a"), ttl(259200))),
        Arguments.of("&a::b.c:0", new DataLine.Delegation(a, NO_ADDRESS, name("b.c"), ttl(0))),
        Arguments.of("=a:1.2.3.4:5:400000003b9aca00:lo:x", new DataLine.Host(a, ADDRESS, terms)),
        Arguments.of("+a:1.2.3.4", new DataLine.Alias(a, ADDRESS, ttl(86400))),
        Arguments.of(
            "@a:1.2.3.4::10", new DataLine.MailExchanger(a, ADDRESS, name("mx.a"), 10, ttl(86400))),
        Arguments.of("'a:b\\072\\c\\1x", new DataLine.Text(a, "b:c\1x", ttl(86400))),
        Arguments.of("^a:b:7", new DataLine.Pointer(a, name("b"), ttl(7))),
        Arguments.of("C*.a:b", new DataLine.CanonicalName(name("*.a"), name("b"), ttl(86400))),
        Arguments.of(":a:28:\\377", new DataLine.Generic(a, 28, "\u00ff", ttl(86400))));
  }

  private static Optional<Address> ipv6(String text) {
    return Address.parse(text);
  }

  private static DataLine generic(String owner, int type, String rdata) {
    return new DataLine.Generic(name(owner), type, rdata, ttl(86400));
  }

  static Stream<Arguments> linesOfToday() {
    Name a = name("a");
    Srv srv = new Srv(1, 2, 3, name("x.srv.a"));
    return Stream.of(
        Arguments.of("+a:2001_db8__1", new DataLine.Alias(a, ipv6("2001:db8::1"), ttl(86400))),
        Arguments.of(
            "+a:20010DB8000000000000000000000001:5",
            new DataLine.Alias(a, ipv6("2001:db8::1"), ttl(5))),
        Arguments.of("=a:__1", new DataLine.Host(a, ipv6("::1"), ttl(86400))),
        Arguments.of(".a:__:b.c", new DataLine.OwnZone(a, ipv6("::"), name("b.c"), ttl(259200))),
        Arguments.of(
            "&a:__ffff_1.2.3.4:b.c",
            new DataLine.Delegation(a, ipv6("::ffff:1.2.3.4"), name("b.c"), ttl(259200))),
        Arguments.of(
            "@a:1_2_3_4_5_6_7_8:b.c",
            new DataLine.MailExchanger(a, ipv6("1:2:3:4:5:6:7:8"), name("b.c"), 0, ttl(86400))),
        Arguments.of("3a:__1:7", new DataLine.Alias(a, ipv6("::1"), ttl(7))),
        Arguments.of("3a", new DataLine.Alias(a, NO_ADDRESS, ttl(86400))),
        Arguments.of(
            "6a:00000000000000000000000000000001", new DataLine.Host(a, ipv6("::1"), ttl(86400))),
        Arguments.of("Sa:1.2.3.4:x:3:1:2:5", new DataLine.Service(a, ADDRESS, srv, ttl(5))),
        Arguments.of("Sa:__1:x:3:1:2", new DataLine.Service(a, ipv6("::1"), srv, ttl(86400))),
        Arguments.of(
            "Sa::y.z:65535",
            new DataLine.Service(a, NO_ADDRESS, new Srv(0, 0, 65535, name("y.z")), ttl(86400))),
        Arguments.of(
            "Na:1:2:s:SIP+D2U:\\072:b.c", generic("a", 35, "\0\1\0\2\1s\7SIP+D2U\1:\1b\1c\0")),
        Arguments.of("Na", generic("a", 35, "\0\0\0\0\0\0\0\0")),
        Arguments.of(
            "_a::1:" + "0F".repeat(32),
            generic("_25._tcp.mail.a", 52, "\3\1\1" + "\u000f".repeat(32))),
        Arguments.of(
            "_a:2:0:" + "ff".repeat(64) + ":b.mx:443:udp",
            generic("_443._udp.b.mx.a", 52, "\2\0\2" + "\u00ff".repeat(64))),
        Arguments.of(":a:SRV:1 2 3 b.c", generic("a", 33, "\0\1\0\2\0\3\1b\1c\0")),
        Arguments.of(":a:caa:0 issue \"b\"", generic("a", 257, "\0\5issueb")),
        Arguments.of(":a:AAAA:\\072\\0721", generic("a", 28, "\0".repeat(15) + "\1")),
        Arguments.of(":a:DNAME:b.", generic("a", 39, "\1b\0")),
        Arguments.of(":a:HTTPS:1 . alpn=h2", generic("a", 65, "\0\1\0\0\1\0\3\2h2")),
        Arguments.of(":a:TYPE731:\\\\# 2 0a0B", generic("a", 731, "\12\13")),
        Arguments.of(":a:TXT:\"b;c\" d", generic("a", 16, "\3b;c\1d")),
        Arguments.of(
            ":a:TXT:" + "x".repeat(256), generic("a", 16, "\u00ff" + "x".repeat(255) + "\1x")),
        Arguments.of(":a:TXT:\\\\# 1 00", generic("a", 16, "\0")),
        Arguments.of("%lo:10/8", new DataLine.LocationPrefix(LO, "\n")),
        Arguments.of("%lo:0.0.0.0/0", new DataLine.LocationPrefix(LO, "")),
        Arguments.of("%lo:192.0.2.64/26", location("192.0.2.64", 26)),
        Arguments.of("%lo:192.0.2.65/26", location("192.0.2.64", 26)),
        Arguments.of("%lo:172.16/12", location("172.16.0.0", 12)),
        Arguments.of("%lo:2001_db8__/32", location("2001:db8::", 32)),
        Arguments.of("%lo:ffff_ffff__/17", location("ffff:8000::", 17)),
        Arguments.of("%lo:__1", location("::1", 128)));
  }

  private static DataLine location(String address, int bits) {
    return new DataLine.LocationNetwork(
        LO, new Network(Address.parse(address).orElseThrow(), bits));
  }

  @ParameterizedTest
  @MethodSource("linesOfToday")
  void shouldReadLinesOfToday(String line, DataLine expected) throws DataException {
    assertEquals(expected, parse(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "3a:1.2.3.4            | bad IPv6 address 1.2.3.4",
        "6a:2001:db8::1        | bad IPv6 address 2001; an IPv6 address is written with _ for each colon",
        ":a:AAAA:2001:db8::1   | type AAAA: address: not an IPv6 address: 2001; a colon in text is written \\072",
        ":a:CAA:0 iodef \"mailto:x@b\" | type CAA: value: quote without end; a colon in text is written \\072",
        "Sa:b.c:80:1:2         | no IP address; see :fqdn:SRV:priority weight port target",
        "Sa::b.c               | no port; see :fqdn:SRV:priority weight port target",
        "Sa::b.c:http          | no port; see :fqdn:SRV:priority weight port target",
        "Na:1:1:flags\\377:%s | services longer than 255 bytes",
        "_a:3::00              | no selector; see"
            + " :_port._proto.fqdn:TLSA:usage selector type fingerprint",
        "_a:3:1:00:_x          | x starts with _; see"
            + " :_port._proto.fqdn:TLSA:usage selector type fingerprint",
        "_a:3:1:00             | fingerprint has neither 64 nor 128 hexadecimal digits",
        ":a:SRV:               | type SRV: priority: missing",
        ":a:SRV:1 2 65536 b    | type SRV: port: not a number from 0 to 65535: 65536",
        ":a:SRV:1 2 3 b c      | type SRV: more than belongs there: c",
        ":a:SRV:1 2 3 b..c     | type SRV: target: label of 0 bytes in name: b..c",
        ":a:TXT:               | type TXT: no string",
        ":a:TXT:v=DKIM1; p=x   | type TXT: a semicolon starts a comment unless it is in quotes",
        ":a:TYPE731:x          | type TYPE731: data must be in the form \\# length hex",
        ":a:CAA:0 \\351 b    | type CAA: bad tag: \\351",
        ":a:NS:b               | type NS prohibited",
        ":a:TYPE6:b            | type SOA prohibited",
        ":a:axfr:b             | type AXFR prohibited",
        ":a:OPT:b              | type OPT prohibited",
        ":a:ANY:b              | type ANY prohibited",
        ":a:TYPE200:b          | type TYPE200 prohibited",
        ":a:TYPE0:b            | type 0 prohibited",
        "%lo:1.2.3.4/33        | bad prefix 1.2.3.4/33",
        "%lo:1.2.3.4/          | bad prefix 1.2.3.4/",
        "%lo:1.2.3.4.5/8       | bad prefix 1.2.3.4.5/8",
        "%lo:1.2.256/8         | bad prefix 1.2.256/8",
        "%lo:2001_db8_/32      | bad prefix 2001_db8_/32",
        "%lo:__/129            | bad prefix __/129",
        "%lo:/8                | bad prefix /8"
      })
  void shouldSayWhyLinesOfTodayAreRefused(String line, String why) {
    String full = line.replace("%s", "x".repeat(256));
    DataException e = assertThrows(DataException.class, () -> parse(full));
    assertEquals("unable to parse data line 7: " + why, e.getMessage());
  }

  @Test
  void shouldRefuseDataThatTinydnsCannotServe() throws DataException {
    String octets = "00".repeat(32750);
    assertEquals(
        32750, ((DataLine.Generic) parse(":a:TYPE731:\\\\# 32750 " + octets)).rdata().length());
    var e =
        assertThrows(DataException.class, () -> parse(":a:TYPE731:\\\\# 32751 " + octets + "00"));
    assertEquals("unable to parse data line 7: data longer than 32750 bytes", e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void shouldReadEveryKindOfLine(String line, DataLine expected) throws DataException {
    assertEquals(expected, parse(line));
  }

  @ParameterizedTest
  @CsvSource({
    ":a:0:x,0",
    ":a::x,0",
    ":a:x:x,0",
    ":a:2:x,NS",
    ":a:5:x,CNAME",
    ":a:6:x,SOA",
    ":a:12:x,PTR",
    ":a:15:x,MX",
    ":a:252:x,AXFR",
    ":a:65538:x,NS"
  })
  void shouldRefuseTypesThatHaveALineOfTheirOwn(String line, String type) {
    DataException e = assertThrows(DataException.class, () -> parse(line));
    assertEquals("unable to parse data line 7: type " + type + " prohibited", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " +a:1.2.3.4", "\r", "\u00e9", "\u0000", "z", "\"", "c", "D", "~"})
  void shouldRefuseOtherLeadingCharacters(String line) {
    DataException e = assertThrows(DataException.class, () -> parse(line));
    assertEquals("unable to parse data line 7: unrecognized leading character", e.getMessage());
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() throws DataException {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertEquals(255, ((DataLine.Alias) parse("+" + longest)).owner().length());
    DataException name = assertThrows(DataException.class, () -> parse("+" + longest + "a"));
    assertEquals("protocol error", name.getMessage());
    assertThrows(DataException.class, () -> parse("+" + label + "a"));
    assertThrows(DataException.class, () -> parse("." + longest + "::x"));
  }
}
