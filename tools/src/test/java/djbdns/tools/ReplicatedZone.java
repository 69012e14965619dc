package djbdns.tools;

import djbdns.tools.Dig.Asked;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A zone with a record of every type and a name of every kind, which all servers are able to
 * publish, as lines for tinydns-data; and the questions that it is to be judged by.
 *
 * @param name without a final dot
 */
record ReplicatedZone(String name) {
  private static final String DIGEST =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private static final String LINES =
      """
      ZZONE:ns1.ZONE:hostmaster.ZONE:SERIAL:3600:1800:604800:300:7200
      &ZONE:192.0.2.1:ns1.ZONE:3600
      &ZONE::ns.elsewhere.example:3600
      +ns1.ZONE:2001_db8__1:3600
      @ZONE:192.0.2.20:mail.ZONE:10:3600
      @ZONE::mail.elsewhere.example:20:3600
      :ZONE:TXT:"v=spf1 -all" "a second string":3600
      :ZONE:CAA:0 issue "ca.example":3600
      :ZONE:HTTPS:1 . alpn=h2,h3 ipv4hint=192.0.2.10:3600
      =www.ZONE:192.0.2.10:600
      +www.ZONE:192.0.2.11:600
      +www.ZONE:2001_db8__10:601
      :www.ZONE:SSHFP:4 2 DIGEST:600
      :www.ZONE:HTTPS:0 ZONE.:600
      :long.ZONE:TXT:"LONG":600
      'old.ZONE:a text of 1.05, with a colon\\072 and a byte\\001:600
      Calias.ZONE:www.ZONE:600
      Cchain.ZONE:alias.ZONE:600
      Cfar.ZONE:www.elsewhere.example:600
      Cdangling.ZONE:nothing.ZONE:600
      ^ptr.ZONE:www.ZONE:600
      :_sip._udp.ZONE:SRV:0 5 5060 www.ZONE:600
      :naptr.ZONE:NAPTR:100 10 "U" "E2U+sip" "!^.*$!sip\\072info@ZONE!" .:600
      :_25._tcp.mail.ZONE:TLSA:3 1 1 DIGEST:600
      :_dns.ZONE:SVCB:1 ns1.ZONE alpn=dot port=853:600
      &child.ZONE:192.0.2.53:ns.child.ZONE:3600
      +ns.child.ZONE:2001_db8__53:3600
      &child.ZONE::ns.elsewhere.example:3600
      :child.ZONE:DS:12345 13 2 DIGEST:600
      &unsigned.ZONE::ns.elsewhere.example:3600
      Cinto.ZONE:www.child.ZONE:600
      :tree.ZONE:DNAME:tree.elsewhere.example:600
      :branch.ZONE:DNAME:twig.ZONE:600
      'branch.ZONE:not redirected:600
      +www.twig.ZONE:192.0.2.40:600
      Cbytree.ZONE:www.branch.ZONE:600
      +*.wild.ZONE:192.0.2.30:600
      '*.wild.ZONE:wild:600
      +taken.wild.ZONE:192.0.2.31:600
      C*.wildalias.ZONE:www.ZONE:600
      @*.wildmail.ZONE::mail.ZONE:10:600
      +a.b.ent.ZONE:192.0.2.50:600
      :odd.ZONE:65280:\\001\\002\\377:600
      +version-SERIAL.ZONE:192.0.2.60:600
      """;

  private static final List<String> NAMES =
      List.of(
          "ns1 mail www long old alias chain far dangling ptr _udp _sip._udp naptr _tcp.mail",
          "_25._tcp.mail _dns child ns.child unsigned into tree branch twig www.twig bytree",
          "wild *.wild taken.wild wildalias wildmail ent b.ent a.b.ent odd",
          "version-1 version-2 version-3");

  private static final List<String> TYPES =
      List.of(
          "A",
          "NS",
          "SOA",
          "MX",
          "TXT",
          "CNAME",
          "PTR",
          "AAAA",
          "SRV",
          "NAPTR",
          "CAA",
          "TLSA",
          "SSHFP",
          "DS",
          "SVCB",
          "HTTPS",
          "DNAME",
          "TYPE65280");

  /** Enough for names that have nothing of their own. */
  private static final List<String> TYPES_BELOW = List.of("A", "TXT", "NS", "DS", "SOA");

  /** The reverse zone that the "=" line's PTR record is in. */
  static final String REVERSE = "2.0.192.in-addr.arpa";

  /** Lines of the reverse zone. */
  static String reverseData(int serial) {
    return """
    Z2.0.192.in-addr.arpa:ns1.elsewhere.example:hostmaster.elsewhere.example:SERIAL:3600:1800:604800:300:7200
    &2.0.192.in-addr.arpa::ns1.elsewhere.example:3600
    ^20.2.0.192.in-addr.arpa:mail.elsewhere.example:600
    C64.2.0.192.in-addr.arpa:64.64-26.2.0.192.in-addr.arpa:600
    &64-26.2.0.192.in-addr.arpa::ns.customer.example:3600
    """
        .replace("SERIAL", "" + serial);
  }

  /** Lines of a version, which has a name of its own. */
  String data(int serial) {
    return LINES
        .replace("ZONE", name)
        .replace("SERIAL", "" + serial)
        .replace("DIGEST", DIGEST)
        .replace("LONG", "long text ".repeat(40));
  }

  /** Every name of the zone with every type, and names beside and below each. */
  List<Asked> questions() {
    Set<String> names = new LinkedHashSet<>(List.of(name));
    NAMES.stream()
        .flatMap(line -> Stream.of(line.split(" ", -1)))
        .map(label -> label + "." + name)
        .forEach(names::add);
    List<Asked> questions = new ArrayList<>();
    for (String each : names) {
      TYPES.forEach(type -> questions.add(new Asked(each, type)));
      for (String type : TYPES_BELOW) {
        questions.add(new Asked("x." + each, type));
        questions.add(new Asked("x.y." + each, type));
      }
    }
    // Redirected to a name that is too long.
    String label = "l".repeat(60) + ".";
    questions.add(new Asked(label.repeat(3) + "l".repeat(40) + ".tree." + name, "A"));
    return questions;
  }

  /** The same for the reverse zone. */
  static List<Asked> reverseQuestions() {
    return Stream.of("", "10.", "11.", "20.", "64.", "64-26.", "1.64-26.", "x.20.")
        .flatMap(label ->
            Stream.of("PTR", "A", "NS", "SOA", "CNAME", "DS")
                .map(type -> new Asked(label + REVERSE, type)))
        .toList();
  }
}
