package djbdns.tinydns;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/** Types and texts of record data, most of them right. */
final class RecordTextGenerator {
  /**
   * A type and its fields: {@code u8 u16 u32}; {@code a4 a6} addresses; {@code n} names; {@code s}
   * strings; {@code h b} hexadecimal and base64, with the most bytes; others are what {@link
   * #field} and {@link #sized} say.
   */
  private static final List<String> FORMS =
      List.of(
          "ZONEMD u32 u8 zonemd",
          "LOC loc",
          "URI u16 u16 quoted",
          "CERT cert u16 alg b30",
          "OPENPGPKEY b40",
          "SMIMEA u8 u8 u8 h32",
          "EUI48 eui6",
          "EUI64 eui8",
          "KEY flags proto alg b20",
          "RKEY zero proto alg b20",
          "CDNSKEY flags proto alg b20",
          "CDS u16 alg digest",
          "DLV u16 alg digest",
          "TA u16 alg digest",
          "SIG type alg u8 u32 date date u16 n b20",
          "NXT n oldtypes",
          "CSYNC u32 u16 types",
          "X25 x25",
          "ISDN s",
          "ISDN s s",
          "GPOS s s s",
          "RT u16 n",
          "AFSDB u16 n",
          "KX u16 n",
          "PX u16 n n",
          "LP u16 n",
          "RP n n",
          "MINFO n n",
          "TALINK n n",
          "MB n",
          "MG n",
          "MR n",
          "NSAP-PTR n",
          "NSAP nsap",
          "ATMA atma",
          "EID h9",
          "NIMLOC h9",
          "WKS a4 ipproto ports",
          "A6 a6form",
          "APL apl",
          "SINK u8 u8 u8 b9",
          "IPSECKEY u8 gateway",
          "AMTRELAY u8 relay",
          "HIP u8 h16 b30 names",
          "NID u16 locator",
          "L64 u16 locator",
          "L32 u16 a4",
          "DSYNC type scheme u16 n",
          "DHCID b30",
          "HHIT b30",
          "BRID b30",
          "SPF s s",
          "NINFO s",
          "AVC s",
          "RESINFO s s",
          "WALLET s s",
          "DOA u32 u32 u8 s doa",
          "SVCB u16 n doh",
          "TLSA u8 u8 u8 h32",
          "DNSKEY flags proto alg b20",
          "DS u16 alg digest",
          "RRSIG type alg u8 u32 date date u16 n b20",
          "MD n",
          "MX u16 n",
          "SRV u16 u16 u16 n",
          "HINFO s s");

  private final SplittableRandom random;

  RecordTextGenerator(SplittableRandom random) {
    this.random = random;
  }

  /** The number of different forms. */
  static int forms() {
    return FORMS.size();
  }

