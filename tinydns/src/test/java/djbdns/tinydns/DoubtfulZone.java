package djbdns.tinydns;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random master file of the zone {@link #ZONE} that is right, or wrong in one of many ways for
 * which servers refuse zones. Names are few, so that records often meet.
 */
final class DoubtfulZone {
  static final String ZONE = "example.test";

  private static final String SOA = "@ SOA ns1 hostmaster 1 7200 1800 1209600 300";
  private static final String HASH = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom";
  private static final String SIGNED =
      " 8 3 3600 20500101000000 20190923072203 11780 example.test. ";

  /** Records that can be at any name, and beside any other but CNAME. */
  private static final String[] RIGHT = {
    "A 192.0.2.7",
    "A 192.0.2.8",
    "AAAA 2001:db8::7",
    "MX 10 mail.example.net.",
    "MX 0 .",
    "TXT \"some text\"",
    "TXT \"\"",
    "SPF \"v=spf1 -all\"",
    "SRV 0 5 5060 sip.example.net.",
    "CAA 0 issue \"ca.example.net\"",
    "CAA 128 iodef \"\"",
    "PTR host.example.net.",
    "HINFO PC Linux",
    "RP . .",
    "AFSDB 1 a.example.net.",
    "NAPTR 10 20 \"u\" \"E2U+sip\" \"!^(.*)$!sip:\\\\1@example.net!i\" .",
    "NAPTR 10 20 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.net.",
    "TLSA 3 1 1 " + "ab".repeat(32),
    "TLSA 0 0 0 ab",
    "SMIMEA 3 0 0 ab",
    "SSHFP 4 2 " + "ab".repeat(32),
    "SSHFP 1 1 " + "ab".repeat(20),
    "SSHFP 4 3 ab",
    "DS 1 8 1 " + "ab".repeat(20),
    "DS 1 8 2 " + "ab".repeat(32),
    "DS 1 13 4 " + "ab".repeat(48),
    "DS 1 13 7 ab",
    "CDS 0 0 0 00",
    "CDNSKEY 0 3 0 AA==",
    "HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.1",
    "HTTPS 0 www.example.net.",
    "SVCB 1 svc.example.net. port=8443",
    "RRSIG TXT" + SIGNED + "AAAA",
    "NSEC z.example.test. A TXT",
    "LOC 52 22 23 N 4 53 32 E -2m 0m 10000m 10m",
    "LOC 52 N 4 E +5m",
    "RRSIG A 8 3 3600 20500101235960 20190923072203 11780 example.test. AAAA",
    "URI 10 1 \"https://www.example.net/\"",
    "CERT 1 2 8 AAAA",
    "OPENPGPKEY AAAA",
    "DHCID AAAA",
    "EUI48 00-00-5e-00-53-2a",
    "EUI64 00-00-5e-ef-10-00-00-2a",
    "KX 10 kx.example.net.",
    "NID 10 0014:4fff:0000:ee64",
    "L32 10 10.1.2.0",
    "LP 10 l64.example.net.",
    "ZONEMD 1 1 1 " + "ab".repeat(48),
    "CSYNC 66 3 A NS AAAA",
    "TYPE731 \\# 3 010203",
    "TYPE731 \\# 0",
  };

  /** Data that at least one of the others refuses. */
  private static final String[] WRONG_DATA = {
    "TLSA 3 1 1",
    "TLSA \\# 3 030101",
    "SMIMEA 3 0 0",
    "SSHFP 4 2",
    "SSHFP 4 2 abcd",
    "SSHFP 1 1 " + "ab".repeat(21),
    "SSHFP 4 0",
    "DS 1 8 2",
    "DS 1 8 2 abcd",
    "DS 1 8 1 " + "ab".repeat(19),
    "DS 1 13 4 " + "ab".repeat(32),
    "CDS 1 8 2 abcd",
    "DNSKEY 257 3 8",
    "CDNSKEY 257 3 8",
    "RRSIG TXT" + SIGNED,
    "RRSIG TYPE0" + SIGNED + "AAAA",
    "NSEC z.example.test.",
    "NSEC z.example.test. TYPE0",
    "NSEC \\# 6 016100000100",
    "NSEC3 1 0 0 - " + HASH + " A",
    "NAPTR 10 20 \"u\" \"E2U+sip\" \"!^.*$!sip:x@example.net\" .",
    "NAPTR 10 20 \"u\" \"E2U+sip\" \"!^.*$!sip:\\\\1@example.net!\" .",
    "TXT",
    "TXT \\# 2 0561",
    "A \\# 3 c00002",
    "A 192.0.2",
    "AAAA \\# 4 c0000201",
    "MX \\# 2 0000",
    "SRV \\# 6 000000000000",
    "SRV 0 5 5060",
    "HINFO \\# 3 025043",
    "HINFO PC",
    "CAA \\# 2 0000",
    "CAA 0 is-sue \"x\"",
    "SVCB \\# 8 0001000003000101",
    "HTTPS 1 . port=8443 port=8444",
    "HTTPS 1 . mandatory=alpn",
    "RP .",
    "PTR a.example.net. b.example.net.",
    "LOC \\# 1 00",
    "LOC \\# 16 " + "ff".repeat(16),
    "CERT 1 2 8",
    "EUI48 \\# 5 0000000000",
    "L32 \\# 5 0001c00002",
    "ZONEMD 1 1 1 abcd",
    "ZONEMD \\# 6 000000010101",
    "X25 abc",
    "OPENPGPKEY \\# 0",
    "DHCID \\# 0",
    "MD a.example.net.",
    "OPT \\# 0",
    "ANY \\# 0",
    "TYPE250 \\# 1 00",
  };

  private final SplittableRandom random;
  private final List<String> lines = new ArrayList<>();

  DoubtfulZone(long seed) {
    random = new SplittableRandom(seed);
    boolean right = random.nextInt(3) == 0;
    int wrongWay = right ? -1 : random.nextInt(16);
    apex(wrongWay);
    for (int i = random.nextInt(12); i > 0; i--) {
      add(name(), pick(RIGHT));
    }
    pairs();
    wrong(wrongWay);
  }

  /** The file as text. */
  String text() {
    return "$TTL 3600\n" + String.join("\n", lines) + "\n";
  }

  private void apex(int wrongWay) {
    if (wrongWay != 0) {
      lines.add(SOA);
    }
    switch (wrongWay) {
      case 1 -> add("sub", "NS ns.example.net.");
      case 2 -> {
        add("@", "NS ns");
        add("ns", pick("CNAME ns1.example.net.", "TXT \"no address\"", "AAAA 2001:db8::53"));
      }
      case 3 -> {
        add("@", "NS ns.tree");
        add("tree", "DNAME other.example.net.");
      }
      case 4 -> add("@", "NS nowhere");
      default -> {
        add("@", pick("NS ns1", "NS ns1.example.net."));
        add("ns1", pick("A 192.0.2.1", "AAAA 2001:db8::1"));
      }
    }
  }

  /** Records that are right together, at names of their own. */
  private void pairs() {
    if (random.nextBoolean()) {
      add("alias", pick("CNAME a", "CNAME www.example.net.", "CNAME alias", "CNAME x.redirect"));
    }
    if (random.nextInt(4) == 0) {
      add(HASH, "CNAME a");
      add(HASH, "NSEC3 1 0 0 - " + HASH + " CNAME");
      add(HASH, "NSEC z.example.test. CNAME");
      add(HASH, "RRSIG CNAME" + SIGNED + "AAAA");
    }
    if (random.nextBoolean()) {
      add("redirect", pick("DNAME target.example.net.", "DNAME a", "DNAME x.redirect"));
      add("redirect", pick("A 192.0.2.9", "TXT \"beside DNAME\""));
    }
    if (random.nextBoolean()) {
      add("sub", pick("NS ns.sub", "NS ns.example.net."));
      add("sub", "DS 1 8 1 " + "ab".repeat(20));
      add("ns.sub", "A 192.0.2.53");
      add(pick("x.sub", "ns.sub", "sub"), pick("A 192.0.2.54", "TXT \"occluded\""));
    }
    if (random.nextInt(4) == 0) {
      add(pick("*", "*.w", "x.*"), pick("A 192.0.2.10", "MX 1 a", "DNAME a.example.net."));
    }
  }

  private void wrong(int way) {
    switch (way) {
      case 5 -> {
        String name = name();
        add(name, "CNAME one");
        add(name, "CNAME two");
      }
      case 6 -> {
        String name = name();
        add(name, "DNAME one.example.net.");
        add(name, "DNAME two.example.net.");
      }
      case 7 -> {
        String name = name();
        add(name, pick(RIGHT));
        add(name, "CNAME www.example.net.");
      }
      case 8 -> add("@", "DS 1 8 1 " + "ab".repeat(20));
      case 9 -> add(pick("*", "*.sub", "*.x"), "NS ns.example.net.");
      case 10 -> add(pick("@", "a"), "SOA ns1 hostmaster 2 7200 1800 1209600 300");
      case 11 -> add(pick("x", "@", "*"), "NSEC3 1 0 0 - " + HASH + " A");
      default -> {
        if (way > 11) {
          add(name(), pick(WRONG_DATA));
        }
      }
    }
  }

  private void add(String owner, String record) {
    lines.add(owner + " IN " + record);
  }

  private String name() {
    return pick("a", "b", "www", "x.b", "y.x.b", "*", "*.w", "_s._tcp");
  }

  private String pick(String... from) {
    return from[random.nextInt(from.length)];
  }
}
