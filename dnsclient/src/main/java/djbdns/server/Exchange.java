package djbdns.server;

import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** What the sockets of one event loop share: its responder and the packet at hand. */
final class Exchange {
  private final byte[] query = new byte[Limits.MESSAGE_BYTES];
  private final Client client = new Client();
  private final Responder responder;

  Exchange(Responder responder) {
    this.responder = responder;
  }

  /**
   * Takes {@code length} bytes from a buffer to the responder.
   *
   * @return whether there is a response
   */
  boolean respond(ByteBuf in, int length, InetSocketAddress sender, boolean tcp) {
    in.readBytes(query, 0, length);
    client.set(sender.getAddress().getAddress(), sender.getPort(), tcp);
    return responder.respond(query, length, client);
  }

  PacketWriter response() {
    return responder.response();
  }

  void batchEnd() {
    responder.batchEnd();
  }
}
