package djbdns.server;

import djbdns.wire.Limits;
import djbdns.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection of an event loop (RFC 7766): messages behind a length of two bytes, as many
 * outstanding as the client likes, answered in order. A client that does not read its responses is
 * not read from, and one that does not complete a query within the idle timeout is cut off, however
 * busily it sends single bytes.
 */
final class TcpHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TcpHandler.class);
  private static final int LENGTH_BYTES = 2;

  private final Exchange exchange;
  private final TcpConnections connections;
  private final long idleTimeoutNs;

  /** Bytes received and not yet answered: less than one message, or the client does not read. */
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;

  private long deadlineNs;
  private boolean inputEnded;

  TcpHandler(Exchange exchange, TcpConnections connections, long idleTimeoutMs) {
    this.exchange = exchange;
    this.connections = connections;
    idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(idleTimeoutMs);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connections.opened(context.channel());
    deadlineNs = System.nanoTime() + idleTimeoutNs;
    watch(context, idleTimeoutNs);
  }

  private void watch(ChannelHandlerContext context, long delayNs) {
    context.executor().schedule(() -> checkIdle(context), delayNs, TimeUnit.NANOSECONDS);
  }

  private void checkIdle(ChannelHandlerContext context) {
    long leftNs = deadlineNs - System.nanoTime();
    if (!context.channel().isOpen()) {
      return;
    }
    if (leftNs <= 0) {
      context.close();
    } else {
      watch(context, leftNs);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf received = (ByteBuf) message;
    if (pending.isReadable()) {
      pending.discardReadBytes();
      pending.writeBytes(received);
      received.release();
    } else {
      pending.release();
      pending = received;
    }
    answer(context);
  }

  private void answer(ChannelHandlerContext context) {
    while (context.channel().isWritable() && holdsMessage()) {
      deadlineNs = System.nanoTime() + idleTimeoutNs;
      answerOne(context, pending.readUnsignedShort());
    }
    // Room for the rest of the message, in a buffer of our own that can grow.
    if (pending.isReadable() && pending.maxWritableBytes() < LENGTH_BYTES + Limits.MESSAGE_BYTES) {
      ByteBuf rest = context.alloc().buffer(pending.readableBytes());
      rest.writeBytes(pending);
      pending.release();
      pending = rest;
    }
    context.channel().config().setAutoRead(context.channel().isWritable());
    if (inputEnded && !holdsMessage()) {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private boolean holdsMessage() {
    int readable = pending.readableBytes();
    return readable >= LENGTH_BYTES
        && readable - LENGTH_BYTES >= pending.getUnsignedShort(pending.readerIndex());
  }

  private void answerOne(ChannelHandlerContext context, int length) {
    InetSocketAddress sender = (InetSocketAddress) context.channel().remoteAddress();
    if (!exchange.respond(pending, length, sender, true)) {
      return;
    }
    PacketWriter response = exchange.response();
    ByteBuf out = context.alloc().directBuffer(LENGTH_BYTES + response.length());
    out.writeShort(response.length());
    out.writeBytes(response.buffer(), 0, response.length());
    context.write(out, context.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    exchange.batchEnd();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      answer(context);
      context.flush();
      exchange.batchEnd();
    }
  }

  /** The client has sent its last query; it still gets what it asked for. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      answer(context);
      exchange.batchEnd();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connections.closed(context.channel());
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Error || cause instanceof RuntimeException) {
      LOG.error("unable to answer over TCP", cause);
    }
    context.close();
  }
}
