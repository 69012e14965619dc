package djbdns.dnscache.scenario;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream;
import java.util.Arrays;

/** Hides replies with a wrong ID from the resolver, so that it never knows of the attack. */
final class DeafToNearMisses implements Upstream {
  private final Upstream network;

  DeafToNearMisses(Upstream network) {
    this.network = network;
  }

  @Override
  public Exchange send(
      Transport transport,
      ServerAddress server,
      byte[] query,
      int queryLength,
      Cause cause,
      Receiver receiver) {
    byte[] asked = Arrays.copyOf(query, queryLength);
    Receiver deaf =
        new Receiver() {
          @Override
          public void onSent() {
            receiver.onSent();
          }

          @Override
          public void onPacket(byte[] packet, int length) {
            if (packet[0] == asked[0] && packet[1] == asked[1]) {
              receiver.onPacket(packet, length);
            }
          }

          @Override
          public void onFailure(SendFailure failure) {
            receiver.onFailure(failure);
          }

          @Override
          public boolean reserve(int bytes) {
            return receiver.reserve(bytes);
          }
        };
    return network.send(transport, server, query, queryLength, cause, deaf);
  }
}
