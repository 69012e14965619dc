package djbdns.server;

import djbdns.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket of an event loop. Netty reads as many packets as wait in one recvmmsg(2); the
 * responses to them leave in one sendmmsg(2), and so do responses that come later.
 */
final class UdpHandler extends ChannelInboundHandlerAdapter implements ReplyRoute {
  private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

  private final Exchange exchange;
  private boolean flushScheduled;

  UdpHandler(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Set before the first packet comes. */
  private ChannelHandlerContext context;

  private final Runnable flush = this::flushLater;

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      ByteBuf content = packet.content();
      if (exchange.respond(content, content.readableBytes(), packet.sender(), false, this)) {
        write(exchange.response(), packet.sender());
      }
    } finally {
      packet.release();
    }
  }

  private void write(PacketWriter response, InetSocketAddress client) {
    ByteBuf out = context.alloc().directBuffer(response.length());
    out.writeBytes(response.buffer(), 0, response.length());
    context.write(new DatagramPacket(out, client), context.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    exchange.batchEnd();
  }

  @Override
  public ReplyPath defer(InetSocketAddress client) {
    return new Path(client);
  }

  private final class Path implements ReplyPath {
    private final InetSocketAddress client;

    Path(InetSocketAddress client) {
      this.client = client;
    }

    @Override
    public void send(PacketWriter response) {
      writeLater(response, client);
    }

    @Override
    public void abandon() {}

    @Override
    public boolean isOpen() {
      return context.channel().isOpen();
    }
  }

  private void writeLater(PacketWriter response, InetSocketAddress client) {
    if (!context.channel().isWritable()) {
      context.flush();
    }
    // While the kernel takes nothing more, memory must not fill with what it cannot send.
    if (!context.channel().isOpen() || !context.channel().isWritable()) {
      return;
    }
    write(response, client);
    if (!flushScheduled) {
      flushScheduled = true;
      context.executor().execute(flush);
    }
  }

  private void flushLater() {
    flushScheduled = false;
    context.flush();
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
