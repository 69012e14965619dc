package djbdns.tools.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.MalformedPacketException;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Ns;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the scripted servers do the harm they are there for, and do it in well-formed packets. */
final class WorldTest {
  private static final World WORLD = World.create();
  private static final int NAMES = 500;

  private static Ask ask(int server, String name, int type, boolean tcp) {
    byte[] opt = QueryPacket.options(0);
    byte[] query = QueryPacket.of(7, name, type, opt);
    return Ask.read(query, query.length, tcp, server).orElseThrow();
  }

  private static int number(String address) {
    return ServerLoop.number(InetAddress.ofLiteral(address));
  }

  private static Reaction react(Ask ask) {
    return WORLD.authorities().get(ask.server()).answer(ask);
  }

  /** What it sends at once or later, if anything. */
  private static List<byte[]> replies(Reaction reaction) {
    return switch (reaction) {
      case Reaction.Send send -> send.messages();
      case Reaction.Dribble dribble -> List.of(dribble.message().toArray());
      case Reaction.Silence _, Reaction.Reset _ -> List.of();
    };
  }

  private static Message read(byte[] reply) {
    try {
      return Message.read(reply, reply.length);
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<Message> chainReferrals(boolean tcp) {
    return Stream.iterate(1, number -> number + 1)
        .limit(NAMES)
        .map(number -> ask(Places.HOSTILE_TOP, ChainZones.question(number), ReplyPacket.A, tcp))
        .map(WorldTest::react)
        .map(reaction -> read(replies(reaction).getFirst()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r1.d1.dead",
        "r.l1.loop",
        "r.s1.loop",
        "r.t1.loop",
        "r.n1.nxns",
        "r.z1.mute",
        "r.z1.huge",
        "r.z1.alias",
        "r.z1.lies",
        "dead",
      })
  void shouldSendWellFormedReplies(String name) {
    for (boolean tcp : new boolean[] {false, true}) {
      for (int type : new int[] {ReplyPacket.A, ReplyPacket.AAAA}) {
        int server = name.endsWith("mute") ? Places.MUTE_TOP : Places.HOSTILE_TOP;
        Ask ask = ask(server, name, type, tcp);
        byte[] reply = replies(react(ask)).getFirst();
        assertTrue(reply.length <= ask.room());
        assertEquals(name, read(reply).questions().getFirst().name().toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1.z1.alias", "f1.z1.alias", "y.d1.z1.alias", "o1.z1.alias"})
  void shouldAnswerWithAnAlias(String name) {
    byte[] reply = replies(react(ask(Places.ALIAS, name, ReplyPacket.A, false))).getFirst();
    assertTrue(!read(reply).answers().isEmpty());
  }

  @Test
  void shouldNameSixteenServersInAboutTwoHundredBytes() {
    assertTrue(
        chainReferrals(false)
            .filter(reply -> (reply.flags() & 0x0200) == 0)
            .allMatch(reply ->
                reply.authority().size() == 16
                    && reply.authority().stream()
                        .map(record -> ((Ns) record.rdata()).server().length())
                        .allMatch(length -> length > 190 && length < 256)));
  }

  @Test
  void shouldGiveEightAddressesToEachServerOverTcp() {
    List<Integer> glue = chainReferrals(true).map(reply -> reply.additional().size()).toList();
    assertTrue(glue.contains(0));
    assertTrue(glue.contains(128));
  }

  @Test
  void shouldAnswerTheSameTwice() {
    for (int server : WORLD.authorities().keySet()) {
      for (String name : List.of("x3.z1.lies", "r.d9.dead", "f1.z1.honest", "w1.z0.mute")) {
        Ask ask = ask(server, name, ReplyPacket.A, false);
        assertTrue(Arrays.deepEquals(replies(react(ask)).toArray(), replies(react(ask)).toArray()));
      }
    }
  }

  @Test
  void shouldBeHonestWhereHonestClientsAsk() {
    String name = Honest.cachedName(5);
    byte[] reply = replies(react(ask(Places.HONEST, name, ReplyPacket.A, false))).getFirst();
    assertEquals(
        Optional.of(HonestZones.addressOf(name)), QueryPacket.addressIn(reply, reply.length));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, r.honest", "10.0.0.1, r.mute", "10.0.0.1, r.victim", "10.0.1.1, r.z1.honest",
    "10.0.2.5, r.z1.mute", "10.0.0.2, r.z1.huge", "10.0.0.2, r.z1.alias", "10.0.0.2, r.z1.lies",
  })
  void shouldTellTheTruthAboutServers(String server, String name) {
    Ask parent = ask(number(server), name, ReplyPacket.A, false);
    ResourceRecord glue = read(replies(react(parent)).getFirst()).additional().getFirst();
    Ask child = ask(number(glue.rdata().toString()), glue.owner().toString(), ReplyPacket.A, false);
    assertEquals(glue.rdata(), read(replies(react(child)).getFirst()).answers().getFirst().rdata());
  }

  @Test
  void shouldBeSilentToOtherTypesThanAddresses() {
    assertEquals(Reaction.SILENCE, react(ask(Places.MUTE, "w.z0.mute", ReplyPacket.HTTPS, false)));
    assertEquals(1, replies(react(ask(Places.MUTE, "w.z0.mute", ReplyPacket.A, false))).size());
  }
}
