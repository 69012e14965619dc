package djbdns.dnscache.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Transport;
import djbdns.dnscache.resolve.Answer;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.Upstream;
import djbdns.dnscache.sim.Behaviour;
import djbdns.dnscache.sim.Names;
import djbdns.dnscache.sim.Records;
import djbdns.dnscache.sim.SimClock;
import djbdns.dnscache.sim.SimNetwork;
import djbdns.dnscache.sim.Spoiler;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.A;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Attackers who cannot see the packets that they answer. */
final class SpoofingTest {
  private static final Bytes EVIL = Bytes.of((byte) 66, (byte) 66, (byte) 66, (byte) 66);

  /** What a generator gives that the attacker can predict: always the same. */
  private static final RandomGenerator PREDICTABLE = () -> 0;

  private static final int PREDICTED_PORT = 1024;

  private static byte[] forgery(int id, Name name) {
    Question question = new Question(name, RecordType.A);
    return Spoiler.forgery(id, question, new ResourceRecord(name, 86_400, new A(EVIL)));
  }

  /** Asks for names that nobody has asked for, and answers each with a burst of guesses. */
  private static boolean isPoisoned(Stage stage, Resolver resolver, int rounds, int guesses) {
    SplittableRandom attacker = new SplittableRandom(1);
    for (int round = 0; round < rounds; round++) {
      Name name = Names.of(round + ".victim.com");
      for (int i = 0; i < guesses; i++) {
        int id = i == 0 ? 0 : attacker.nextInt(0x10000);
        int port = i == 0 ? PREDICTED_PORT : attacker.nextInt(1024, 0x10000);
        stage
            .network()
            .spoof(
                15 * SimClock.NS_PER_MS + i,
                Stage.server(Stage.VICTIM_SERVER),
                port,
                forgery(id, name));
      }
      if (Stage.addressIn(stage.ask(resolver, name.toString())).equals(Stage.ATTACKER)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldNotHavePortsAndIdsGuessed() {
    try (Stage stage = new Stage(PREDICTABLE, 1)) {
      Resolver weak = stage.resolver(stage.network(), PREDICTABLE);
      stage.ask(weak, "www.victim.com");
      assertTrue(isPoisoned(stage, weak, 1, 1), "Kaminsky's attack on a predictable resolver");
    }
    try (Stage stage = new Stage()) {
      Resolver resolver = stage.resolver();
      stage.ask(resolver, "www.victim.com");
      assertFalse(isPoisoned(stage, resolver, 100, 100));
    }
  }

  @Test
  void shouldUseANewPortAndIdForEachPacket() {
    try (Stage stage = new Stage()) {
      Set<Integer> ports = new HashSet<>();
      Set<Integer> ids = new HashSet<>();
      stage
          .network()
          .addSpy(socket -> {
            ports.add(socket.port());
            ids.add(socket.message().id());
          });
      Resolver resolver = stage.resolver();
      for (int i = 0; i < 200; i++) {
        stage.ask(resolver, i + ".victim.com");
      }
      assertTrue(ports.size() > 190, "" + ports.size());
      assertTrue(ids.size() > 190, "" + ids.size());
    }
  }

  /** Sends every ID to the right port, as who has found the port out by SAD DNS can. */
  private static void floodOnceSent(Stage stage, String asked) {
    stage
        .network()
        .addSpy(socket -> {
          Name name = socket.message().questions().getFirst().name();
          if (socket.transport() == Transport.UDP && name.equals(Names.of(asked))) {
            for (int id = 0; id < 0x10000; id++) {
              stage.network().spoof(id, socket.server(), socket.port(), forgery(id, name));
            }
          }
        });
  }

  @Test
  void shouldGoToTcpWhenPacketsAlmostFit() {
    // Names without letters, so that letter case is no defence.
    try (Stage stage = new Stage()) {
      floodOnceSent(stage, "1.2.3");
      stage.addZone("2.3", "20.0.0.9");
      Upstream deaf = new DeafToNearMisses(stage.network());
      assertEquals(Stage.ATTACKER, Stage.addressIn(stage.ask(stage.resolver(deaf), "1.2.3")));
    }
    try (Stage stage = new Stage()) {
      floodOnceSent(stage, "1.2.3");
      stage.addZone("2.3", "20.0.0.9").add(Stage.address("1.2.3", 60, Stage.RIGHT));
      assertEquals(Stage.RIGHT, Stage.addressIn(stage.ask(stage.resolver(), "1.2.3")));
    }
  }

  @Test
  void shouldAskOnceHoweverManyWantToKnow() {
    int questions = 200;
    try (Stage stage = new Stage()) {
      List<Resolver> separate = new ArrayList<>();
      for (int i = 0; i < questions; i++) {
        separate.add(stage.resolver());
        stage.askLater(separate.get(i), "www.victim.com", Records.A);
      }
      assertEquals(questions, stage.network().open().size(), "a birthday attack has many targets");
    }
    try (Stage stage = new Stage()) {
      Resolver resolver = stage.resolver();
      for (int i = 0; i < questions; i++) {
        stage.askLater(resolver, "www.victim.com", Records.A);
      }
      assertEquals(1, stage.network().open().size());
      assertEquals(questions, resolver.waiters());
    }
  }

  /** The address that comes out where a server makes a mistake before it answers rightly. */
  private static String answerAfter(
      Behaviour.Mistake mistake, Optional<Unchecked.Check> unchecked) {
    try (Stage stage = new Stage()) {
      stage.serverOf("victim.com").behaviour(new Behaviour.WrongFirst(mistake));
      Upstream network =
          unchecked
              .<Upstream>map(check -> new Unchecked(stage.network(), check))
              .orElse(stage.network());
      return Stage.addressIn(stage.ask(stage.resolver(network), "www.victim.com"));
    }
  }

  private static void assertChecked(Behaviour.Mistake mistake, Unchecked.Check check) {
    assertEquals(Stage.ATTACKER, answerAfter(mistake, Optional.of(check)));
    assertEquals(Stage.RIGHT, answerAfter(mistake, Optional.empty()));
  }

  @Test
  void shouldCheckTheIdOfReplies() {
    assertChecked(Behaviour.Mistake.ID, Unchecked.Check.ID);
  }

  @Test
  void shouldCheckThatRepliesAreResponses() {
    assertChecked(Behaviour.Mistake.NOT_A_RESPONSE, Unchecked.Check.QR);
  }

  @Test
  void shouldCheckTheOpcodeOfReplies() {
    assertChecked(Behaviour.Mistake.OPCODE, Unchecked.Check.OPCODE);
  }

  @Test
  void shouldCheckTheQuestionOfReplies() {
    assertChecked(Behaviour.Mistake.QUESTION_TYPE, Unchecked.Check.QUESTION);
  }

  @Test
  void shouldCheckTheLettersOfReplies() {
    assertEquals(Stage.ATTACKER, answerWithSmallLetters(true));
    assertEquals(Stage.RIGHT, answerWithSmallLetters(false));
  }

  /** The attacker knows port and ID, but not the letters. */
  private static String answerWithSmallLetters(boolean unchecked) {
    try (Stage stage = new Stage()) {
      stage
          .network()
          .addSpy(socket -> {
            byte[] forged = forgery(socket.message().id(), Names.of("www.victim.com"));
            stage.network().spoof(1, socket.server(), socket.port(), forged);
          });
      Upstream network =
          unchecked ? new Unchecked(stage.network(), Unchecked.Check.QUESTION) : stage.network();
      stage.ask(stage.resolver(network), "victim.com");
      return Stage.addressIn(stage.ask(stage.resolver(network), "www.victim.com"));
    }
  }

  @Test
  void shouldIgnorePacketsThatAreNoReplies() {
    for (Behaviour.Mistake mistake : Behaviour.Mistake.values()) {
      assertEquals(Stage.RIGHT, answerAfter(mistake, Optional.empty()), mistake::toString);
    }
  }

  @Test
  void shouldNotLoseEdnsToForgedErrors() {
    assertFalse(usesEdnsAfterForgedFormerr(true), "CVE-2026-52690");
    assertTrue(usesEdnsAfterForgedFormerr(false));
  }

  /** True if the victim's server is asked with EDNS0 after an attacker has forged an error. */
  private static boolean usesEdnsAfterForgedFormerr(boolean unchecked) {
    try (Stage stage = new Stage()) {
      stage
          .network()
          .addSpy(socket -> {
            if (socket.message().edns().isPresent()) {
              stage.network().spoof(1, socket.server(), socket.port(), formerr(socket));
            }
          });
      Upstream network =
          unchecked ? new Unchecked(stage.network(), Unchecked.Check.ID) : stage.network();
      Resolver resolver = stage.resolver(network);
      stage.ask(resolver, "www.victim.com");
      List<Optional<Edns>> offers = new ArrayList<>();
      stage.network().addSpy(socket -> offers.add(socket.message().edns()));
      stage.ask(resolver, "other.victim.com");
      return offers.getLast().isPresent();
    }
  }

  /** FORMERR under another ID, as from a server that knows no EDNS0. */
  private static byte[] formerr(SimNetwork.Socket socket) {
    Message query = socket.message();
    byte[] forged = Spoiler.forgery(query.id() ^ 1, query.questions().getFirst());
    forged[2] = (byte) (Header.QR >> 8);
    forged[3] = (byte) Rcode.FORMERR.code();
    return forged;
  }

  @Test
  void shouldAskForNoMoreThanCrossesAnyLinkUnfragmented() {
    try (Stage stage = new Stage()) {
      List<byte[]> texts = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        byte[] text = new byte[100];
        text[0] = 99;
        text[1] = (byte) i;
        texts.add(text);
      }
      stage.zone("victim.com").add(new Records(Names.of("big.victim.com"), Records.TXT, 60, texts));
      List<Integer> largest = new ArrayList<>();
      List<Transport> transports = new ArrayList<>();
      stage
          .network()
          .addSpy(
              new SimNetwork.Spy() {
                @Override
                public void onSent(SimNetwork.Socket socket) {
                  transports.add(socket.transport());
                  assertEquals(1232, socket.message().edns().orElseThrow().udpPayloadBytes());
                }

                @Override
                public void onReceived(SimNetwork.Socket socket, byte[] packet) {
                  if (socket.transport() == Transport.UDP) {
                    largest.add(packet.length);
                  }
                }
              });
      Answer answer = stage.ask(stage.resolver(), "big.victim.com", Records.TXT);
      assertEquals(30, answer.records().getFirst().count());
      assertTrue(largest.stream().allMatch(bytes -> bytes <= 1232), "RFC 9715");
      assertEquals(Transport.TCP, transports.getLast());
    }
  }

  @Test
  void shouldBearAFloodOfErrors() {
    try (Stage stage = new Stage()) {
      stage
          .network()
          .addSpy(socket -> {
            Message query = socket.message();
            for (int rcode = 1; rcode < 6; rcode++) {
              Message error =
                  new Message(
                      query.id() ^ rcode,
                      Header.QR | rcode,
                      query.questions(),
                      List.of(),
                      List.of(),
                      List.of(),
                      Optional.empty());
              stage.network().spoof(1, socket.server(), socket.port(), Spoiler.bytes(error));
            }
          });
      Answer answer = stage.ask(stage.resolver(), "www.victim.com");
      assertEquals(Stage.RIGHT, Stage.addressIn(answer));
      assertNotEquals(Stage.ATTACKER, Stage.addressIn(answer));
    }
  }
}
