package djbdns.client;

import static djbdns.client.TestReplies.answer;
import static djbdns.client.TestReplies.cut;
import static djbdns.client.TestReplies.reply;
import static djbdns.client.TestReplies.servfail;
import static djbdns.client.TestReplies.truncated;
import static djbdns.client.TestReplies.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import djbdns.client.FakeNetwork.Event;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Transmit} on a fake clock: the exact servers and deadlines of 1.05, and its fixes. */
final class TransmitTest {
  private static final List<ServerAddress> ONE = ServerAddress.parseList("10.0.0.1");
  private static final List<ServerAddress> TWO = ServerAddress.parseList("10.0.0.1,10.0.0.2");
  private static final List<ServerAddress> NONE = List.of();
  private static final boolean TO_CACHE = true;
  private static final boolean TO_SERVER = false;

  /** Predictable on purpose: the tests must be repeatable. */
  private final RandomGenerator random = new Random(1);

  private static Query query(boolean recursive) {
    return new Query(new Question(wwwExample(), RecordType.A), recursive);
  }

  private static Name wwwExample() {
    return Name.ofWire(new byte[] {3, 'w', 'w', 'w', 1, 'x', 0}, 0);
  }

  private FakeNetwork play(
      boolean recursive,
      List<ServerAddress> servers,
      Function<Step.Attempt, List<Event>> behaviour) {
    return new FakeNetwork(behaviour)
        .play(new Transmit(query(recursive), servers, Transport.UDP, random));
  }

  private static List<Event> silence() {
    return List.of();
  }

  private static List<Event> packets(byte[]... packets) {
    List<Event> events = new ArrayList<>();
    for (byte[] packet : packets) {
      events.add(new Event.Packet(0.25, packet));
    }
    return events;
  }

  private static Failure failure(FakeNetwork network) {
    return assertInstanceOf(Step.Failed.class, network.end()).failure();
  }

  private static void assertFailed(Failure expected, FakeNetwork network) {
    assertEquals(expected, failure(network));
  }

  private static void assertServerFailed(Rcode expected, FakeNetwork network) {
    Failure.ServerFailed failed = assertInstanceOf(Failure.ServerFailed.class, failure(network));
    assertEquals(expected, failed.rcode());
    assertEquals(expected.code(), failed.reply().at(3) & Header.RCODE);
  }

  @Test
  void shouldReturnTheFirstAnswer() {
    FakeNetwork network = play(TO_SERVER, TWO, a -> packets(answer(a.packet())));
    assertEquals(List.of("0 UDP 10.0.0.1 1"), network.log());
    Step.Done done = assertInstanceOf(Step.Done.class, network.end());
    assertEquals(Transport.UDP, done.transport());
    assertEquals(TWO.getFirst(), done.server());
    assertEquals(query(false).length(), done.packet().length);
  }

  @Test
  void shouldAskEveryServerInFourRoundsWhenAllAreDead() {
    FakeNetwork network = play(TO_SERVER, TWO, _ -> silence());
    assertEquals(
        List.of(
            "0 UDP 10.0.0.1 1",
            "1 UDP 10.0.0.2 1",
            "2 UDP 10.0.0.1 3",
            "5 UDP 10.0.0.2 3",
            "8 UDP 10.0.0.1 11",
            "19 UDP 10.0.0.2 11",
            "30 UDP 10.0.0.1 45",
            "75 UDP 10.0.0.2 45"),
        network.log());
    assertEquals(120, network.seconds());
    assertFailed(Failure.Reason.TIMED_OUT, network);
  }

  @Test
  void shouldStartWithTheSecondRoundWhenAskingACache() {
    FakeNetwork network = play(TO_CACHE, ONE, _ -> silence());
    assertEquals(
        List.of("0 UDP 10.0.0.1 3", "3 UDP 10.0.0.1 11", "14 UDP 10.0.0.1 45"), network.log());
  }

  @Test
  void shouldFailAtOnceWithoutServers() {
    FakeNetwork network = play(TO_SERVER, NONE, _ -> silence());
    assertEquals(List.of(), network.log());
    assertFailed(Failure.Reason.NO_REPLY, network);
  }

