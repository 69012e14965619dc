package djbdns.server;

import djbdns.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket of an event loop. Netty reads as many packets as wait in one recvmmsg(2); the
 * responses to them leave in one sendmmsg(2).
 */
final class UdpHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

  private final Exchange exchange;

  UdpHandler(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      ByteBuf content = packet.content();
      if (exchange.respond(content, content.readableBytes(), packet.sender(), false)) {
        PacketWriter response = exchange.response();
        ByteBuf out = context.alloc().directBuffer(response.length());
        out.writeBytes(response.buffer(), 0, response.length());
        context.write(new DatagramPacket(out, packet.sender()), context.voidPromise());
      }
    } finally {
      packet.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    exchange.batchEnd();
  }

  /** A response that cannot be sent is the client's to ask for again. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Error || cause instanceof RuntimeException) {
      LOG.error("unable to answer a packet", cause);
    } else {
      LOG.debug("unable to send a packet", cause);
    }
  }
}
