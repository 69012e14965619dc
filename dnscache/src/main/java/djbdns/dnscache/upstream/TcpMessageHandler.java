package djbdns.dnscache.upstream;

import djbdns.dnscache.resolve.Upstream.SendFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Sends a query when the connection stands, and hands over what comes: the query and each message
 * behind its length in two bytes (RFC 1035, 4.2.2).
 */
final class TcpMessageHandler extends ChannelInboundHandlerAdapter {
  private static final int LENGTH_BYTES = 2;

  private final byte[] query;
  private final TcpExchange exchange;

  TcpMessageHandler(byte[] query, TcpExchange exchange) {
    this.query = query;
    this.exchange = exchange;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuf out = context.alloc().directBuffer(LENGTH_BYTES + query.length);
    out.writeShort(query.length).writeBytes(query);
    context.writeAndFlush(out);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object received) {
    ByteBuf in = (ByteBuf) received;
    try {
      exchange.take(in);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    exchange.fail(SendFailure.CLOSED);
  }

  /** No memory to read into is our fault, everything else the server's. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    exchange.fail(cause instanceof OutOfMemoryError ? SendFailure.EXHAUSTED : SendFailure.CLOSED);
  }
}
