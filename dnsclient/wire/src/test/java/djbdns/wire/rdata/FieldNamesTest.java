package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import djbdns.wire.RecordType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
  private static String messageOf(String line) {
    int blank = (line + " ").indexOf(' ');
    RecordType type = RecordType.parse(line.substring(0, blank)).orElseThrow();
    return assertThrows(
            MalformedTextException.class, () -> Rdata.parse(type, line.substring(blank), Name.ROOT))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A 192.0.2.256 | address: not an IPv4 address: 192.0.2.256",
        "A | address: missing",
        "AAAA 1.2.3.4 | address: not an IPv6 address: 1.2.3.4",
        "NS a..b | name: label of 0 bytes in name: a..b",
        "SOA a b x 2 3 4 5 | serial: not a number from 0 to 4294967295: x",
        "SOA a b 1 2 3x 4 5 | retry: not a time in seconds: 3x",
        "MX 70000 a | preference: not a number from 0 to 65535: 70000",
        "MX 10 | exchange: missing",
        "MX 10 a b | more than belongs there: b",
        "SRV 1 2 x a | port: not a number from 0 to 65535: x",
        "DS 1 NONE 1 00 | algorithm: not an algorithm: NONE",
        "DNSKEY 256 x 8 AA== | protocol: not a protocol: x",
        "CERT x 0 0 AA== | type: not a certificate type: x",
        "RRSIG A 8 1 60 x 0 1 . AA== | expiration: not a time: x",
        "NAPTR 1 1 x y \\999 . | regexp: bad escape: \\999",
        "WKS 192.0.2.1 tcp nosuch | protocol and ports: not a port: nosuch",
        "TXT a \\999 | text: bad escape: \\999",
        "A \\# x 00 | not a number from 0 to 65535: x",
        "A \\# 2 0102 | bytes that are no data of this type: \\# 2 0102",
        "TYPE731 a | data must be in the form \\# length hex",
        "LOC 0 x 0 E 0 | bad number: x",
      })
  void shouldNameTheFieldThatIsWrong(String line, String message) {
    assertEquals(message, messageOf(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SOA a b 1 2 3 4 x",
        "HINFO a \\999",
        "MX 1 a..b",
        "SRV 1 2 3 a..b",
        "NAPTR 1 2 a b c a..b",
        "DS 1 8 2 xx",
        "SSHFP 1 1 xx",
        "RRSIG A 8 1 60 0 0 1 . !",
        "NSEC a NOTYPE",
        "DNSKEY 256 3 8 !",
        "NSEC3 1 0 0 - 00 NOTYPE",
        "NSEC3PARAM 1 0 0 x",
        "TLSA 3 1 1 xx",
        "SVCB 1 . nosuch=a",
        "CAA 0 a \\999",
        "MINFO a b..c",
        "RP a b..c",
        "TALINK a b..c",
        "AFSDB 1 a..b",
        "RT 1 a..b",
        "KX 1 a..b",
        "L32 1 a",
        "L64 1 a",
        "LP 1 a..b",
        "PX 1 a b..c",
        "WKS 192.0.2.1 nosuch",
        "ISDN a \\999",
        "GPOS 1 2 \\999",
        "A6 64 ::1 a..b",
        "SINK 1 2 3 !",
        "SIG A 8 1 60 20260101000000 20260101000000 1 . !",
        "NXT a NOTYPE",
        "KEY 0 3 8 !",
        "CERT 1 0 0 !",
        "IPSECKEY 1 1 1 192.0.2.1 !",
        "AMTRELAY 1 0 3 a..b",
        "HIP 1 00 AA== a..b",
        "CSYNC 1 1 NOTYPE",
        "ZONEMD 1 1 1 xx",
        "DSYNC A 1 1 a..b",
        "URI 1 1 a",
        "DOA 1 1 1 a !",
        "CDS 1 8 2 xx",
        "SMIMEA 3 1 1 xx",
      })
  void shouldHaveANameForEveryField(String line) {
    RecordType type = RecordType.parse(line.substring(0, line.indexOf(' '))).orElseThrow();
    String last = FieldNames.of(type).getLast();
    String message = messageOf(line);
    assertTrue(message.startsWith(last + ": "), message);
  }
}
