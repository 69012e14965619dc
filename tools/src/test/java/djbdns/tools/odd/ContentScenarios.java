package djbdns.tools.odd;

import djbdns.tools.odd.Scenario.Server;
import djbdns.tools.odd.Scenario.Topic;
import djbdns.tools.odd.Scenario.ZoneText;
import djbdns.wire.Header;
import djbdns.wire.Rcode;
import java.util.ArrayList;
import java.util.List;

/** Record sets and aliases at their limits. */
final class ContentScenarios {
  private ContentScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(Scenarios.of(large()));
    all.addAll(aliases());
    return all;
  }

  private static List<Kind> large() {
    List<Kind> kinds = new ArrayList<>();
    for (int count : List.of(499, 600, 2000, 4000)) {
      StringBuilder records = new StringBuilder();
      for (int i = 0; i < count; i++) {
        records.append("many.odd A 192.0." + (i >> 8) + "." + (i & 0xff) + "\n");
      }
      Expected whole = Expected.count("A", count);
      kinds.add(
          kind(
              "large-a-" + count,
              count + " A records",
              records.toString(),
              "many.odd",
              "A",
              whole));
    }
    for (int bytes : List.of(30_000, 34_000, 50_000, 60_000)) {
      kinds.add(
          kind(
              "large-txt-" + bytes,
              bytes + " bytes of TXT",
              "text.odd TXT " + Scenarios.text(bytes),
              "text.odd",
              "TXT",
              Expected.textBytes(bytes)));
    }
    return kinds;
  }

  private static Kind kind(
      String id, String text, String records, String name, String type, Expected whole) {
    return Kind.of(
        id,
        Topic.LARGE,
        text + ", twice, the second time from the cache",
        records,
        Behaviour.GOOD,
        List.of(new Step.Ask(name, type, whole), new Step.AskCached(name, type, whole)));
  }

  private static Scenario scenario(
      String id, String text, String records, Behaviour behaviour, Step... steps) {
    String delegation = "odd NS ns.odd\nns.odd A {2}\nother NS ns.other\nns.other A {2}\n";
    String other = "other NS ns.other\nns.other A {2}\nback.other CNAME far.odd\n";
    return Scenario.of(
        id,
        Topic.ALIASES,
        text,
        List.of(
            Server.good(new ZoneText("", delegation)),
            Server.of(
                behaviour,
                new ZoneText("odd", "odd NS ns.odd\nns.odd A {2}\n" + records),
                new ZoneText("other", other))),
        List.of(steps));
  }

  /** The answer to two equal questions, since the second is another way. */
  private static Step[] twice(String name, Expected expected) {
    return new Step[] {new Step.Ask(name, "A", expected), new Step.Ask(name, "A", expected)};
  }

  private static List<Scenario> aliases() {
    String label = "x".repeat(60);
    String tooLong = "d.odd DNAME " + (label + ".").repeat(3) + "odd\n";
    String below = "y".repeat(50) + "." + "z".repeat(50) + ".d.odd";
    Expected overlong = Expected.yxdomain().and(Expected.once("DNAME", 1));
    return List.of(
        scenario(
            "dname-too-long",
            "a DNAME makes too long a name; YXDOMAIN",
            tooLong,
            Behaviour.GOOD,
            twice(below, overlong)),
        scenario(
            "dname-too-long-noerror",
            "a DNAME makes too long a name; NOERROR and the DNAME",
            tooLong,
            query ->
                query.answer().rcode().equals(Rcode.YXDOMAIN)
                    ? query.send(query.response(Header.AA, query.answer().answers(), List.of()))
                    : query.rightly(),
            twice(below, overlong)),
        scenario(
            "cname-self",
            "a CNAME of itself",
            "c.odd CNAME c.odd\n",
            Behaviour.GOOD,
            twice("c.odd", Expected.once("CNAME", 1))),
        scenario(
            "cname-pair",
            "two CNAMEs of each other",
            "c.odd CNAME d.odd\nd.odd CNAME c.odd\n",
            Behaviour.GOOD,
            twice("c.odd", Expected.once("CNAME", 2))),
        scenario(
            "cname-tail",
            "a CNAME that leads into a pair",
            "b.odd CNAME c.odd\nc.odd CNAME d.odd\nd.odd CNAME c.odd\n",
            Behaviour.GOOD,
            twice("b.odd", Expected.once("CNAME", 3))),
        scenario(
            "cname-zones",
            "two CNAMEs of each other in two zones",
            "far.odd CNAME back.other\n",
            Behaviour.GOOD,
            twice("far.odd", Expected.once("CNAME", 2))),
        scenario(
            "dname-pair",
            "two DNAMEs of each other",
            "e.odd DNAME f.odd\nf.odd DNAME e.odd\n",
            Behaviour.GOOD,
            twice("www.e.odd", Expected.once("DNAME", 2))),
        scenario(
            "dname-below",
            "a DNAME to a name below it",
            "e.odd DNAME f.e.odd\n",
            Behaviour.GOOD,
            twice("www.e.odd", Expected.once("DNAME", 1))));
  }
}
