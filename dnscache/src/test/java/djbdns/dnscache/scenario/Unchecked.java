package djbdns.dnscache.scenario;

import djbdns.client.ServerAddress;
import djbdns.client.Transport;
import djbdns.dnscache.resolve.Upstream;
import java.util.Arrays;

/**
 * Makes every packet pass one of the checks that a resolver makes, as if it made none. Put between
 * the network and a resolver.
 */
final class Unchecked implements Upstream {
  private static final int FLAGS = 2;
  private static final int QR = 0x80;
  private static final int OPCODE = 0x78;

  /** A check. */
  enum Check {
    ID,
    QR,
    OPCODE,
    /** Name, with its letter case, and type; only if both are as long. */
    QUESTION
  }

  private final Upstream network;
  private final Check check;

  Unchecked(Upstream network, Check check) {
    this.network = network;
    this.check = check;
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
    Receiver deceived =
        new Receiver() {
          @Override
          public void onSent() {
            receiver.onSent();
          }

          @Override
          public void onPacket(byte[] packet, int length) {
            receiver.onPacket(pass(packet.clone(), asked), length);
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
    return network.send(transport, server, query, queryLength, cause, deceived);
  }

  private byte[] pass(byte[] packet, byte[] asked) {
    switch (check) {
      case ID -> System.arraycopy(asked, 0, packet, 0, 2);
      case QR -> packet[FLAGS] |= (byte) QR;
      case OPCODE -> packet[FLAGS] &= (byte) ~OPCODE;
      case QUESTION -> {
        int end = 12;
        while (asked[end] != 0) {
          end += 1 + asked[end];
        }
        System.arraycopy(asked, 12, packet, 12, end + 5 - 12);
      }
    }
    return packet;
  }
}
