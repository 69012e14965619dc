package djbdns.tools.trace;

import static djbdns.tools.trace.SimulatedInternet.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.tools.trace.SimulatedInternet.Manner;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** dnstrace --tree on internets with one thing wrong in each. */
final class TreeTest {
  private static final TreeStyle PLAIN = new TreeStyle(false, false, false);
  private static final String ROOT_ZONE =
      """
      . 300 NS a.root.
      org. 300 NS a.org.
      a.org. 300 A 10.0.1.3
      net. 300 NS a.net.
      a.net. 300 A 10.0.1.4\
      """;
  private static final String NET_ZONE =
      """
      net. 300 NS a.net.
      a.net. 300 A 10.0.1.4
      ns.net. 300 A 10.0.2.9
      alias.net. 300 CNAME ns.net.\
      """;
  private static final String ORG_ZONE =
      """
      org. 300 NS a.org.
      a.org. 300 A 10.0.1.3
      x.org. 300 NS ns1.x.org.
      x.org. 300 NS ns2.x.org.
      ns1.x.org. 300 A 10.0.2.5
      ns2.x.org. 300 A 10.0.2.6\
      """;
  private static final String X_ZONE =
      """
      x.org. 300 NS ns1.x.org.
      x.org. 300 NS ns2.x.org.
      ns1.x.org. 300 A 10.0.2.5
      ns2.x.org. 300 A 10.0.2.6
      www.x.org. 60 A 192.0.2.80
      www.x.org. 60 A 192.0.2.81\
      """;
  private static final String X_SERVERS = "10.0.2.5 10.0.2.6";

  private static SimulatedInternet world(String org, String x) {
    return new SimulatedInternet()
        .zone("10.0.0.1 10.0.0.2", ".", ROOT_ZONE)
        .zone("10.0.1.3", "org.", org)
        .zone("10.0.1.4", "net.", NET_ZONE)
        .zone(X_SERVERS, "x.org.", x);
  }

  private static SimulatedInternet world() {
    return world(ORG_ZONE, X_ZONE);
  }

  private static Picture picture(SimulatedInternet world, String type, String name, boolean ipv6) {
    Question question = new Question(name(name), RecordType.parse(type).orElseThrow());
    Survey survey = new Survey(question, SimulatedInternet.roots("10.0.0.1,10.0.0.2"), ipv6, 1000);
    return picture(question, world.follow(survey, ipv6));
  }

