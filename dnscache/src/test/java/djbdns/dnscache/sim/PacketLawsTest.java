package djbdns.dnscache.sim;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream;
import djbdns.wire.Bytes;
import djbdns.wire.Header;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.Ns;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each law is broken by what it forbids, and by nothing less. */
final class PacketLawsTest {
  private static final Name PARENT = Names.of("test");
  private static final Name ZONE = Names.of("zone.test");
  private static final Name WWW = Names.of("www.zone.test");
  private static final ServerAddress SERVER = AddressPlan.addresses(1, false).getFirst();

  private final SimClock clock = new SimClock();
  private final SimNetwork network =
      new SimNetwork(clock, new SplittableRandom(1), new SplittableRandom(2));
  private final PacketLaws laws = new PacketLaws(network, clock, true);

  PacketLawsTest() {
    network.addSpy(laws);
    laws.begin(1);
  }

  private SimNetwork.Socket send(Name zone, Name name) {
    return send(zone, name, Bytes.of((byte) 10));
  }

  private SimNetwork.Socket send(Name zone, Name name, Bytes client) {
    byte[] query =
        Spoiler.bytes(new Message(1, 0, new Question(name, RecordType.A), Optional.empty()));
    return (SimNetwork.Socket)
        network.send(
            Transport.UDP,
            SERVER,
            query,
            query.length,
            new Upstream.Cause(client, zone),
            new Deaf());
  }

  /** Wants no reply. */
  private static final class Deaf implements Upstream.Receiver {
    @Override
    public void onSent() {}

    @Override
    public void onPacket(byte[] packet, int length) {}

    @Override
    public void onFailure(Upstream.SendFailure failure) {}

    @Override
    public boolean reserve(int bytes) {
      return true;
    }
  }

  private void askAndClose(Name zone, Name name) {
    send(zone, name).close();
  }

  @Test
  void shouldForbidAFourthTry() {
    for (int i = 0; i < 3; i++) {
      askAndClose(ZONE, WWW);
    }
    askAndClose(ZONE, ZONE);
    assertThrows(AssertionError.class, () -> askAndClose(ZONE, Names.of("WWW.zone.test")));
    laws.begin(1);
    assertDoesNotThrow(() -> askAndClose(ZONE, WWW));
  }

  @Test
  void shouldForbidAFifthTryAtOnce() {
    laws.begin(9);
    for (int i = 0; i < 4; i++) {
      send(ZONE, WWW);
    }
    assertThrows(AssertionError.class, () -> send(ZONE, WWW));
  }

  @Test
  void shouldLetPrimingAlone() {
    for (int i = 0; i < 9; i++) {
      send(Name.ROOT, Name.ROOT, Bytes.of());
    }
    assertTrue(network.openCount() > 4);
  }

  /** The parent refers to the zone, and the zone is asked. */
  private void learn() {
    SimNetwork.Socket asked = send(PARENT, WWW);
    ResourceRecord server = new ResourceRecord(ZONE, 3600, new Ns(Names.of("ns.zone.test")));
    byte[] referral =
        Spoiler.bytes(
            new Message(
                1, Header.QR, List.of(), List.of(), List.of(server), List.of(), Optional.empty()));
    laws.onReceived(asked, referral);
    asked.close();
    askAndClose(ZONE, WWW);
  }

  private void pass(long seconds) {
    clock.moveTo(clock.nanoTime() + seconds * SimClock.NS_PER_SECOND);
    laws.begin(1);
  }

  @Test
  void shouldForbidAskingTheParentOfAYoungDelegation() {
    learn();
    pass(59);
    assertThrows(AssertionError.class, () -> askAndClose(PARENT, WWW));
  }

  @Test
  void shouldForbidAskingTheParentTwiceInFiveMinutes() {
    learn();
    pass(61);
    askAndClose(PARENT, WWW);
    learn();
    pass(61);
    assertThrows(AssertionError.class, () -> askAndClose(PARENT, WWW));
    pass(300);
    assertDoesNotThrow(() -> askAndClose(PARENT, WWW));
  }

  @Test
  void shouldForbidAskingTheParentTwiceAboutOneDelegation() {
    learn();
    pass(61);
    askAndClose(PARENT, WWW);
    pass(400);
    assertThrows(AssertionError.class, () -> askAndClose(PARENT, WWW));
  }

  @Test
  void shouldAllowAskingTheParentOnceTheDelegationHasEnded() {
    learn();
    pass(3600);
    assertDoesNotThrow(() -> askAndClose(PARENT, WWW));
  }

  @Test
  void shouldKnowWhatWasSentForAQuestion() {
    askAndClose(ZONE, WWW);
    assertTrue(laws.wasSent(WWW, Records.A, ZONE, 0, 0));
    assertTrue(laws.wasSent(Names.of("below.www.zone.test"), Records.TXT, ZONE, 0, 0));
    assertFalse(laws.wasSent(WWW, Records.TXT, ZONE, 0, 0));
    assertFalse(laws.wasSent(Names.of("other.zone.test"), Records.A, ZONE, 0, 0));
  }
}