  @Test
  void shouldLeaveOutUnspecifiedServersAndThoseBehindTheSixteenth() {
    List<ServerAddress> many = new ArrayList<>(ServerAddress.parseList("0.0.0.0,::"));
    for (int i = 1; i <= 20; i++) {
      many.addAll(ServerAddress.parseList("10.0.0." + i));
    }
    Set<String> asked = new HashSet<>();
    play(
        TO_CACHE,
        many,
        a -> {
          asked.add(a.server().toString());
          return silence();
        });
    assertEquals(16, asked.size());
  }

  @Test
  void shouldNotTakeAnAnswerAfterTheDeadline() {
    FakeNetwork network =
        play(TO_SERVER, ONE, a -> List.of(new Event.Packet(2, answer(a.packet()))));
    assertEquals(List.of("0 UDP 10.0.0.1 1", "1 UDP 10.0.0.1 3"), network.log());
    assertInstanceOf(Step.Done.class, network.end());
  }

  @Test
  void shouldGoOnAtOnceAfterServerFailureExceptInThePatientRound() {
    FakeNetwork network = play(TO_SERVER, ONE, a -> packets(servfail(a.packet())));
    assertEquals(
        List.of(
            "0 UDP 10.0.0.1 1",
            "0.25 UDP 10.0.0.1 3",
            "0.5 UDP 10.0.0.1 11",
            "11.5 UDP 10.0.0.1 45"),
        network.log());
    assertServerFailed(Rcode.SERVFAIL, network);
  }

  @Test
  void shouldTakeAnAnswerAfterServerFailureInThePatientRound() {
    FakeNetwork network =
        play(TO_CACHE, TWO, a -> packets(servfail(a.packet()), answer(a.packet())));
    // The first round drops each server at its failure; the second one waits for more.
    assertEquals(
        List.of("0 UDP 10.0.0.1 3", "0.25 UDP 10.0.0.2 3", "0.5 UDP 10.0.0.1 11"), network.log());
    assertInstanceOf(Step.Done.class, network.end());
  }

  @Test
  void shouldGoOnAtOnceWhenRefusedExceptInThePatientRound() {
    FakeNetwork network =
        play(TO_SERVER, ONE, _ -> List.of(new Event.ReceiveFails(0.25, Failure.Reason.REFUSED)));
    assertEquals(
        List.of(
            "0 UDP 10.0.0.1 1",
            "0.25 UDP 10.0.0.1 3",
            "0.5 UDP 10.0.0.1 11",
            "11.5 UDP 10.0.0.1 45"),
        network.log());
    assertFailed(Failure.Reason.REFUSED, network);
  }

  @Test
  void shouldGoThroughEveryRoundAtOnceWhenNothingCanBeSent() {
    Failure unreachable = new Failure.Io(new IOException("Network is unreachable"));
    FakeNetwork network = play(TO_SERVER, TWO, _ -> List.of(new Event.SendFails(unreachable)));
    assertEquals(8, network.log().size());
    assertEquals(0, network.seconds());
    assertFailed(unreachable, network);
  }

  @Test
  void shouldReportWhatWentWrongLast() {
    FakeNetwork network =
        play(
            TO_SERVER,
            TWO,
            a ->
                a.server().equals(TWO.getFirst())
                    ? List.of(new Event.SendFails(Failure.Reason.REFUSED))
                    : silence());
    assertFailed(Failure.Reason.TIMED_OUT, network);
  }

