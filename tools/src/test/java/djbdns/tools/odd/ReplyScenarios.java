package djbdns.tools.odd;

import static djbdns.tools.odd.Behaviours.ofType;
import static djbdns.tools.odd.Behaviours.saying;
import static djbdns.tools.odd.Behaviours.towards;
import static djbdns.tools.odd.Behaviours.unknownNames;
import static djbdns.tools.odd.Scenarios.address;
import static djbdns.tools.odd.Scenarios.spare;

import djbdns.tools.odd.Scenario.Topic;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Rcode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Silence to some questions, and replies that are not what they should be. */
final class ReplyScenarios {
  private static final int TEXT_BYTES = 900;

  private ReplyScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(Scenarios.of(silence()));
    all.addAll(Scenarios.of(edns()));
    all.addAll(Scenarios.of(withoutQuestion()));
    all.addAll(Scenarios.of(oneType()));
    all.addAll(Scenarios.of(minimised()));
    all.addAll(Scenarios.of(letterCase()));
    return all;
  }

  private static String lower(Object text) {
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /** Honest questions after and while others are badly answered. */
  private static List<Step> beside(String oddName, String type) {
    return List.of(
        new Step.AskAnyway(oddName, type),
        spare(1),
        new Step.Begin("x" + oddName, type),
        new Step.Pause(1000),
        spare(2),
        new Step.AskAnyway("y" + oddName, type),
        spare(3),
        spare(4));
  }

  private static List<Kind> silence() {
    List<Kind> kinds = new ArrayList<>();
    for (String type : List.of("HTTPS", "AAAA")) {
      String rest = " to " + type + "; A of other names";
      Map<String, Behaviour> ways = new LinkedHashMap<>();
      ways.put("silent", Behaviour.SILENT);
      ways.put("wrong ID", Behaviours.withWrongId());
      ways.put("another question", Behaviours.toAnotherQuestion());
      for (Rcode rcode : List.of(Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR)) {
        ways.put(rcode.toString(), saying(rcode));
      }
      ways.forEach((way, odd) ->
          kinds.add(
              Kind.of(
                  "type-" + lower(type + "-" + way.replace(' ', '-')),
                  Topic.SILENCE,
                  way + rest,
                  "",
                  towards(ofType(type), odd),
                  beside("first.odd", type))));
    }
    kinds.add(
        Kind.of(
            "silent-unknown",
            Topic.SILENCE,
            "silent to names that it does not have; A of others",
            "",
            towards(unknownNames(), Behaviour.SILENT),
            beside("missing.odd", "A")));
    return kinds;
  }

  private static List<Kind> edns() {
    Map<String, Behaviour> ways = new LinkedHashMap<>();
    byte[] none = {};
    byte[] opt = Bytes.ofHex("0000290200000000000000").toArray();
    for (Rcode rcode : List.of(Rcode.FORMERR, Rcode.NOTIMP)) {
      ways.put(rcode + " with the question", Behaviours.sayingWithoutOpt(rcode));
      ways.put(rcode + " with question and OPT", saying(rcode));
    }
    ways.put("FORMERR of 12 bytes", Behaviours.headerOnly(Rcode.FORMERR, none, 0, 0));
    ways.put("FORMERR of 12 bytes, QDCOUNT 1", Behaviours.headerOnly(Rcode.FORMERR, none, 1, 0));
    ways.put("FORMERR of 13 bytes", Behaviours.headerOnly(Rcode.FORMERR, new byte[1], 0, 0));
    ways.put("FORMERR of 23 bytes, an OPT", Behaviours.headerOnly(Rcode.FORMERR, opt, 0, 1));
    ways.put("FORMERR of 23 bytes, ARCOUNT 0", Behaviours.headerOnly(Rcode.FORMERR, opt, 0, 0));
    ways.put("FORMERR of 512 bytes", Behaviours.headerOnly(Rcode.FORMERR, new byte[500], 0, 0));
    ways.put("NOTIMP of 12 bytes", Behaviours.headerOnly(Rcode.NOTIMP, none, 0, 0));
    ways.put("ARCOUNT 1, no OPT", Behaviours.lyingAboutAdditional(1));
    ways.put("ARCOUNT 2, no OPT", Behaviours.lyingAboutAdditional(2));
    ways.put("ARCOUNT 0, an OPT", Behaviours.hidingOpt());
    ways.put("two OPT records", Behaviours.withTwoOpts());
    ways.put("OPT in the authority section", Behaviours.withOptInAuthority());
    ways.put("OPT in the answer section", Behaviours.withOptInAnswer());
    ways.put("BADVERS", Behaviours.badVersion());
    List<Kind> kinds = new ArrayList<>();
    ways.forEach((way, odd) -> kinds.add(edns(way, odd)));
    // Whoever gives up is right: these say nothing of EDNS.
    Expected either = Expected.address("192.0.2.1").or(Expected.servfail());
    List<Step> alone = List.of(new Step.Ask("spare1.odd", "A", either));
    List<Step> helped = List.of(spare(1), spare(2));
    kinds.add(edns("silent", Behaviour.SILENT).with(alone, helped));
    kinds.add(edns("SERVFAIL", saying(Rcode.SERVFAIL)).with(alone, helped));
    return kinds;
  }

  private static Kind edns(String way, Behaviour odd) {
    return Kind.of(
        "edns-" + lower(way.replaceAll("[ ,]+", "-")),
        Topic.EDNS,
        "to EDNS: " + way,
        "",
        towards(Query::hasEdns, odd),
        List.of(spare(1), spare(2)));
  }

  /** There is no saying what they answer: who fails on them is right, sooner than later. */
  private static List<Kind> withoutQuestion() {
    Expected given = Expected.address("192.0.2.1").or(Expected.servfail());
    List<Step> alone = List.of(new Step.Ask("spare1.odd", "A", given));
    List<Step> helped = List.of(spare(1), spare(2), spare(3));
    return List.of(
        Kind.of(
                "no-question",
                Topic.EDNS,
                "every answer without its question",
                "",
                Behaviours.withoutQuestion(),
                List.of())
            .with(alone, helped),
        Kind.of(
                "header-only",
                Topic.EDNS,
                "every answer is 12 bytes, NOERROR",
                "",
                Behaviours.headerOnly(Rcode.NOERROR, new byte[0], 0, 0),
                List.of())
            .with(List.of(new Step.Ask("spare1.odd", "A", Expected.servfail())), helped));
  }

  /** What one type is answered with must not cost the size that EDNS gives to others. */
  private static List<Kind> oneType() {
    String records = "text.odd TXT " + Scenarios.text(TEXT_BYTES);
    List<Step> steps =
        List.of(
            new Step.AskAnyway("first.odd", "HTTPS"),
            spare(1),
            new Step.Ask("text.odd", "TXT", Expected.textBytes(TEXT_BYTES)));
    List<Kind> kinds = new ArrayList<>();
    for (Rcode rcode : List.of(Rcode.NOTIMP, Rcode.FORMERR)) {
      for (boolean hasOpt : List.of(true, false)) {
        Behaviour odd =
            towards(ofType("HTTPS"), hasOpt ? saying(rcode) : Behaviours.sayingWithoutOpt(rcode));
        String with = hasOpt ? " with OPT" : " without OPT";
        kinds.add(
            Kind.of(
                "large-after-" + lower(rcode) + (hasOpt ? "-opt" : ""),
                Topic.EDNS,
                rcode + with + " to HTTPS, no TCP; then 900 bytes of TXT",
                records,
                query -> query.overTcp() ? Reaction.hangingUp() : odd.to(query),
                steps));
      }
    }
    return kinds;
  }

  private static List<Kind> minimised() {
    Map<String, Behaviour> ways = new LinkedHashMap<>();
    ways.put("silent", Behaviour.SILENT);
    ways.put("4 bytes", Behaviours.cutTo(4));
    ways.put("a header alone", Behaviours.headerOnly(Rcode.NOERROR, new byte[0], 0, 0));
    ways.put("NOERROR, empty, AA", Behaviours.empty(Header.AA));
    ways.put("NOERROR, empty", Behaviours.empty(0));
    ways.put("referral to the root", Behaviours.referringUp(0, 0));
    for (Rcode rcode :
        List.of(
            Rcode.SERVFAIL,
            Rcode.FORMERR,
            Rcode.NOTIMP,
            Rcode.REFUSED,
            Rcode.NXDOMAIN,
            Rcode.NOTAUTH)) {
      ways.put(rcode.toString(), saying(rcode));
    }
    List<Kind> kinds = new ArrayList<>();
    ways.forEach((way, odd) ->
        kinds.add(
            Kind.of(
                "minimised-" + lower(way.replaceAll("[ ,]+", "-")),
                Topic.MINIMISATION,
                "to names without records: " + way + "; A four labels below",
                """
                a.3.2.1.odd A 192.0.2.11
                b.3.2.1.odd A 192.0.2.12
                a.4.2.1.odd A 192.0.2.13
                """,
                towards(unknownNames(), odd),
                List.of(
                    address("a.3.2.1.odd", "192.0.2.11"),
                    address("b.3.2.1.odd", "192.0.2.12"),
                    address("a.4.2.1.odd", "192.0.2.13")))));
    kinds.add(
        Kind.of(
            "minimised-denied-txt",
            Topic.MINIMISATION,
            "NXDOMAIN where only the type is missing; TXT of a name and below it",
            "x.odd TXT \"above\"\nleaf.x.odd TXT \"below\"\ntwig.x.odd TXT \"beside\"\n",
            Behaviours.denyingNames(),
            List.of(
                new Step.Ask("leaf.x.odd", "TXT", Expected.data("TXT", "\"below\"")),
                new Step.Ask("x.odd", "TXT", Expected.data("TXT", "\"above\"")),
                new Step.Ask("twig.x.odd", "TXT", Expected.data("TXT", "\"beside\"")))));
    return kinds;
  }

  private static List<Kind> letterCase() {
    Map<String, Behaviour> ways = new LinkedHashMap<>();
    ways.put("silent", Behaviour.SILENT);
    for (Rcode rcode : List.of(Rcode.REFUSED, Rcode.SERVFAIL, Rcode.FORMERR, Rcode.NOTIMP)) {
      ways.put(rcode.toString(), saying(rcode));
    }
    ways.put("an answer in small letters", Behaviours.inSmallLetters());
    List<Kind> kinds = new ArrayList<>();
    ways.forEach((way, odd) ->
        kinds.add(
            Kind.of(
                "case-" + lower(way.replace(' ', '-')),
                Topic.LETTER_CASE,
                "to capitals: " + way,
                "",
                towards(Query::hasCapitals, odd),
                List.of(spare(1), spare(2), spare(3)))));
    kinds.add(caseAlias("below", "alias.odd", "t.alias.odd", Behaviours.aliasBelowQuestion()));
    kinds.add(
        caseAlias("beside", "alias.odd", "alias.side.odd", Behaviours.aliasElsewhere("side.odd")));
    return kinds;
  }

  private static Kind caseAlias(String id, String name, String target, Behaviour odd) {
    Expected right = Expected.address("192.0.2.9").and(Expected.smallLetters());
    return Kind.of(
        "case-alias-" + id,
        Topic.LETTER_CASE,
        "a CNAME target " + id + " the name that is made from the question",
        name + " A 192.0.2.9\n" + target + " A 192.0.2.9\n",
        towards(query -> query.name().toString().startsWith(name), odd),
        List.of(new Step.Ask(name, "A", right), new Step.Ask(name, "A", right)));
  }
}