  private static Picture picture(Question question, List<Exchange> exchanges) {
    return new Picture(
        question,
        exchanges,
        failure -> failure.toString().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String tree(SimulatedInternet world, String type, String name) {
    Picture picture = picture(world, type, name, false);
    return TreeFormat.of(picture, Diagnosis.of(picture, false), PLAIN);
  }

  private static List<String> problems(SimulatedInternet world, String type, String name) {
    return Diagnosis.of(picture(world, type, name, false), false).stream()
        .map(problem -> problem.zone() + ": " + problem.text())
        .toList();
  }

  private static Diagnosis.Verdict verdict(SimulatedInternet world, String type, String name) {
    Picture picture = picture(world, type, name, false);
    return Diagnosis.verdict(picture, Diagnosis.of(picture, false));
  }

  @Test
  void shouldShowTheWayToAnAnswer() {
    assertEquals(
        """
        A www.x.org
        .
        |- 10.0.0.1 refers to org, 1.0 ms
        |- 10.0.0.2 refers to org, 2.0 ms
        `- org
           |- a.org 10.0.1.3 refers to x.org, 3.0 ms
           `- x.org
              |- ns1.x.org 10.0.2.5 answers A 192.0.2.80, A 192.0.2.81, 5.0 ms
              `- ns2.x.org 10.0.2.6 answers A 192.0.2.80, A 192.0.2.81, 6.0 ms

        Answer:
          www.x.org 60 A 192.0.2.80
          www.x.org 60 A 192.0.2.81

        No problems found
        11 queries to 5 addresses
        """,
        tree(world(), "A", "www.x.org"));
  }

  @Test
  void shouldPointOutProblemsAndSumThemUp() {
    SimulatedInternet world =
        world(ORG_ZONE, X_ZONE.replace("300 NS ns2.x.org", "300 NS ns3.x.org"))
            .manner("10.0.2.6", Manner.REFUSING);
    assertEquals(
        """
        A www.x.org
        .
        |- 10.0.0.1 refers to org, 1.0 ms
        |- 10.0.0.2 refers to org, 2.0 ms
        `- org
           |- a.org 10.0.1.3 refers to x.org, 3.0 ms
           `- x.org
              |- ns1.x.org 10.0.2.5 answers A 192.0.2.80, A 192.0.2.81, 5.0 ms
              |- ! ns2.x.org 10.0.2.6 is lame (REFUSED), 6.0 ms
              |- ns3.x.org does not exist
              |- ! only the parent names ns2.x.org
              |- ! only the zone itself names ns3.x.org
              `- ! the server name ns3.x.org does not exist

        Answer:
          www.x.org 60 A 192.0.2.80
          www.x.org 60 A 192.0.2.81

        4 problems:
          x.org: ns2.x.org 10.0.2.6 is lame (REFUSED)
          x.org: only the parent names ns2.x.org
          x.org: only the zone itself names ns3.x.org
          x.org: the server name ns3.x.org does not exist
        12 queries to 5 addresses
        """,
        tree(world, "A", "www.x.org"));
  }

  @Test
  void shouldFollowAliases() {
    String tree =
        tree(world(ORG_ZONE, X_ZONE + "\nal.x.org. 60 CNAME alias.net."), "A", "al.x.org");
    assertEquals(
        """
        A ns.net
        .
        |- 10.0.0.1 refers to net, 1.0 ms
        |- 10.0.0.2 refers to net, 2.0 ms
        `- net
           `- a.net 10.0.1.4 answers A 10.0.2.9, 4.0 ms

        Answer:
          al.x.org CNAME alias.net
          alias.net CNAME ns.net
          ns.net 300 A 10.0.2.9

        No problems found
        19 queries to 6 addresses
        """,
        tree.substring(tree.indexOf("A ns.net\n")));
  }

  @Test
  void shouldFoldServersThatSayTheSame() {
    Question question = new Question(name("x"), RecordType.A);
    String addresses = "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.14";
    SimulatedInternet world =
        new SimulatedInternet()
            .zone(addresses, ".", "x. 60 A 192.0.2.1")
            .manner("10.0.0.9", Manner.SILENT);
    Survey survey =
        new Survey(question, SimulatedInternet.roots(addresses + " 10.0.0.9"), false, 1000);
    Picture picture = picture(question, world.follow(survey, false));
    assertEquals(
        """
        A x
        \u001b[1m.\u001b[0m
        \u251c\u2500 4 servers \u001b[32manswer A 192.0.2.1\u001b[0m\u001b[2m, 1.0 to 14 ms\u001b[0m
        \u2514\u2500 \u001b[31m! \u001b[0m10.0.0.9 \u001b[31mdoes not answer: timed out\u001b[0m\u001b[2m, 5000 ms\u001b[0m
        """,
        TreeFormat.of(picture, Diagnosis.of(picture, false), new TreeStyle(true, true, false))
            .lines()
            .limit(4)
            .map(line -> line + "\n")
            .reduce("", String::concat));
    String unfolded =
        TreeFormat.of(picture, Diagnosis.of(picture, false), new TreeStyle(false, false, true));
    assertEquals(
        "|- 10.0.0.14 answers A 192.0.2.1, 14 ms", unfolded.lines().skip(3).findFirst().orElse(""));
  }

  @Test
  void shouldSpeakOfManyServersInThePlural() {
    String addresses = "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4";
    SimulatedInternet world = new SimulatedInternet().zone(addresses, ".", "x. 60 A 192.0.2.1");
    assertEquals("`- 4 servers say that there is no such name, 1.0 to 4.0 ms", line(world, "y"));
    for (String address : addresses.split(" ", -1)) {
      world.manner(address, Manner.REFUSING);
    }
    assertEquals("|- ! 4 servers are lame (REFUSED), 1.0 to 4.0 ms", line(world, "y"));
    for (String address : addresses.split(" ", -1)) {
      world.manner(address, Manner.SILENT);
    }
    assertEquals("|- ! 4 servers do not answer: timed out, 5000 ms", line(world, "y"));
  }

  /** What is said about four root servers. */
  private static String line(SimulatedInternet world, String name) {
    Question question = new Question(name(name), RecordType.A);
    Survey survey =
        new Survey(
            question, SimulatedInternet.roots("10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4"), false, 1000);
    Picture picture = picture(question, world.follow(survey, false));
    return TreeFormat.of(picture, Diagnosis.of(picture, false), PLAIN)
        .lines()
        .skip(2)
        .findFirst()
        .orElse("");
  }

  @Test
  void shouldSayThatThereIsNothing() {
    assertEquals(Diagnosis.Verdict.DENIED, verdict(world(), "A", "nix.x.org"));
    assertEquals(Diagnosis.Verdict.DENIED, verdict(world(), "TXT", "www.x.org"));
    assertEquals(Diagnosis.Verdict.ANSWERED, verdict(world(), "A", "www.x.org"));
    assertEquals(
        Diagnosis.Verdict.PROBLEMS,
        verdict(world().manner("10.0.2.6", Manner.SILENT), "A", "www.x.org"));
    assertTrue(tree(world(), "A", "nix.x.org").contains("\nNo answer\nnix.x.org does not exist\n"));
    assertTrue(tree(world(), "TXT", "www.x.org").contains("\nNo answer\nwww.x.org has no TXT\n"));
  }

  /** What is wrong with the servers of x.org, with the second one or with one of its records. */
  @Test
  void shouldFindLameServers() {
    String server = "x.org: ns2.x.org 10.0.2.6 ";
    assertEquals(List.of(server + "does not answer: timed out"), lame(Manner.SILENT));
    assertEquals(List.of(server + "is lame (REFUSED)"), lame(Manner.REFUSING));
    assertEquals(List.of(server + "is lame (refers upward to .)"), lame(Manner.UPWARD));
    assertEquals(
        List.of(server + "is lame (answers without authority)"), lame(Manner.WITHOUT_AUTHORITY));
  }

  private static List<String> lame(Manner manner) {
    return problems(world().manner("10.0.2.6", manner), "A", "www.x.org");
  }

  @Test
  void shouldFindServersThatDisagree() {
    assertEquals(
        List.of(
            "x.org: servers disagree about the answer:"
                + " ns1.x.org 10.0.2.5 says A 192.0.2.80, A 192.0.2.81;"
                + " ns2.x.org 10.0.2.6 says A 192.0.2.81, A 192.0.2.99"),
        problems(
            world().zone("10.0.2.6", "x.org.", X_ZONE.replace("192.0.2.80", "192.0.2.99")),
            "A",
            "www.x.org"));
    assertEquals(
        List.of(
            "x.org: servers disagree about the serial:"
                + " ns1.x.org 10.0.2.5 says SOA ns. host. 7 1 1 1 60;"
                + " ns2.x.org 10.0.2.6 says SOA ns. host. 8 1 1 1 60"),
        problems(
            world().zone("10.0.2.6", "x.org.", X_ZONE + "\nx.org. 300 SOA ns. host. 8 1 1 1 60"),
            "SOA",
            "x.org"));
    assertEquals(
        List.of(
            ".: servers disagree: each refers to org:"
                + " 10.0.0.1 to a.org; 10.0.0.2 to a.org, b.org",
            "org: only the parent names b.org",
            "org: the server name b.org does not exist"),
        problems(
            world().zone("10.0.0.2", ".", ROOT_ZONE + "\norg. 300 NS b.org.\nb.org. 1 A 10.0.1.3"),
            "A",
            "www.x.org"));
  }

  @Test
  void shouldFindWrongGlue() {
    assertEquals(
        List.of("x.org: missing glue: the parent gives no IPv4 address of ns2.x.org"),
        problems(
            world(ORG_ZONE.replace("\nns2.x.org. 300 A 10.0.2.6", ""), X_ZONE), "A", "www.x.org"));
    assertEquals(
        List.of(
            "x.org: ns2.x.org 10.0.2.7 does not answer: refused",
            "x.org: the glue of ns2.x.org is 10.0.2.6, but its address is 10.0.2.7"),
        problems(world(ORG_ZONE, X_ZONE.replace("A 10.0.2.6", "A 10.0.2.7")), "A", "www.x.org"));
  }

  @Test
  void shouldFindBadNamesOfServers() {
    String y = "\ny.org. 300 NS ns.net.\ny.org. 300 NS ";
    SimulatedInternet world = world(ORG_ZONE + y + "nix.net.", X_ZONE);
    String zone = "y.org. 1 NS ns.net.\nwww.y.org. 1 A 192.0.2.1\ny.org. 1 NS ";
    assertEquals(
        List.of("y.org: the server name nix.net does not exist"),
        problems(world.zone("10.0.2.9", "y.org.", zone + "nix.net."), "A", "www.y.org"));
    world = world(ORG_ZONE + y + "alias.net.", X_ZONE);
    assertEquals(
        List.of("y.org: the server name alias.net is an alias"),
        problems(world.zone("10.0.2.9", "y.org.", zone + "alias.net."), "A", "www.y.org"));
    world = world(ORG_ZONE + y + "10.9.8.7.", X_ZONE);
    assertEquals(
        List.of(
            "y.org: 10.9.8.7 10.9.8.7 does not answer: refused",
            "y.org: the server name 10.9.8.7 is none of DNS"),
        problems(world.zone("10.0.2.9", "y.org.", zone + "10.9.8.7."), "A", "www.y.org"));
  }

  @Test
  void shouldFindCircles() {
    String aliases = "\na.x.org. 1 CNAME b.x.org.\nb.x.org. 1 CNAME a.x.org.";
    assertEquals(
        List.of("x.org: aliases go round in a circle: a.x.org > b.x.org > a.x.org"),
        problems(world(ORG_ZONE, X_ZONE + aliases), "A", "a.x.org"));
    assertEquals(
        List.of(
            "y.org: no server of this zone could be asked",
            "y.org: nobody can find its servers: ns.y.net needs ns.y.org needs ns.y.net"),
        problems(
            world(ORG_ZONE + "\ny.org. 300 NS ns.y.net.", X_ZONE)
                .zone("10.0.1.4", "net.", NET_ZONE + "\ny.net. 300 NS ns.y.org."),
            "A",
            "www.y.org"));
  }

  @Test
  void shouldAskOverIpv6WhenTold() {
    SimulatedInternet world =
        new SimulatedInternet()
            .zone("10.0.0.1", ".", "x. 300 NS ns.x.\nns.x. 300 AAAA fd00::5")
            .zone("fd00::5", "x.", "x. 300 NS ns.x.\nns.x. 300 AAAA fd00::5\nx. 60 TXT \"six\"");
    Question question = new Question(name("x"), RecordType.TXT);
    Survey survey = new Survey(question, SimulatedInternet.roots("10.0.0.1"), true, 1000);
    Picture picture = picture(question, world.follow(survey, true));
    assertEquals(List.of(), Diagnosis.of(picture, true));
    survey = new Survey(question, SimulatedInternet.roots("10.0.0.1"), false, 1000);
    assertEquals(
        List.of(
            new Problem(name("x"), "no server of this zone could be asked"),
            new Problem(name("x"), "missing glue: the parent gives no IPv4 address of ns.x")),
        Diagnosis.of(picture(question, world.follow(survey, false)), false));
  }

  @Test
  void shouldStopAtItsLimit() {
    Question question = new Question(name("www.x.org"), RecordType.A);
    Survey survey = new Survey(question, SimulatedInternet.roots("10.0.0.1,10.0.0.2"), false, 5);
    assertEquals(5, world().follow(survey, false).size());
    assertTrue(survey.isCut());
  }
}
