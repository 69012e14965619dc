package djbdns.server;

import djbdns.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket of an event loop. Netty reads as many packets as wait in one recvmmsg(2); the
 * responses to them leave in one sendmmsg(2), and so do responses that come later.
 */
final class UdpHandler extends ChannelInboundHandlerAdapter implements ReplyRoute {
  private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

  /** Until there may be memory again to read into. */
  private static final long PAUSE_MS = 10;

  private final Exchange exchange;
  private final Shortages shortages;
  private boolean flushScheduled;
  private boolean pausing;

  UdpHandler(Exchange exchange, Shortages shortages) {
    this.exchange = exchange;
    this.shortages = shortages;
  }

  /** Set before the first packet comes. */
  private ChannelHandlerContext context;

  private final Runnable flushTask = this::flushLater;

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
        writeIfTaken(exchange.response(), packet.sender());
      }
    } finally {
      packet.release();
    }
  }

  /**
   * While the kernel takes nothing more, memory must not fill with what it cannot send.
   *
   * @return whether there is something to flush
   */
  private boolean writeIfTaken(PacketWriter response, InetSocketAddress client) {
    if (!context.channel().isWritable()) {
      context.flush();
    }
    if (!context.channel().isOpen() || !context.channel().isWritable()) {
      return false;
    }
    try {
      ByteBuf out = context.alloc().directBuffer(response.length());
      out.writeBytes(response.buffer(), 0, response.length());
      context.write(new DatagramPacket(out, client), context.voidPromise());
      return true;
    } catch (OutOfMemoryError e) {
      shortages.note(e);
      return false;
    }
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
    if (writeIfTaken(response, client) && !flushScheduled) {
      flushScheduled = true;
      context.executor().execute(flushTask);
    }
  }

  private void flushLater() {
    flushScheduled = false;
    context.flush();
  }

  /** A response that cannot be sent is the client's to ask for again. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (Shortages.isOfMemory(cause)) {
      shortages.note(cause);
      pause(context.channel());
    } else if (cause instanceof Error || cause instanceof RuntimeException) {
      LOG.error("unable to answer a packet", cause);
    } else {
      LOG.debug("unable to send a packet", cause);
    }
  }

  private void pause(Channel channel) {
    if (!pausing) {
      pausing = true;
      channel.config().setAutoRead(false);
      channel.eventLoop().schedule(() -> resume(channel), PAUSE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void resume(Channel channel) {
    pausing = false;
    if (channel.isOpen()) {
      channel.config().setAutoRead(true);
    }
  }
}
