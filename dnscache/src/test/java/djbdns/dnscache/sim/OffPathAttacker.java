package djbdns.dnscache.sim;

import djbdns.client.Transport;
import djbdns.wire.Bytes;
import djbdns.wire.Question;
import djbdns.wire.message.ResourceRecord;
import djbdns.wire.rdata.A;
import java.util.SplittableRandom;

/**
 * Somebody who cannot see packets, but knows what is asked and of whom, and floods the resolver
 * with guesses. Sometimes he has found the port out (SAD DNS) and tries some IDs.
 */
final class OffPathAttacker implements SimNetwork.Spy {
  private final SimNetwork network;
  private final SplittableRandom random;

  OffPathAttacker(SimNetwork network, SplittableRandom random) {
    this.network = network;
    this.random = random;
  }

  @Override
  public void onSent(SimNetwork.Socket socket) {
    if (socket.transport() != Transport.UDP || random.nextInt(4) != 0) {
      return;
    }
    Question asked = socket.message().questions().getFirst();
    boolean knowsPort = random.nextInt(3) == 0;
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      int port = knowsPort ? socket.port() : random.nextInt(65_536);
      int id = random.nextInt(65_536);
      if (id != socket.message().id()) {
        ResourceRecord lie = new ResourceRecord(asked.name(), 3600, new A(Bytes.of(Liar.IPV4)));
        network.spoof(
            random.nextInt(1, 20) * SimClock.NS_PER_MS,
            socket.server(),
            port,
            Spoiler.forgery(id, asked, lie));
      }
    }
  }
}
