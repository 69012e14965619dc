package djbdns.dnscache.upstream;

import djbdns.dnscache.resolve.Upstream.SendFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;

/**
 * Sends a query when the connection stands and gathers one message, each behind its length in two
 * bytes (RFC 1035, 4.2.2). What the server sends after it is not looked at.
 */
final class TcpMessageHandler extends ChannelInboundHandlerAdapter {
  private static final int LENGTH_BYTES = 2;
  private static final int FIRST_BYTES = 2048;

  private final byte[] query;
  private final TcpExchange exchange;

  /** The length and the message; grows as bytes arrive, not by what the server promises. */
  private byte[] gathered = new byte[FIRST_BYTES];

  private int count;

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
      if (count < LENGTH_BYTES) {
        take(in, LENGTH_BYTES);
      }
      if (count >= LENGTH_BYTES) {
        int end = LENGTH_BYTES + messageLength();
        take(in, end);
        if (count == end) {
          exchange.finish(Arrays.copyOfRange(gathered, LENGTH_BYTES, end), end - LENGTH_BYTES);
        }
      }
    } finally {
      in.release();
    }
  }

  private int messageLength() {
    return (gathered[0] & 0xff) << 8 | (gathered[1] & 0xff);
  }

  /** Takes what there is, up to {@code end} bytes in all. */
  private void take(ByteBuf in, int end) {
    int more = Math.min(in.readableBytes(), end - count);
    if (more > gathered.length - count) {
      gathered = Arrays.copyOf(gathered, Math.clamp(2L * (count + more), 0, end));
    }
    in.readBytes(gathered, count, more);
    count += more;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    exchange.fail(SendFailure.CLOSED);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    exchange.fail(SendFailure.CLOSED);
  }
}
