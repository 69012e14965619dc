package djbdns.tinydns;

import java.util.SplittableRandom;

/**
 * Master files of the zone {@link #ZONE} that use everything there is, and are wrong here and
 * there.
 */
final class MasterFileGenerator {
  static final String ZONE = "example.org";

  private static final String HEAD =
      "$TTL 1h\n@ SOA ns hostmaster 1 1h 10m 1w 5m\n@ NS ns.example.\nns A 192.0.2.1\n";

  private final SplittableRandom random;
  private final boolean isBind;
  private final RecordTextGenerator texts;

  /**
   * A generator.
   *
   * @param isBind whether files use what BIND alone knows: {@code $GENERATE}, an origin that is not
   *     absolute, parentheses in parentheses, records outside of the zone
   */
  MasterFileGenerator(SplittableRandom random, boolean isBind) {
    this.random = random;
    this.isBind = isBind;
    texts = new RecordTextGenerator(random.split());
  }

  String next() {
    StringBuilder out = new StringBuilder(random.nextInt(6) == 0 ? HEAD.substring(8) : HEAD);
    for (int i = random.nextInt(14); i >= 0; i--) {
      entry(out);
    }
    if (isBind && random.nextInt(3) == 0) {
      int at = random.nextInt(out.length());
      out.replace(
          at, at + 1, one("", "x", "0", "\"", "(", ")", "\\", ";", " ", ".", "\n", "@", "$"));
    }
    return out.toString();
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void entry(StringBuilder out) {
    switch (random.nextInt(14)) {
      case 0 -> out.append("$TTL ").append(ttl());
      case 1 -> out.append("$ORIGIN ").append(isBind ? name() : absolute());
      case 2 -> generate(out);
      case 3 -> out.append(one(" ", "\t;x", "; a \"comment", "()", " ( ; x\n )"));
      default -> record(out);
    }
    out.append(one("", "", "", " ", "\t; c", ";(")).append(one("\n", "\n", "\n", "\r\n"));
  }

  private String ttl() {
    return one("0", "60", "1h", "1H30M", "2w", "1d12h5m3s", "90S", "2147483647");
  }

  private String label() {
    return one(
        "a", "b", "www", "X", "*", "_tcp", "0", "1-2", "a\\.b", "\\065bc", "s\\;c", "q\\\"t",
        "d\\$", "\\000", "h\\255", "c:d", "a/b", "in", "mx", "p\\(");
  }

  private String name() {
    return switch (random.nextInt(6)) {
      case 0 -> "@";
      case 1 -> label() + "." + label();
      case 2, 3 -> absolute();
      default -> label();
    };
  }

  private String absolute() {
    return switch (random.nextInt(4)) {
      case 0 -> label() + "." + label() + ".example.org.";
      case 1 -> isBind ? "far.example." : "example.org.";
      default -> label() + ".example.org.";
    };
  }

  private String gap(int open) {
    return isBind || open == 0
        ? one(" ", "\t", "  ", " ( ", " (\n", " (;c\n ")
        : one(" ", "\n", "\t;c\n");
  }

  private void record(StringBuilder out) {
    out.append(one("", name(), name(), name())).append(' ');
    out.append(
        switch (random.nextInt(6)) {
          case 0 -> ttl() + " ";
          case 1 -> "IN ";
          case 2 -> ttl() + " IN ";
          case 3 -> "in " + ttl() + " ";
          default -> "";
        });
    if (random.nextInt(5) == 0) {
      out.append(texts.next(random.nextInt(RecordTextGenerator.forms())));
      return;
    }
    StringBuilder data = new StringBuilder();
    int open = 0;
    for (String word : data().split(" ", -1)) {
      String gap = data.isEmpty() ? "" : gap(open);
      open += gap.contains("(") ? 1 : 0;
      data.append(gap).append(word);
    }
    out.append(data).append(one(" ", "\n ").repeat(open > 0 ? 1 : 0)).append(")".repeat(open));
  }

  private String string() {
    return one(
        "plain",
        "\"two_words\"",
        "\"semi;colon\"",
        "\"(paren\"",
        "es\\065c",
        "\"q\\\"q\"",
        "\"\"",
        "\"\\009\\255\"",
        isBind ? "\"unclosed" : "closed",
        "b\\;c",
        "\"x\"\"y\"",
        "\"back\\\\\"",
        "\\\"");
  }

  private String address() {
    return random.nextInt(256) + ".0.2." + random.nextInt(4);
  }

  private String data() {
    return switch (random.nextInt(15)) {
      case 0, 1 -> "A " + address();
      case 2 -> "AAAA " + one("::1", "2001:db8::1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8");
      case 3 -> "MX " + random.nextInt(3) + " " + name();
      case 4 -> "NS far.example.";
      case 5 -> "PTR " + name();
      case 6, 7 -> "TXT " + string() + " " + string();
      case 8 -> "SRV 0 1 " + one("53", "65535") + " " + name();
      case 9 -> "TYPE65300 \\# " + one("0", "3 010203", "3 0102 03");
      case 10 -> "CAA " + one("0", "128") + " issue " + string();
      case 11 -> "HINFO " + string() + " " + string();
      case 12 -> "NAPTR 1 2 \"u\" " + string() + " \"!a!b!\" " + name();
      case 13 -> one("RP " + name() + " " + name(), "SPF " + string(), "AFSDB 1 " + name());
      default ->
          one(
              "HTTPS 1 . alpn=h2",
              "SVCB 0 " + name(),
              "TLSA 3 1 1 0A0b",
              "SSHFP 1 1 " + "0aBc".repeat(10));
    };
  }

  private void generate(StringBuilder out) {
    if (!isBind) {
      return;
    }
    out.append("$GENERATE ").append(one("1-3", "0-8/4", "9-9")).append(' ');
    out.append(one("g$", "g${1}", "g${0,3,d}.h", "${0,3,x}-${0,3,d}", "${0,5,n}", "\\$$.g"));
    out.append(' ')
        .append(one("", "60 ", "IN ", "1h IN "))
        .append(
            one(
                "A 10.0.0.$",
                "A 10.0.${20,2,d}.${1,0,d}",
                "PTR h${0,2,X}.x",
                "CNAME $.y",
                "MX \"1 m$\"",
                "TXT \"\\\"a $ b\\\"\"",
                "AAAA 2001:db8::${0,4,x}"));
  }
}
