package djbdns.dnscache.resolve.servers;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.dnscache.resolve.reply.TestReply;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whom to ask next, and how long to wait. */
final class ServerTableTest {
  private static final ServerAddress A = server("192.0.2.1");
  private static final ServerAddress B = server("192.0.2.2");
  private static final ServerAddress C = server("192.0.2.3");
  private static final ServerAddress SIX = server("2001:db8::1");
  private static final Name ZONE = TestReply.name("example");
  private static final Name OTHER_ZONE = TestReply.name("test");

  private final ServerTable table = new ServerTable(100, new SplittableRandom(1));

  /** Near the end of the numbers, so that they wrap as those of a real clock may. */
  private long nowNs = Long.MAX_VALUE - SECONDS.toNanos(10);

  private static ServerAddress server(String text) {
    return ServerAddress.parse(text).orElseThrow();
  }

  private static long ms(long ms) {
    return MILLISECONDS.toNanos(ms);
  }

  private void replies(ServerAddress server, long roundTripMs, int times) {
    for (int i = 0; i < times; i++) {
      table.replied(server, ms(roundTripMs), nowNs);
    }
  }

  private void timesOut(ServerAddress server, int times) {
    for (int i = 0; i < times; i++) {
      table.timedOut(server, nowNs + 1, nowNs);
    }
  }

  private int choose(List<ServerAddress> candidates, int... tried) {
    return choose(ServerList.ofEquals(candidates), ZONE, tried);
  }

  private int choose(ServerList candidates, Name zone, int... tried) {
    return table.choose(
        candidates, Arrays.copyOf(tried, candidates.size()), question(zone, "www.example"), nowNs);
  }

  private static ZoneQuestion question(Name zone, String name) {
    return new ZoneQuestion(zone, TestReply.name(name), 1);
  }

