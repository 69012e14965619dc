package djbdns.server;

import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** The responder and the packet at hand, which the sockets of one event loop share. */
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
   * @return whether there is a response now
   */
  boolean respond(ByteBuf in, int length, InetSocketAddress sender, boolean tcp, ReplyRoute route) {
    in.readBytes(query, 0, length);
    client.set(sender, tcp);
    client.route(route);
    return responder.respond(query, length, client);
  }

  /** True if the responder wants a connection. */
  boolean opened(InetSocketAddress sender) {
    client.set(sender, true);
    return responder.opened(client);
  }

  void closed(InetSocketAddress sender, String error) {
    client.set(sender, true);
    responder.closed(client, error);
  }

  PacketWriter response() {
    return responder.response();
  }

  void batchEnd() {
    responder.batchEnd();
  }
}
