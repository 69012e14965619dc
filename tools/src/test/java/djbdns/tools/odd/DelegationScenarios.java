package djbdns.tools.odd;

import static djbdns.tools.odd.Behaviours.ofType;
import static djbdns.tools.odd.Behaviours.saying;
import static djbdns.tools.odd.Behaviours.towards;
import static djbdns.tools.odd.Scenarios.address;
import static djbdns.tools.odd.Scenarios.spare;

import djbdns.tools.odd.Scenario.Server;
import djbdns.tools.odd.Scenario.Topic;
import djbdns.tools.odd.Scenario.ZoneText;
import djbdns.wire.Header;
import djbdns.wire.Rcode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Delegations that lead astray, and servers that do not own up to their zones. */
final class DelegationScenarios {
  /** No delegation that is younger is doubted. */
  private static final int OLD_MS = 61_000;

  private static final String SPARES =
      """
      first.odd A 192.0.2.101
      spare1.odd A 192.0.2.1
      spare2.odd A 192.0.2.2
      spare3.odd A 192.0.2.3
      spare4.odd A 192.0.2.4
      """;

  /** Ways to be of no use: a name, and what a server does. */
  private static final Map<String, Behaviour> USELESS = useless();

  private DelegationScenarios() {}

  private static Map<String, Behaviour> useless() {
    Map<String, Behaviour> ways = new LinkedHashMap<>();
    ways.put("silent", Behaviour.SILENT);
    ways.put("SERVFAIL", saying(Rcode.SERVFAIL));
    ways.put("REFUSED", saying(Rcode.REFUSED));
    return ways;
  }

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    USELESS.forEach((way, behaviour) -> {
      all.add(staleSibling(way, behaviour));
      all.add(wrongChild(way, behaviour));
    });
    all.add(childNames("missing.odd", "does not exist"));
    all.add(childNames("spare1.odd", "is none"));
    all.add(halfLoop());
    all.add(onlyIpv6(1));
    all.add(onlyIpv6(4));
    for (String missing : List.of("NXDOMAIN", "NODATA")) {
      all.add(oneOfMany(5, missing));
      all.add(oneOfMany(8, missing));
    }
    for (int depth = 3; depth <= 7; depth++) {
      all.add(glueless(depth));
    }
    all.add(aliasedServer(false));
    all.add(aliasedServer(true));
    all.addAll(Scenarios.of(notAuthoritative()));
    USELESS.forEach((way, behaviour) -> {
      all.add(old(way, behaviour, true));
      all.add(old(way, behaviour, false));
    });
    for (int labels = 0; labels <= 1; labels++) {
      all.add(referringForwarder(labels, true));
      all.add(referringForwarder(labels, false));
    }
    all.addAll(Scenarios.of(upward()));
    return all;
  }

  private static Scenario staleSibling(String way, Behaviour behaviour) {
    return Scenario.of(
        "sibling-" + way.toLowerCase(Locale.ROOT),
        Topic.ADDRESSES,
        "glue in a sibling zone is old: " + way + "; that zone knows better",
        List.of(
            Server.good(
                new ZoneText(
                    "",
                    """
                    odd NS ns.other
                    other NS main.other
                    ns.other A {2}
                    main.other A {3}
                    """)),
            Server.of(behaviour),
            Server.good(
                new ZoneText("other", "other NS main.other\nmain.other A {3}\nns.other A {4}\n")),
            Server.good(new ZoneText("odd", "odd NS ns.other\n" + SPARES))),
        List.of(spare(1), spare(2), spare(3)));
  }

  private static Scenario wrongChild(String way, Behaviour behaviour) {
    return Scenario.of(
        "child-" + way.toLowerCase(Locale.ROOT),
        Topic.ADDRESSES,
        "the zone's own address of its server: " + way + "; the parent knows better",
        List.of(
            Server.good(new ZoneText("", "odd NS ns.odd\nns.odd A {2}\n")),
            Server.good(new ZoneText("odd", "odd NS ns.odd\nns.odd A {3}\n" + SPARES)),
            Server.of(behaviour)),
        List.of(
            spare(1),
            new Step.AskAnyway("odd", "NS"),
            new Step.AskAnyway("ns.odd", "A"),
            spare(2),
            spare(3)));
  }

  private static Scenario childNames(String server, String text) {
    return Scenario.of(
        "child-names-" + server.replace('.', '-'),
        Topic.ADDRESSES,
        "the zone's own NS names a server that " + text,
        List.of(
            Server.good(new ZoneText("", "odd NS ns.odd\nns.odd A {2}\n")),
            Server.good(new ZoneText("odd", "odd NS " + server + "\n" + SPARES))),
        List.of(spare(2), new Step.AskAnyway("odd", "NS"), spare(3), spare(4)));
  }

  /** Several such zones, since only who goes the wrong way first is in danger. */
  private static Scenario halfLoop() {
    StringBuilder parent = new StringBuilder();
    List<ZoneText> zones = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      String one = "a" + i;
      String other = "b" + i;
      String third = "c" + i;
      String known = "%1$s NS ns.%1$s\nns.%1$s A {2}\n".formatted(third);
      // The parent has no glue for far.
      String delegation = other + " NS ns." + one + "\n" + other + " NS far." + third + "\n";
      parent.append(known);
      zones.add(new ZoneText(third, known + "far." + third + " A {2}\n"));
      parent.append(one + " NS ns." + other + "\n" + delegation);
      zones.add(
          new ZoneText(
              one,
              "%1$s NS ns.%2$s\nns.%1$s A {2}\nx.%1$s A 192.0.2.1\ny.%1$s A 192.0.2.2\n"
                  .formatted(one, other)));
      zones.add(new ZoneText(other, delegation + "ns." + other + " A {2}\n"));
      steps.add(address("x." + one, "192.0.2.1"));
      steps.add(address("y." + one, "192.0.2.2"));
    }
    return Scenario.of(
        "half-loop",
        Topic.GLUELESS,
        "of two ways to a server's address one is a loop; ten such zones",
        List.of(
            Server.good(new ZoneText("", parent.toString())),
            Server.good(zones.toArray(ZoneText[]::new))),
        steps);
  }

  private static Scenario onlyIpv6(int count) {
    StringBuilder servers = new StringBuilder();
    StringBuilder addresses = new StringBuilder("host NS ns.host\nns.host A {2}\n");
    for (int i = 1; i <= count; i++) {
      servers.append("odd NS n" + i + ".host\n");
      addresses.append("n" + i + ".host AAAA {6:3}\n");
    }
    return Scenario.of(
        "glueless-aaaa-" + count,
        Topic.GLUELESS,
        count + (count == 1 ? " name" : " names") + " without glue, with AAAA only",
        List.of(
            Server.good(new ZoneText("", servers + "host NS ns.host\nns.host A {2}\n")),
            Server.good(new ZoneText("host", addresses.toString())),
            Server.good(new ZoneText("odd", servers + SPARES))),
        List.of(spare(1), spare(2)));
  }

  /** Five zones: one for each place of the name that is of use. */
  private static Scenario oneOfMany(int count, String missing) {
    StringBuilder parent = new StringBuilder("host NS ns.host\nns.host A {2}\n");
    StringBuilder hosts = new StringBuilder("host NS ns.host\nns.host A {2}\n");
    List<ZoneText> zones = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (int zone = 1; zone <= 5; zone++) {
      String name = "z" + zone;
      StringBuilder servers = new StringBuilder();
      for (int i = 1; i <= count; i++) {
        String host = "n" + zone + "-" + i + ".host";
        servers.append(name + " NS " + host + "\n");
        if (i == zone) {
          hosts.append(host + " A {3}\n");
        } else if (missing.equals("NODATA")) {
          hosts.append(host + " TXT \"no address\"\n");
        }
      }
      parent.append(servers);
      zones.add(new ZoneText(name, servers + "www." + name + " A 192.0.2.1\n"));
      steps.add(address("www." + name, "192.0.2.1"));
    }
    return Scenario.of(
        "glueless-" + count + "-" + missing.toLowerCase(Locale.ROOT),
        Topic.GLUELESS,
        count + " names without glue, all but one " + missing + "; five such zones",
        List.of(
            Server.good(new ZoneText("", parent.toString())),
            Server.good(new ZoneText("host", hosts.toString())),
            Server.good(zones.toArray(ZoneText[]::new))),
        steps);
  }

  private static Scenario glueless(int depth) {
    StringBuilder parent = new StringBuilder("g0 NS ns.g0\nns.g0 A {2}\n");
    List<ZoneText> zones = new ArrayList<>();
    zones.add(new ZoneText("g0", "g0 NS ns.g0\nns.g0 A {2}\n"));
    for (int i = 1; i <= depth; i++) {
      String delegation = "g" + i + " NS ns.g" + (i - 1) + "\n";
      parent.append(delegation);
      String own = "ns.g%1$d A {2}\nwww.g%1$d A 192.0.2.1\n".formatted(i);
      zones.add(new ZoneText("g" + i, delegation + own));
    }
    return Scenario.of(
        "glueless-deep-" + depth,
        Topic.GLUELESS,
        "a server without glue in a zone whose server is without glue, " + depth + " deep",
        List.of(
            Server.good(new ZoneText("", parent.toString())),
            Server.good(zones.toArray(ZoneText[]::new))),
        List.of(address("www.g" + depth, "192.0.2.1")));
  }

  private static Scenario aliasedServer(boolean hasGood) {
    String host = "host NS ns.host\nns.host A {2}\n";
    String servers = "odd NS alias.host\n" + (hasGood ? "odd NS real.host\n" : "");
    return Scenario.of(
        hasGood ? "server-alias-and-good" : "server-alias",
        Topic.GLUELESS,
        "the NS name is an alias" + (hasGood ? "; a second one is not" : ""),
        List.of(
            Server.good(new ZoneText("", servers + host)),
            Server.good(
                new ZoneText("host", host + "alias.host CNAME real.host\nreal.host A {3}\n")),
            Server.good(new ZoneText("odd", servers + SPARES))),
        List.of(spare(1), spare(2)));
  }

  private static List<Kind> notAuthoritative() {
    Expected noData = Expected.noData();
    return List.of(
        Kind.of(
            "recursive",
            Topic.NOT_AUTHORITATIVE,
            "answers with RA and without AA",
            "",
            Behaviours.flagged(Header.AA, Header.RA),
            List.of(
                spare(1),
                new Step.Ask("spare2.odd", "MX", noData),
                new Step.Ask("missing.odd", "A", Expected.nxdomain()),
                spare(3))),
        Kind.of(
            "empty",
            Topic.NOT_AUTHORITATIVE,
            "to AAAA NOERROR without AA, SOA and NS",
            "",
            towards(ofType("AAAA"), Behaviours.empty(0)),
            List.of(
                new Step.Ask("spare1.odd", "AAAA", noData),
                spare(1),
                new Step.Ask("spare2.odd", "AAAA", noData),
                spare(3))));
  }

  private static Scenario old(String way, Behaviour after, boolean isRenumbered) {
    String before = "odd 3600 NS ns1.odd\nns1.odd 3600 A {2}\n";
    String now =
        isRenumbered ? before.replace("{2}", "{3}") : "odd 3600 NS ns2.odd\nns2.odd 3600 A {3}\n";
    return Scenario.of(
            (isRenumbered ? "renumbered-" : "moved-") + way.toLowerCase(Locale.ROOT),
            Topic.RENUMBERED,
            (isRenumbered ? "the server gets another address" : "the zone gets another server")
                + "; a minute later the old one: "
                + way,
            List.of(
                Server.good(new ZoneText("", before)).then(Server.good(new ZoneText("", now))),
                Server.good(new ZoneText("odd", before + SPARES)).then(Server.of(after)),
                Server.good(new ZoneText("odd", now + SPARES))),
            List.of(
                address("first.odd", "192.0.2.101"),
                new Step.Turn(),
                new Step.Pause(OLD_MS),
                spare(1),
                spare(2)))
        .slow();
  }

  private static Scenario referringForwarder(int labels, boolean hasGood) {
    ZoneText zone = new ZoneText("", SPARES);
    Server odd = Server.of(Behaviours.referringUp(labels, Header.RA), zone);
    Server good = Server.of(Behaviours.flagged(Header.AA, Header.RA), zone);
    String id = labels == 0 ? "forwarder-root" : "forwarder-zone";
    String text = "a forwarder refers to the " + (labels == 0 ? "root" : "zone above");
    return hasGood
        ? Scenario.of(
                id + "-and-good",
                Topic.REFERRALS,
                text + "; a second one is good",
                List.of(odd, good),
                List.of(spare(1), spare(2), spare(3)))
            .forwardedTo(1, 2)
        : Scenario.of(
                id,
                Topic.REFERRALS,
                text,
                List.of(odd),
                List.of(new Step.Ask("spare1.odd", "A", Expected.servfail())))
            .forwardedTo(1);
  }

  private static List<Kind> upward() {
    String records = "six1.odd AAAA 2001:db8::1\nsix2.odd AAAA 2001:db8::2\n";
    Step failing = new Step.Ask("six1.odd", "AAAA", Expected.servfail());
    List<Step> beside = List.of(failing, spare(1), spare(2));
    List<Step> helped =
        List.of(
            new Step.Ask("six1.odd", "AAAA", Expected.data("AAAA", "2001:db8::1")),
            spare(1),
            new Step.Ask("six2.odd", "AAAA", Expected.data("AAAA", "2001:db8::2")),
            spare(2));
    List<Kind> kinds = new ArrayList<>();
    for (int labels = 0; labels <= 1; labels++) {
      String to = labels == 0 ? "the root" : "the zone above";
      String id = labels == 0 ? "upward-root" : "upward-zone";
      for (int flags : List.of(0, Header.RA)) {
        String with = flags == 0 ? "" : ", with RA";
        Behaviour odd = Behaviours.referringUp(labels, flags);
        String way = flags == 0 ? id : id + "-ra";
        kinds.add(
            Kind.of(
                    way + "-aaaa",
                    Topic.REFERRALS,
                    "to AAAA a referral to " + to + with,
                    records,
                    towards(ofType("AAAA"), odd),
                    List.of())
                .with(beside, helped));
        kinds.add(
            Kind.of(
                    way,
                    Topic.REFERRALS,
                    "always a referral to " + to + with,
                    records,
                    odd,
                    List.of())
                .with(List.of(failing), helped));
      }
    }
    return kinds;
  }
}