  /** All that are chosen in many draws. */
  private Set<Integer> chosen(List<ServerAddress> candidates, int... tried) {
    Set<Integer> chosen = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      chosen.add(choose(candidates, tried));
    }
    return chosen;
  }

  private static Set<Integer> set(Integer... indexes) {
    return Set.of(indexes);
  }

  @Test
  void shouldWaitAsLongAsUnboundForAnUnknownServer() {
    assertEquals(ms(376), table.timeoutNs(A));
  }

  @Test
  void shouldWaitForARoundTripAndItsVariance() {
    replies(A, 400, 1);
    assertEquals(ms(400 + 4 * 200), table.timeoutNs(A));
    table.replied(A, ms(480), nowNs);
    assertEquals(ms(410) + 4 * ms(170), table.timeoutNs(A));
    replies(A, 400, 100);
    assertTrue(table.timeoutNs(A) < ms(410), "settles: " + table.timeoutNs(A));
  }

  @Test
  void shouldDoubleTheTimeoutWithinBounds() {
    replies(A, 10, 50);
    assertEquals(ms(150), table.timeoutNs(A));
    for (long wanted : new long[] {300, 600, 1200, 2400, 3000, 3000}) {
      timesOut(A, 1);
      assertEquals(ms(wanted), table.timeoutNs(A));
    }
    timesOut(A, 100);
    assertEquals(ms(3000), table.timeoutNs(A));
    replies(A, 10, 1);
    assertEquals(ms(150), table.timeoutNs(A), "one reply ends the doubling");
  }

  @Test
  void shouldDrawAmongTheFastOnes() {
    replies(A, 20, 20);
    replies(B, 300, 20);
    replies(C, 900, 20);
    assertEquals(set(0, 1), chosen(List.of(A, B, C), 0));
  }

  @Test
  void shouldTryUnknownServersToo() {
    replies(A, 20, 20);
    assertEquals(set(0, 1, 2), chosen(List.of(A, B, C), 0));
  }

  @Test
  void shouldTryTheLeastTriedFirst() {
    replies(A, 20, 20);
    replies(B, 900, 20);
    assertEquals(set(1), chosen(List.of(A, B), 1, 0));
    assertEquals(set(0), chosen(List.of(A, B), 1, 1));
    assertEquals(set(0), chosen(List.of(A, B), 2, 3));
  }

  @Test
  void shouldGiveUpWhenAllWereTriedEnough() {
    assertEquals(-1, choose(List.of(A, B), 3, 3));
    assertEquals(-1, choose(List.of(A), 99));
    assertEquals(-1, choose(List.of()));
    assertEquals(1, choose(List.of(A, B), 99, 2));
  }

  @Test
  void shouldAskSilentServersOnlyWhereNobodyElseIsLeft() {
    timesOut(A, 3);
    assertEquals(set(1), chosen(List.of(A, B), 0, 2));
    assertEquals(set(0), chosen(List.of(A, B), 0, 3));
    assertEquals(set(0), chosen(List.of(A), 0));
  }

  @Test
  void shouldProbeASilentServerNowAndThen() {
    replies(B, 20, 20);
    timesOut(A, 3);
    for (long seconds : new long[] {5, 10, 20, 40, 80, 160, 240, 240}) {
      nowNs += SECONDS.toNanos(seconds) - 1;
      assertEquals(set(1), chosen(List.of(A, B), 0), "before " + seconds + " s");
      nowNs += 1;
      int probes = 0;
      for (int i = 0; i < 200; i++) {
        probes += choose(List.of(A, B)) == 0 ? 1 : 0;
      }
      assertEquals(1, probes, "after " + seconds + " s");
      timesOut(A, 1);
    }
    replies(A, 20, 1);
    assertEquals(set(0, 1), chosen(List.of(A, B), 0));
  }

  @Test
  void shouldTrySilentServersLessOften() {
    timesOut(A, 3);
    assertEquals(0, choose(List.of(A), 1));
    assertEquals(-1, choose(List.of(A), 2));
  }

  @Test
  void shouldNotTakeAServerForSilentThatHasRepliedMeanwhile() {
    replies(A, 20, 1);
    for (int i = 0; i < 10; i++) {
      table.timedOut(A, nowNs - ms(500), nowNs);
    }
    assertEquals(set(0, 1), chosen(List.of(A, B), 0));
    assertEquals(ms(150), table.timeoutNs(A));
  }

  @Test
  void shouldAskOthersFirstWhatAServerHasNotAnswered() {
    table.failed(A, question(ZONE, "www.example"), nowNs);
    assertEquals(set(1), chosen(List.of(A, B), 0));
    assertEquals(set(0), chosen(List.of(A, B), 0, 3), "where nobody else is left");
    table.failed(B, question(ZONE, "other.example"), nowNs);
    assertEquals(set(1), chosen(List.of(A, B), 0), "another question");
    nowNs += ServerTable.FAILED_NS;
    assertEquals(set(0, 1), chosen(List.of(A, B), 0));
  }

  @Test
  void shouldAskAddressesInTheOrderOfTheirRank() {
    ServerList ranked = new ServerList(List.of(A, B), 1);
    for (int i = 0; i < 20; i++) {
      assertEquals(0, choose(ranked, ZONE, 0, 0));
      assertEquals(0, choose(ranked, ZONE, 2, 0));
    }
    assertEquals(1, choose(ranked, ZONE, 3, 0));
  }

  @Test
  void shouldGiveASlowServerAnotherChance() {
    replies(A, 20, 20);
    replies(B, 900, 20);
    timesOut(C, 2);
    assertEquals(set(0), chosen(List.of(A, B, C), 0));
    nowNs += MINUTES.toNanos(5);
    assertEquals(set(0, 1, 2), chosen(List.of(A, B, C), 0));
    replies(B, 900, 1);
    timesOut(C, 1);
    assertEquals(set(0), chosen(List.of(A, B, C), 0));
  }

  @Test
  void shouldAvoidLameServersOfAZone() {
    table.lame(A, ZONE, nowNs);
    assertEquals(set(1), chosen(List.of(A, B), 0, 2));
    assertEquals(set(0), chosen(List.of(A, B), 0, 3), "where nobody else is left");
    assertEquals(-1, choose(List.of(A, B), 1, 3), "but only once");
    assertEquals(1, choose(ServerList.ofEquals(List.of(B, A)), OTHER_ZONE, 1, 0));
    nowNs += MINUTES.toNanos(15);
    assertEquals(set(0, 1), chosen(List.of(A, B), 0));
  }

  @Test
  void shouldPreferSilentServersToLameOnes() {
    table.lame(A, ZONE, nowNs);
    timesOut(B, 3);
    assertEquals(set(1), chosen(List.of(A, B), 0));
  }

  @Test
  void shouldAvoidAFamilyThatCannotBeReached() {
    for (int i = 1; i < FamilyHistory.AVOID_AFTER; i++) {
      table.unreachable(server("2001:db8::" + (i + 1)), nowNs);
    }
    assertEquals(set(0, 1), chosen(List.of(A, SIX), 0));
    table.unreachable(server("2001:db8::ff"), nowNs);
    assertEquals(set(0), chosen(List.of(A, SIX), 2, 0));
    assertEquals(set(1), chosen(List.of(A, SIX), 3, 0), "where nobody else is left");
    nowNs += FamilyHistory.AVOID_NS;
    assertEquals(set(0, 1), chosen(List.of(A, SIX), 0));
  }

  @Test
  void shouldForgiveAFamilyWhenAServerReplies() {
    for (int i = 0; i < FamilyHistory.AVOID_AFTER; i++) {
      table.unreachable(server("2001:db8::" + (i + 2)), nowNs);
    }
    replies(SIX, 20, 1);
    assertEquals(set(0, 1), chosen(List.of(A, SIX), 0));
  }

  @Test
  void shouldTakeAnUnreachableServerForSilent() {
    table.unreachable(A, nowNs);
    assertEquals(set(1), chosen(List.of(A, B), 0));
  }

  @Test
  void shouldForgetNotesAfterAnHour() {
    assertFalse(table.withoutEdns(A, nowNs));
    assertFalse(table.withoutLetterCase(A, nowNs));
    table.noteWithoutEdns(A, nowNs);
    nowNs += MINUTES.toNanos(30);
    table.noteSmallLetters(A, true, nowNs);
    assertTrue(table.withoutEdns(A, nowNs));
    assertFalse(table.withoutEdns(B, nowNs));
    nowNs += MINUTES.toNanos(30);
    assertFalse(table.withoutEdns(A, nowNs));
    assertTrue(table.withoutLetterCase(A, nowNs));
    nowNs += HOURS.toNanos(1);
    assertFalse(table.withoutLetterCase(A, nowNs));
  }

  @Test
  void shouldNotTakeLossForALackOfLetterCase() {
    table.noteLetterCase(A, nowNs);
    table.noteSmallLetters(A, false, nowNs);
    assertFalse(table.withoutLetterCase(A, nowNs));
    table.noteLetterCase(A, nowNs);
    table.noteSmallLetters(A, false, nowNs);
    assertFalse(table.withoutLetterCase(A, nowNs));
    table.noteSmallLetters(A, false, nowNs);
    assertTrue(table.withoutLetterCase(A, nowNs), "twice in a row");
    table.noteSmallLetters(B, false, nowNs);
    assertTrue(table.withoutLetterCase(B, nowNs), "it has never shown that it keeps it");
  }

  @Test
  void shouldForgetWhomItDidNotUseForLongest() {
    ServerTable small = new ServerTable(2, new SplittableRandom(1));
    small.noteWithoutEdns(A, nowNs);
    small.noteWithoutEdns(B, nowNs);
    assertTrue(small.withoutEdns(A, nowNs));
    small.noteWithoutEdns(C, nowNs);
    assertTrue(small.withoutEdns(A, nowNs));
    assertFalse(small.withoutEdns(B, nowNs));
    assertEquals(2, small.states(nowNs).size());
    for (int i = 0; i < 10; i++) {
      small.lame(A, TestReply.name("zone" + i), nowNs);
    }
    assertEquals(2, small.states(nowNs).getFirst().lameZones());
  }

  @Test
  void shouldListWhatItKnows() {
    table.noteSmallLetters(SIX, true, nowNs);
    timesOut(B, 1);
    replies(A, 40, 1);
    table.lame(A, ZONE, nowNs);
    assertEquals(
        List.of(
            new ServerState(A, 40, 150, 0, 1, false, false),
            new ServerState(B, 0, 752, 1, 0, false, false),
            new ServerState(SIX, 0, 376, 0, 0, false, true)),
        table.states(nowNs));
  }

  /**
   * Whatever happens, somebody who may still be tried is chosen, and timeouts keep their bounds.
   */
  @Property(tries = 300)
  void shouldAlwaysChooseSomebodyWhoMayBeTried(
      @ForAll @Size(max = 60) List<@IntRange(max = 71) Integer> events,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 4) Integer> tried) {
    List<ServerAddress> candidates = List.of(A, B, C, SIX).subList(0, tried.size());
    List<ServerAddress> others = new ArrayList<>(candidates);
    others.add(server("2001:db8::2"));
    for (int event : events) {
      ServerAddress server = others.get(event % others.size());
      switch (event / others.size() % 6) {
        case 0 -> replies(server, event * 20L, 1);
        case 1 -> timesOut(server, 1);
        case 2 -> table.unreachable(server, nowNs);
        case 3 -> table.lame(server, ZONE, nowNs);
        case 4 -> nowNs += SECONDS.toNanos(event);
        default -> nowNs += MINUTES.toNanos(event);
      }
      long timeoutNs = table.timeoutNs(server);
      assertTrue(timeoutNs >= ms(150) && timeoutNs <= ms(3000), "timeout " + timeoutNs);
    }
    int[] tries = tried.stream().mapToInt(Integer::intValue).toArray();
    int chosen = choose(candidates, tries);
    boolean untried = tried.contains(0);
    assertTrue(chosen >= 0 || !untried, "nobody of " + tried);
    assertTrue(chosen < 0 || tries[chosen] < ServerTable.MAX_TRIES, chosen + " of " + tried);
  }
}
