package djbdns.dnscache.sim;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a resolver must find, by the servers it has to do with. */
final class PossibilityTest {
  private static final Behaviour GOOD = new Behaviour.Correct();
  private static final Behaviour BAD = new Behaviour.Lame(Behaviour.Excuse.REFUSED);
  private static final Behaviour MUTE =
      new Behaviour.Odd(new Oddity.ToTypes(Set.of(Records.HTTPS), Oddity.Refusal.SILENCE));
  private static final Behaviour TINY =
      new Behaviour.Odd(new Oddity.ToNamesWithoutData(Oddity.Refusal.SILENCE));

  private final Site root = site("", Optional.empty(), GOOD);
  private int servers;

  private Site site(String apex, Optional<Site> parent, Behaviour... behaviours) {
    Site site = new Site(new SimZone(Names.of(apex), 60, 60), parent);
    for (Behaviour behaviour : behaviours) {
      Name name = site.nextServerName();
      site.servers()
          .add(
              new SimServer(
                  name,
                  AddressPlan.addresses(++servers, false),
                  behaviour,
                  new SplittableRandom(1)));
    }
    site.zone().add(Records.text(www(site), 60, "here"));
    site.zone().add(Records.text(Names.child("deep", Names.child("hollow", site.apex())), 60, ""));
    return site;
  }

  private Site child(String apex, Behaviour... behaviours) {
    return site(apex, Optional.of(root), behaviours);
  }

  private static Name www(Site site) {
    return Names.child("www", site.apex());
  }

  private static boolean answers(Site site, Name name, int type) {
    return answers(new Possibility(0), site, name, type);
  }

  private static boolean answers(Possibility possibility, Site site, Name name, int type) {
    return possibility.answers(site, name, type, site.zone().find(name, type));
  }

  @Test
  void shouldDemandWhatTheOnlyServerAnswers() {
    Site site = child("mute", MUTE);
    assertTrue(answers(site, www(site), Records.TXT));
    assertFalse(answers(site, www(site), Records.HTTPS));
  }

  @Test
  void shouldDemandEverythingOfAGoodServerBesideAnother() {
    for (Behaviour behaviour : List.of(MUTE, TINY, BAD, new Behaviour.Dead())) {
      Site site = child("pair", behaviour, GOOD);
      assertTrue(answers(site, www(site), Records.HTTPS), behaviour::toString);
      assertTrue(answers(site, Names.child("none", site.apex()), Records.TXT));
    }
  }

  @Test
  void shouldDemandNamesThatOwnDataOfWhoIsSilentToOthers() {
    Site site = child("tiny", TINY);
    Name hollow = Names.child("hollow", site.apex());
    assertTrue(answers(site, Names.child("deep", hollow), Records.TXT));
    assertTrue(answers(site, www(site), Records.A));
    assertFalse(answers(site, hollow, Records.TXT));
    assertFalse(answers(site, Names.child("none", site.apex()), Records.TXT));
  }

  @Test
  void shouldDemandNothingWhereTwoTroublesMeet() {
    Site one = child("one", MUTE);
    Site other = child("other", TINY);
    Possibility possibility = new Possibility(0);
    assertTrue(answers(possibility, one, www(one), Records.TXT));
    assertTrue(answers(possibility, one, www(one), Records.A));
    assertFalse(answers(possibility, other, www(other), Records.TXT));
  }

  @Test
  void shouldDemandNothingBehindAnOddParentOrHost() {
    Site parent = child("parent", MUTE);
    assertFalse(answers(behind(parent), Names.of("www.child.parent"), Records.TXT));
    Site hosted = child("hosted", GOOD);
    hosted.hosts().add(parent);
    assertFalse(answers(hosted, www(hosted), Records.TXT));
  }

  private Site behind(Site parent) {
    return site("child.parent", Optional.of(parent), GOOD);
  }

  @Test
  void shouldDemandOfSlowServersWhatTheTimeAllows() {
    Site site = child("slow", new Behaviour.Slow(1_700));
    Name deep = Names.of("a.b.c.d.slow");
    assertTrue(answers(site, www(site), Records.TXT));
    assertFalse(answers(site, deep, Records.TXT));
    Site slower = child("slower", new Behaviour.Slow(4_000));
    assertFalse(answers(slower, www(slower), Records.TXT));
  }

  @Test
  void shouldGiveTimeToAZoneThatHasMoved() {
    Site site = child("moved", GOOD);
    site.moved(1);
    long minuteNs = 60 * SimClock.NS_PER_SECOND;
    assertFalse(answers(new Possibility(minuteNs), site, www(site), Records.TXT));
    assertTrue(answers(new Possibility(2 * minuteNs), site, www(site), Records.TXT));
  }

  @Test
  void shouldDemandOfForwardersOnlyWhatOneOfThemCanDo() {
    Site site = child("forward", GOOD);
    SimServer referring = forwarder(new Oddity.Referring(true));
    SimServer caching = forwarder(new Oddity.Caching());
    site.forward(List.of(referring), false);
    assertFalse(answers(site, www(site), Records.TXT));
    site.forward(List.of(referring, caching), false);
    assertTrue(answers(site, www(site), Records.TXT));
    site.forward(List.of(referring), true);
    assertTrue(answers(site, www(site), Records.TXT));
  }

  private SimServer forwarder(Oddity oddity) {
    return new SimServer(
        Names.of("forwarder"),
        AddressPlan.addresses(++servers, false),
        new Behaviour.Odd(oddity),
        new SplittableRandom(1));
  }
}
