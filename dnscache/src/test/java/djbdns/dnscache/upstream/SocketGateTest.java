package djbdns.dnscache.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.dnscache.resolve.Upstream.Cause;
import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which socket, without sockets. */
final class SocketGateTest {
  private static final long ROOMY = 1L << 30;
  private static final int QUERY_BYTES = 40;

  private final List<Guest> started = new ArrayList<>();
  private SocketGate gate = new SocketGate(3, ROOMY);

  private enum State {
    NEW,
    WAITING,
    OPEN,
    LOST,
    REFUSED,
    FAILED,
    CLOSED
  }

  private final class Guest implements SocketGate.Guest {
    private final SocketGate.Ticket ticket;
    private final String zone;
    private State state = State.NEW;
    private boolean yielding;
    private boolean cannotStart;

    Guest(int client, String zone) {
      this.zone = zone;
      ticket = gate.ticket(new Cause(Bytes.of((byte) client), name(zone)), this);
    }

    Guest enter() {
      state = State.WAITING;
      ticket.enter(new byte[QUERY_BYTES], QUERY_BYTES);
      return this;
    }

    void giveWay() {
      yielding = true;
      ticket.giveWay();
    }

    void close() {
      if (state == State.OPEN || state == State.WAITING) {
        state = State.CLOSED;
      }
      ticket.leave();
      ticket.leave();
    }

    @Override
    public boolean start(byte[] query, int queryLength) {
      assertEquals(State.WAITING, state);
      assertEquals(QUERY_BYTES, queryLength);
      state = cannotStart ? State.FAILED : State.OPEN;
      started.add(this);
      return !cannotStart;
    }

    @Override
    public void lose() {
      assertEquals(State.OPEN, state);
      assertTrue(yielding, "a reply was expected");
      state = State.LOST;
    }

    @Override
    public void refuse() {
      assertEquals(State.WAITING, state);
      state = State.REFUSED;
    }
  }

