package djbdns.dnscache.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream.SendFailure;
import djbdns.wire.Header;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Odd servers are odd in one way, and as everybody else in all others. */
final class OddityTest {
  private static final Name WWW = Names.of("www.hollow.test");
  private static final Name HOLLOW = Names.of("hollow.test");

  /** Packets that were sent at once, and those that come later. */
  private static final class Witness implements Reactions {
    private final List<byte[]> packets = new ArrayList<>();
    private final List<Long> delaysNs = new ArrayList<>();
    private final List<Runnable> actions = new ArrayList<>();
    private final List<SendFailure> failures = new ArrayList<>();

    @Override
    public void packet(long delayNs, byte[] packet) {
      packets.add(packet);
      delaysNs.add(delayNs);
    }

    @Override
    public void pieces(long firstNs, long lastNs, byte[] packet) {
      packet(lastNs, packet);
    }

    @Override
    public void later(long delayNs, Runnable action) {
      actions.add(action);
    }

    @Override
    public void failure(SendFailure failure) {
      failures.add(failure);
    }

    Message message() throws MalformedPacketException {
      byte[] packet = packets.getLast();
      return Message.read(packet, packet.length);
    }
  }

  private final Witness record = new Witness();

  private SimServer server(Oddity oddity) {
    SimZone zone = new SimZone(Names.of("test"), 60, 60);
    zone.add(Records.text(WWW, 60, "here"));
    SimServer server =
        new SimServer(
            Names.of("ns.test"),
            AddressPlan.addresses(1, false),
            new Behaviour.Odd(oddity),
            new SplittableRandom(1));
    server.serve(zone);
    return server;
  }

  private Witness ask(SimServer server, Name name, int type) {
    return ask(server, name, type, Transport.UDP);
  }

  private Witness ask(SimServer server, Name name, int type, Transport transport) {
    Message query =
        new Message(7, 0, new Question(name, new RecordType(type)), Optional.of(new Edns(1232)));
    server.onQuery(Spoiler.bytes(query), transport, record);
    return record;
  }

  private boolean isAnswered(SimServer server, Name name, int type)
      throws MalformedPacketException {
    int before = record.packets.size();
    ask(server, name, type);
    return record.packets.size() > before
        && record.message().rcode().equals(Rcode.NOERROR)
        && (record.message().flags() & Header.AA) != 0;
  }

  @Test
  void shouldRefuseSomeTypesOnly() throws Exception {
    for (Oddity.Refusal refusal : Set.of(Oddity.Refusal.SILENCE, Oddity.Refusal.NOTIMP)) {
      SimServer server = server(new Oddity.ToTypes(Set.of(Records.HTTPS), refusal));
      assertTrue(isAnswered(server, WWW, Records.TXT));
      assertFalse(isAnswered(server, WWW, Records.HTTPS));
    }
  }

  @Test
  void shouldRefuseNamesWithoutDataOnly() throws Exception {
    SimServer server = server(new Oddity.ToNamesWithoutData(Oddity.Refusal.REFUSED));
    assertTrue(isAnswered(server, WWW, Records.TXT));
    assertTrue(isAnswered(server, WWW, Records.A));
    assertFalse(isAnswered(server, HOLLOW, Records.A));
    assertFalse(isAnswered(server, Names.of("none.test"), Records.A));
  }

  @Test
  void shouldRefuseCapitalsOnly() throws Exception {
    SimServer server = server(new Oddity.ToCapitals(Oddity.Refusal.SILENCE));
    assertTrue(isAnswered(server, WWW, Records.TXT));
    assertFalse(isAnswered(server, Names.of("wWw.hollow.test"), Records.TXT));
  }

  @Test
  void shouldDenyNamesForWantOfAType() throws Exception {
    SimServer server = server(new Oddity.DenyingMissingTypes());
    assertEquals(Rcode.NXDOMAIN, ask(server, WWW, Records.A).message().rcode());
    assertTrue(isAnswered(server, WWW, Records.TXT));
  }

  @Test
  void shouldDenyTypesWithoutAnyProof() throws Exception {
    Message bare = ask(server(new Oddity.BareDenying()), WWW, Records.A).message();
    assertEquals(Rcode.NOERROR, bare.rcode());
    assertEquals(0, bare.flags() & Header.AA);
    assertEquals(List.of(), bare.authority());
  }

  @Test
  void shouldLookLikeACache() throws Exception {
    Message cached = ask(server(new Oddity.Caching()), WWW, Records.TXT).message();
    assertEquals(Header.RA, cached.flags() & (Header.AA | Header.RA));
    assertEquals(1, cached.answers().size());
  }

  @Test
  void shouldAnswerWithoutRepeatingTheQuestion() throws Exception {
    Message answer = ask(server(new Oddity.Questionless()), WWW, Records.TXT).message();
    assertEquals(List.of(), answer.questions());
    assertEquals(1, answer.answers().size());
  }

  @Test
  void shouldBeSlowOverTcpOnly() throws Exception {
    SimServer server = server(new Oddity.SlowTcp(10, 20));
    assertTrue((ask(server, WWW, Records.TXT).message().flags() & Header.TC) != 0);
    ask(server, WWW, Records.TXT, Transport.TCP);
    assertEquals(List.of(0L, 20 * SimClock.NS_PER_MS), record.delaysNs);
    assertEquals(1, record.message().answers().size());
  }

  @Test
  void shouldAnswerOnceAtATime() {
    SimServer server = server(new Oddity.AnsweringOnce(10));
    ask(server, WWW, Records.TXT);
    ask(server, WWW, Records.TXT);
    assertEquals(1, record.packets.size());
    record.actions.forEach(Runnable::run);
    ask(server, WWW, Records.TXT);
    assertEquals(2, record.packets.size());
  }

  @Test
  void shouldComplainAboutEdnsAsItIsSeenToBeDone() {
    for (Behaviour.EdnsRefusal refusal : Behaviour.EdnsRefusal.values()) {
      SimServer server = server(new Oddity.Caching());
      server.behaviour(new Behaviour.OldFashioned(refusal));
      byte[] packet = ask(server, WWW, Records.TXT).packets.getLast();
      boolean counts = packet[9] + packet[11] > 0;
      assertEquals(refusal.name().contains("OPT") || isCounting(refusal), counts, refusal::name);
      boolean bare = packet.length == 12 || packet.length == 12 + WWW.length() + 4;
      assertEquals(isBare(refusal), bare, refusal::name);
    }
  }

  private static boolean isCounting(Behaviour.EdnsRefusal refusal) {
    return switch (refusal) {
      case BADVERS, FORMERR_LYING_COUNT -> true;
      default -> false;
    };
  }

  private static boolean isBare(Behaviour.EdnsRefusal refusal) {
    return switch (refusal) {
      case FORMERR, FORMERR_HEADER_ONLY, NOTIMP, FORMERR_LYING_COUNT -> true;
      default -> false;
    };
  }
}