  private void shouldIgnore(UnaryOperator<byte[]> spoil) {
    FakeNetwork network =
        play(TO_SERVER, ONE, a -> packets(spoil.apply(answer(a.packet())), answer(a.packet())));
    assertEquals(List.of("0 UDP 10.0.0.1 1"), network.log());
    Step.Done done = assertInstanceOf(Step.Done.class, network.end());
    assertEquals((byte) 0x80, done.packet()[2]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldIgnoreAnotherId(int index) {
    shouldIgnore(packet -> with(packet, index, 1));
  }

  @Test
  void shouldIgnoreQueriesAndOtherOpcodes() {
    shouldIgnore(packet -> with(packet, 2, 0x80));
    for (int opcode = 1; opcode < 16; opcode++) {
      int mask = opcode << 3;
      shouldIgnore(packet -> with(packet, 2, mask));
    }
  }

  @Test
  void shouldIgnoreOtherQuestions() {
    int end = query(false).length();
    shouldIgnore(packet -> with(packet, 5, 3));
    shouldIgnore(packet -> with(packet, 4, 1));
    shouldIgnore(packet -> with(packet, 13, 1));
    shouldIgnore(packet -> with(packet, end - 3, 2));
    shouldIgnore(packet -> with(packet, end - 1, 2));
  }

  @Test
  void shouldIgnoreShortAndLongDatagrams() {
    for (int length = 1; length < query(false).length(); length++) {
      int shorter = length;
      shouldIgnore(packet -> cut(packet, shorter));
    }
    shouldIgnore(packet -> cut(packet, 513));
  }

  @Test
  void shouldTakeADatagramOf512Bytes() {
    FakeNetwork network = play(TO_SERVER, ONE, a -> packets(cut(answer(a.packet()), 512)));
    assertEquals(512, assertInstanceOf(Step.Done.class, network.end()).packet().length);
  }

  @Test
  void shouldGoOnAfterAnEmptyDatagram() {
    FakeNetwork network = play(TO_CACHE, ONE, _ -> packets(new byte[0]));
    assertEquals(3, network.log().size());
    assertFailed(Failure.Reason.NO_REPLY, network);
  }

  @Test
  void shouldAcceptAnotherLetterCase() {
    FakeNetwork network = play(TO_SERVER, ONE, a -> packets(with(answer(a.packet()), 13, 0x20)));
    assertInstanceOf(Step.Done.class, network.end());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void shouldAcceptNoErrorAndNxdomain(int rcode) {
    FakeNetwork network = play(TO_SERVER, ONE, a -> packets(reply(a.packet(), rcode)));
    assertInstanceOf(Step.Done.class, network.end());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void shouldTakeOtherCodesForServerFailure(int rcode) {
    FakeNetwork network = play(TO_SERVER, ONE, a -> packets(reply(a.packet(), rcode)));
    assertServerFailed(new Rcode(rcode), network);
  }

  private FakeNetwork playTcp(Function<byte[], List<Event>> overTcp) {
    return play(
        TO_SERVER,
        TWO,
        a ->
            switch (a.transport()) {
              case UDP ->
                  a.server().equals(TWO.getLast()) ? packets(truncated(a.packet())) : silence();
              case TCP -> overTcp.apply(a.packet());
            });
  }

  private static final List<String> ALL_OVER_TCP =
      List.of(
          "0 UDP 10.0.0.1 1", "1 UDP 10.0.0.2 1", "1.25 TCP 10.0.0.1 10", "11.25 TCP 10.0.0.2 10");

  @Test
  void shouldAskEveryServerOverTcpAfterTruncation() {
    FakeNetwork network = playTcp(_ -> silence());
    assertEquals(ALL_OVER_TCP, network.log());
    assertEquals(21.25, network.seconds());
    assertFailed(Failure.Reason.TIMED_OUT, network);
  }

  @Test
  void shouldPreferTruncationToServerFailure() {
    FakeNetwork network =
        play(
            TO_SERVER,
            ONE,
            a ->
                a.transport() == Transport.UDP
                    ? packets(with(servfail(a.packet()), 2, 0x02))
                    : packets(answer(a.packet())));
    assertEquals(Transport.TCP, assertInstanceOf(Step.Done.class, network.end()).transport());
  }

  @Test
  void shouldTakeALongMessageOverTcp() {
    FakeNetwork network = playTcp(packet -> packets(cut(answer(packet), 65535)));
    Step.Done done = assertInstanceOf(Step.Done.class, network.end());
    assertEquals(65535, done.packet().length);
    assertEquals(TWO.getFirst(), done.server());
  }

  @Test
  void shouldGoOnOverTcpAfterEveryBadReply() {
    assertServerFailed(Rcode.SERVFAIL, playTcp(packet -> packets(servfail(packet))));
    assertFailed(Failure.Reason.NO_REPLY, playTcp(packet -> packets(truncated(packet))));
    assertFailed(Failure.Reason.NO_REPLY, playTcp(packet -> packets(packet)));
    assertFailed(Failure.Reason.NO_REPLY, playTcp(packet -> packets(with(answer(packet), 1, 1))));
    assertFailed(Failure.Reason.MALFORMED, playTcp(packet -> packets(cut(answer(packet), 14))));
    assertFailed(Failure.Reason.NO_REPLY, playTcp(_ -> packets(new byte[0])));
    assertFailed(Failure.Reason.MALFORMED, playTcp(_ -> packets(new byte[1])));
  }

  @Test
  void shouldGoOnOverTcpWhenRefusedOrClosed() {
    assertFailed(
        Failure.Reason.REFUSED, playTcp(_ -> List.of(new Event.SendFails(Failure.Reason.REFUSED))));
    assertFailed(
        Failure.Reason.NO_REPLY,
        playTcp(_ -> List.of(new Event.ReceiveFails(1, Failure.Reason.NO_REPLY))));
  }

  @Test
  void shouldGiveTheReplyOverTcpItsOwnTime() {
    Transmit transmit = new Transmit(query(false), ONE, Transport.TCP, random);
    Step.Attempt attempt = assertInstanceOf(Step.Attempt.class, transmit.start(0));
    assertEquals(Transport.TCP, attempt.transport());
    assertEquals(10_000_000_000L, attempt.deadlineNs());
    Step.Wait wait = assertInstanceOf(Step.Wait.class, transmit.onSent(4_000_000_000L));
    assertEquals(14_000_000_000L, wait.deadlineNs());
  }

  @Test
  void shouldKeepWaitingUntilTheDeadline() {
    Transmit transmit = new Transmit(query(false), ONE, Transport.UDP, random);
    transmit.start(0);
    assertEquals(new Step.Wait(1_000_000_000L), transmit.onTime(999_999_999L));
    assertInstanceOf(Step.Attempt.class, transmit.onTime(1_000_000_000L));
  }

  @Test
  void shouldGiveEveryPacketANewIdFromTheGivenGenerator() {
    Set<Integer> ids = new HashSet<>();
    play(
        TO_SERVER,
        TWO,
        a -> {
          ids.add(((a.packet()[0] & 0xff) << 8) | (a.packet()[1] & 0xff));
          return silence();
        });
    assertEquals(8, ids.size());
    RandomGenerator same = new Random(1);
    Set<Integer> expected = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      expected.add(same.nextInt(0x10000));
    }
    assertEquals(expected, ids);
  }

  @Test
  void shouldSendThePacketThat105Sends() {
    byte[] recursive = query(true).packet(0x1234);
    assertArrayEquals(
        new byte[] {
          0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 'w', 'w', 'w', 1, 'x', 0, 0, 1, 0, 1
        },
        recursive);
    assertNotEquals(recursive[2], query(false).packet(0)[2]);
    assertSame(RecordType.A, query(true).question().type());
  }

  private FakeNetwork play(RetrySchedule schedule, Function<Step.Attempt, List<Event>> behaviour) {
    return new FakeNetwork(behaviour)
        .play(new Transmit(query(TO_CACHE), TWO, Transport.UDP, schedule, random));
  }

  @Test
  void shouldKeepToAnotherSchedule() {
    FakeNetwork network = play(RetrySchedule.ofAttempts(2, 5), _ -> silence());
    assertEquals(
        List.of("0 UDP 10.0.0.1 5", "5 UDP 10.0.0.2 5", "10 UDP 10.0.0.1 5", "15 UDP 10.0.0.2 5"),
        network.log());
    assertFailed(Failure.Reason.TIMED_OUT, network);
  }

  @Test
  void shouldHaveNoPatientRoundInAnotherSchedule() {
    FakeNetwork network =
        play(RetrySchedule.ofAttempts(3, 1), attempt -> packets(servfail(attempt.packet())));
    assertEquals(6, network.log().size());
    assertEquals(1.5, network.seconds());
    assertServerFailed(Rcode.SERVFAIL, network);
  }

  @Test
  void shouldRefuseAScheduleWithoutTime() {
    assertThrows(IllegalArgumentException.class, () -> new RetrySchedule(List.of(), 0, -1));
    assertThrows(IllegalArgumentException.class, () -> RetrySchedule.ofAttempts(2, 0));
  }
}