  private static Name name(String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private Guest enter(int client, String zone) {
    return new Guest(client, zone).enter();
  }

  private List<Guest> enter(int count, int client, String zone) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      guests.add(enter(client, zone));
    }
    return guests;
  }

  @Test
  void shouldGiveAllSocketsToWhoIsAlone() {
    List<Guest> guests = enter(4, 1, "dead.");
    assertEquals(guests.subList(0, 3), started);
    guests.getFirst().close();
    assertEquals(guests, started);
  }

  @Test
  void shouldGiveTheNextSocketToWhoHasNone() {
    List<Guest> flood = enter(50, 1, "dead.");
    Guest modest = enter(2, "dead.");
    flood.getFirst().close();
    assertEquals(State.OPEN, modest.state);
  }

  @Test
  void shouldGiveTheNextSocketOfAClientToTheZoneThatHasNone() {
    List<Guest> flood = enter(50, 1, "dead.");
    Guest live = enter(1, "live.");
    flood.get(1).close();
    assertEquals(State.OPEN, live.state);
  }

  @Test
  void shouldNotLetAClientHaveMoreByAskingForManyZones() {
    List<Guest> flood = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      flood.add(enter(1, "dead" + i + "."));
    }
    Guest modest = enter(2, "dead.");
    flood.getFirst().close();
    assertEquals(State.OPEN, modest.state);
  }

  @Test
  void shouldPreferZonesThatHaveAnsweredAndStarveNoOther() {
    gate = new SocketGate(1, ROOMY);
    Guest last = enter(1, "live.");
    last.ticket.heard();
    for (int i = 0; i < 40; i++) {
      enter(1, "new" + i + ".");
    }
    for (int i = 0; i < 40; i++) {
      enter(1, "live.");
    }
    for (int i = 0; i < 40; i++) {
      last.close();
      last = started.getLast();
    }
    assertEquals(30, started.stream().skip(1).filter(one -> one.zone.equals("live.")).count());
  }

  /** Who is served next, a new zone or one that has answered and then was silent so often. */
  private String nextAfterSilences(int silences) {
    gate = new SocketGate(1, ROOMY);
    Guest heard = enter(1, "silent.");
    heard.ticket.heard();
    heard.close();
    for (int i = 1; i < silences; i++) {
      Guest unanswered = enter(1, "silent.");
      unanswered.giveWay();
      unanswered.close();
    }
    Guest last = enter(1, "silent.");
    enter(1, "new.");
    enter(1, "silent.");
    last.giveWay();
    return started.getLast().zone;
  }

  @Test
  void shouldNotPreferAZoneThatHasFallenSilent() {
    assertEquals("new.", nextAfterSilences(8));
  }

  @Test
  void shouldGoOnPreferringAZoneThatIsSilentAboutSomeQuestions() {
    assertEquals("silent.", nextAfterSilences(1));
    assertEquals("silent.", nextAfterSilences(7));
  }

  @Test
  void shouldServeAZoneInTheOrderOfArrival() {
    List<Guest> guests = enter(10, 1, "zone.");
    for (int i = 0; i < 7; i++) {
      started.get(i).close();
    }
    assertEquals(guests, started);
  }

  @Test
  void shouldTakeTurnsAmongEquals() {
    gate = new SocketGate(1, ROOMY);
    Guest first = enter(9, "zone.");
    List<Guest> ofOne = enter(3, 1, "zone.");
    List<Guest> ofTwo = enter(3, 2, "zone.");
    first.close();
    for (int i = 1; i < 7; i++) {
      started.get(i).close();
    }
    assertEquals(
        List.of(
            first,
            ofOne.get(0),
            ofTwo.get(0),
            ofOne.get(1),
            ofTwo.get(1),
            ofOne.get(2),
            ofTwo.get(2)),
        started);
  }

  @Test
  void shouldTakeNoSocketWhoseReplyIsExpected() {
    List<Guest> flood = enter(3, 1, "dead.");
    Guest modest = enter(2, "live.");
    assertEquals(State.WAITING, modest.state);
    flood.forEach(guest -> assertEquals(State.OPEN, guest.state));
  }

  @Test
  void shouldTakeSocketsThatHaveGivenWayOnceSomebodyWaits() {
    List<Guest> flood = enter(3, 1, "dead.");
    flood.get(1).giveWay();
    flood.get(0).giveWay();
    assertEquals(3, gate.open());
    Guest modest = enter(2, "live.");
    assertEquals(State.OPEN, modest.state);
    assertEquals(State.LOST, flood.get(1).state);
    assertEquals(State.OPEN, flood.get(0).state);
    assertEquals(3, gate.open());
  }

  @Test
  void shouldServeWhoWaitsWhenASocketGivesWay() {
    List<Guest> flood = enter(3, 1, "dead.");
    Guest modest = enter(2, "live.");
    flood.getFirst().giveWay();
    assertEquals(State.LOST, flood.getFirst().state);
    assertEquals(State.OPEN, modest.state);
  }

  @Test
  void shouldTakeFromWhoHasMost() {
    gate = new SocketGate(6, ROOMY);
    Guest modest = enter(2, "one.");
    Guest few = enter(1, "few.");
    List<Guest> many = enter(4, 1, "many.");
    modest.giveWay();
    few.giveWay();
    many.get(2).giveWay();
    many.get(1).giveWay();
    enter(3, "new.");
    assertEquals(State.LOST, many.get(2).state);
    enter(3, "new.");
    assertEquals(State.LOST, many.get(1).state);
    assertEquals(State.OPEN, modest.state);
    assertEquals(State.OPEN, few.state);
  }

  @Test
  void shouldTurnAwayOneThatWaitsAndGivesWay() {
    enter(3, 1, "dead.");
    Guest waiting = enter(1, "dead.");
    waiting.giveWay();
    assertEquals(State.REFUSED, waiting.state);
    assertEquals(0, gate.waitingBytes());
  }

  @Test
  void shouldLetOneThatTwoClientsWantWaitForTheOneThatHasFewerSockets() {
    for (int i = 0; i < 3; i++) {
      new Guest(1, "zone" + i).enter();
    }
    Guest first = new Guest(1, "other").enter();
    Guest joined = new Guest(1, "joined").enter();
    joined.ticket.alsoFor(Bytes.of((byte) 2));
    started.getFirst().close();
    assertEquals(State.OPEN, joined.state);
    assertEquals(State.WAITING, first.state);
    first.ticket.alsoFor(Bytes.of((byte) 1));
    started.get(1).close();
    assertEquals(State.OPEN, first.state);
  }

  @Test
  void shouldNotLetAGreedyClientMakeAnotherOnesWaitLonger() {
    for (int i = 0; i < 3; i++) {
      new Guest(1, "zone" + i).enter();
    }
    Guest modest = new Guest(2, "joined").enter();
    modest.ticket.alsoFor(Bytes.of((byte) 1));
    started.getFirst().close();
    assertEquals(State.OPEN, modest.state);
  }

  @Test
  void shouldForgetOneThatDoesNotWantToWait() {
    List<Guest> guests = enter(5, 1, "zone.");
    guests.get(3).close();
    guests.get(0).close();
    assertEquals(State.OPEN, guests.get(4).state);
    assertEquals(0, gate.waitingBytes());
  }

  @Test
  void shouldServeTheNextWhereOneCannotStart() {
    List<Guest> guests = enter(5, 1, "zone.");
    guests.get(3).cannotStart = true;
    guests.get(0).close();
    assertEquals(State.FAILED, guests.get(3).state);
    assertEquals(State.OPEN, guests.get(4).state);
    assertEquals(3, gate.open());
  }

  @Test
  void shouldTurnAwayTheNewestOfTheGreediestClientWhenTheRoomIsFull() {
    int each = SocketGate.WAITING_OVERHEAD_BYTES + QUERY_BYTES;
    gate = new SocketGate(1, 10L * each);
    enter(9, "first.");
    Guest other = enter(1, "other.");
    List<Guest> flood = enter(9, 1, "dead.");
    assertEquals(10L * each, gate.waitingBytes());
    Guest modest = enter(2, "live.");
    assertEquals(State.WAITING, modest.state);
    assertEquals(State.REFUSED, flood.getLast().state);
    assertEquals(State.WAITING, flood.getFirst().state);
    assertEquals(State.WAITING, other.state);
    assertEquals(State.REFUSED, enter(1, "dead.").state);
    assertEquals(10L * each, gate.waitingBytes());
  }

  @Test
  void shouldHoldNothingOfThoseWhoHaveGone() {
    List<Guest> guests = enter(20, 1, "zone.");
    guests.addAll(enter(20, 2, "zone."));
    guests.getFirst().giveWay();
    guests.forEach(Guest::close);
    assertEquals(0, gate.open());
    assertEquals(0, gate.waitingBytes());
    assertTrue(gate.isEmpty());
  }

  /** Live zones answer in a step, dead ones never: their sockets give way after a patience. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldUseEverySocketAndStarveNobody(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int sockets = random.nextInt(1, 20);
    int patience = random.nextInt(2, 12);
    gate = new SocketGate(sockets, ROOMY);
    List<Guest> all = new ArrayList<>();
    int entered = 0;
    for (int step = 0; step < 1_000 || gate.waitingBytes() > 0; step++) {
      assertTrue(step < 30_000, "somebody starves");
      if (step < 300) {
        for (int i = random.nextInt(4); i > 0; i--) {
          all.add(enter(1, "dead" + random.nextInt(30) + "."));
          entered++;
        }
        if (random.nextInt(10) == 0) {
          all.add(enter(random.nextInt(2, 4), random.nextBoolean() ? "live." : "dead."));
          entered++;
        }
      }
      for (Guest guest : all.stream().filter(one -> one.state == State.OPEN).toList()) {
        if (guest.state == State.OPEN && guest.zone.equals("live.")) {
          guest.close();
          check(all, sockets);
        } else if (guest.state == State.OPEN && !guest.yielding && random.nextInt(patience) == 0) {
          guest.giveWay();
          check(all, sockets);
        }
      }
      all.removeIf(guest -> guest.state != State.OPEN && guest.state != State.WAITING);
    }
    assertEquals(entered, started.size());
    all.forEach(Guest::close);
    assertTrue(gate.isEmpty());
  }

  private void check(List<Guest> all, int sockets) {
    long open = all.stream().filter(guest -> guest.state == State.OPEN).count();
    assertEquals(open, gate.open());
    assertTrue(open <= sockets);
    if (gate.waitingBytes() > 0) {
      assertEquals(sockets, open, "somebody waits for nothing");
      assertTrue(
          all.stream().noneMatch(guest -> guest.state == State.OPEN && guest.yielding),
          "somebody waits beside sockets that have given way");
    }
  }

  /** However many dead zones another client has: one socket has to become free, no more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 12, 48, 250})
  void shouldLetAModestClientWaitForOneFreeSocketAtMost(int sockets) {
    gate = new SocketGate(sockets, ROOMY);
    List<Guest> flood = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      flood.add(enter(1, "dead" + i + "."));
    }
    for (int i = 0; i < 100; i++) {
      Guest modest = enter(2, "live" + i % 7 + ".");
      started.stream().filter(guest -> guest.state == State.OPEN).findFirst().orElseThrow().close();
      assertEquals(State.OPEN, modest.state);
      modest.close();
    }
    assertFalse(flood.stream().allMatch(guest -> guest.state == State.CLOSED));
  }
}