  /**
   * A type, a blank, and the text of data.
   *
   * @param form counts the forms, from 0
   */
  String next(int form) {
    String[] fields = FORMS.get(form).split(" ", -1);
    StringJoiner words = new StringJoiner(" ");
    for (int i = 1; i < fields.length; i++) {
      words.add(random.nextInt(60) == 0 ? odd() : field(fields[i]));
    }
    if (random.nextInt(30) == 0) {
      words.add(odd());
    }
    String text = words.toString();
    int lastBlank = text.lastIndexOf(' ');
    boolean isCut = random.nextInt(30) == 0 && lastBlank > 0;
    return fields[0] + " " + (isCut ? text.substring(0, lastBlank) : text);
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String odd() {
    return one("", "0", "256", "65536", "4294967296", "x", "AA==", "00", ".", "-1", "TCP", "1.5");
  }

  private String number(long max) {
    return switch (random.nextInt(8)) {
      case 0 -> "0";
      case 1 -> Long.toString(max);
      case 2 -> random.nextInt(4) == 0 ? Long.toString(max + 1) : "007";
      default -> Long.toString(random.nextLong(max + 1));
    };
  }

  private String field(String kind) {
    return switch (kind) {
      case "u8" -> number(0xff);
      case "u16" -> number(0xffff);
      case "u32" -> number(0xffffffffL);
      case "zero" -> one("0", "0", "0", "1");
      case "a4" -> random.nextInt(256) + "." + random.nextInt(2) + ".2." + random.nextInt(4);
      case "n" -> name();
      case "names" -> one("", name(), name() + " " + name());
      case "s" -> string();
      case "quoted" -> one("\"\"", "\"a b;c\\\"\\\\\"", "\"h\\233://\\000\"", "plain");
      case "alg" ->
          one("8", "RSASHA256", "ecdsap256sha256", "ED25519", "PRIVATEOID", "200", "NSEC3RSASHA1");
      case "flags" -> one("256", "257", "ZONE|KSK", "0", "zone", "49152", "NOKEY", "HOST|SIG15");
      case "proto" -> one("3", "DNSSEC", "255", "ALL", "0");
      case "cert" -> one("PGP", "pkix", "URI", "4", "200", "65535", "IACPKIX");
      case "scheme" -> one("NOTIFY", "notify", "1", "0", "255");
      case "type" -> one("A", "cds", "TYPE65280", "258", "TYPE1", "65281");
      case "types" -> one("", "A NS", "AAAA TYPE65535 MX TYPE1", "TYPE256 A");
      case "oldtypes" -> one("", "A NXT", "TYPE127 A", "SIG KEY MX");
      case "date" -> one("20300101000000", "19700101000001", "20240229235959", "20230229000000");
      case "locator" -> one("14:4fff:ff20:ee64", "0:0:0:0", "2001:0DB8:1140:1000", "1:2:3");
      case "ipproto" -> one("6", "17", "0", "255");
      case "ports" -> one("", "25 80", "0 6553");
      case "x25" -> one("311061700956", "1234", "\"123456\"", "123");
      case "nsap" -> one("0x47.0005.80", "0X00", "0xabC", "0x4.7");
      case "atma" -> one("+61.2.0000", "39246f.00", "+1", "0a", "+1..2");
      case "doa" -> one("-", base64(9), "AA ==");
      default -> sized(kind);
    };
  }

  private String sized(String kind) {
    return switch (kind) {
      case "zonemd" ->
          one("1 " + hex(48), "2 " + hex(64), "240 " + hex(12 + random.nextInt(9)), "3 " + hex(11));
      case "digest" ->
          one(
              "1 " + hex(20),
              "SHA-256 " + hex(32),
              "sha384 " + hex(48),
              "9 " + hex(3),
              "2 " + hex(31));
      case "eui6" -> dashed(6);
      case "eui8" -> dashed(8);
      case "loc" -> location();
      case "a6form" -> a6();
      case "apl" -> networks();
      case "gateway" -> gateway(number(0xff) + " ", " " + base64(12));
      case "relay" -> one("0 ", "1 ") + gateway("", "");
      case "doh" -> one("", "alpn=h2 dohpath=/q{?dns}", "dohpath=/q", "key7=\"/{&dns}\"");
      default -> {
        int bytes = Integer.parseInt(kind.substring(1));
        int usual = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(bytes);
        yield kind.startsWith("h") ? hex(usual) : base64(usual);
      }
    };
  }

  private String name() {
    return one("a", "@", ".", "Www.Example.", "x\\.y", "\\000\\255.b", "_s.a", "a..b");
  }

  private String string() {
    return one(
        "word",
        "\"two words\"",
        "\"\"",
        "\"\\\"\\\\\\200;\"",
        "a\\;b",
        "\"" + "l".repeat(255 + random.nextInt(2)) + "\"");
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private String hex(int length) {
    String digits = HexFormat.of().formatHex(bytes(length));
    return random.nextBoolean() ? digits : digits.toUpperCase(Locale.ROOT);
  }

  private String base64(int length) {
    String text = Base64.getEncoder().encodeToString(bytes(length));
    return random.nextInt(12) == 0 ? text.replace("=", "") : text;
  }

  private String dashed(int length) {
    String digits =
        HexFormat.ofDelimiter("-").formatHex(bytes(random.nextInt(9) == 0 ? 5 : length));
    return random.nextInt(3) == 0 ? digits.replace("-0", "-") : digits;
  }

  private String location() {
    return angle(91, "N", "S")
        + " "
        + angle(181, "E", "W")
        + " "
        + one("0", "-2.00m", "10.5", "42849672.95m", "-100000m", ".5m", "7.")
        + one("", " 1m", " 0 0.09", " 12.3 456 90000000m", " 1 2 3 4");
  }

  private String angle(int degrees, String plus, String minus) {
    String whole = Integer.toString(random.nextInt(degrees));
    String minutes = " " + random.nextInt(60);
    return whole
        + one("", minutes, minutes + " " + one("5", "59.999", "0.01", "60", ".5", "1.2345"))
        + " "
        + one(plus, minus);
  }

  private String ipv6() {
    return one("2001:db8::1", "::", "FF00::", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8");
  }

  private String a6() {
    int bits = Integer.parseInt(one("0", "64", "128", Integer.toString(random.nextInt(130))));
    return bits + (bits == 128 ? "" : " " + ipv6()) + (bits == 0 ? "" : " " + name());
  }

  private String networks() {
    StringJoiner list = new StringJoiner(" ");
    for (int i = random.nextInt(4); i > 0; i--) {
      String network =
          random.nextBoolean()
              ? "1:" + field("a4") + "/" + random.nextInt(34)
              : "2:" + ipv6() + "/" + random.nextInt(130);
      list.add(one("", "!") + network);
    }
    return list.toString();
  }

  private String gateway(String algorithm, String key) {
    String which =
        switch (random.nextInt(5)) {
          case 0 -> "0 " + algorithm + ".";
          case 1 -> "1 " + algorithm + field("a4");
          case 2 -> "2 " + algorithm + ipv6();
          case 3 -> "3 " + algorithm + name();
          default -> random.nextInt(5) + " " + algorithm + one(".", "192.0.2.1", "::1");
        };
    return which + key;
  }
}
