package djbdns.dnscache.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/** One connection: a line in, the response out, and the end of it, all in bounded time and room. */
final class ControlHandler extends ChannelInboundHandlerAdapter {
  private final ControlCommands commands;
  private final int timeoutMs;
  private final byte[] request = new byte[ControlProtocol.MAX_REQUEST_BYTES];
  private int length;
  private boolean isAnswered;

  ControlHandler(ControlCommands commands, int timeoutMs) {
    this.commands = commands;
    this.timeoutMs = timeoutMs;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    closeLater(context.channel());
  }

  /** Every connection ends by then, whether its client reads and writes or not. */
  private void closeLater(Channel channel) {
    var end = channel.eventLoop().schedule(() -> channel.close(), timeoutMs, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> end.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (!isAnswered && in.isReadable()) {
        take(context, in.readByte());
      }
    } finally {
      in.release();
    }
  }

  private void take(ChannelHandlerContext context, byte value) {
    if (value == '\n') {
      String line = new String(request, 0, length, ControlProtocol.CHARSET);
      answer(context, ControlResponse.to(line, commands));
    } else if (length == request.length - 1) {
      answer(context, ControlResponse.error("request too long"));
    } else {
      request[length++] = value;
    }
  }

  private void answer(ChannelHandlerContext context, String response) {
    isAnswered = true;
    ByteBuf out = context.alloc().directBuffer(response.length());
    out.writeBytes(response.getBytes(ControlProtocol.CHARSET));
    context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
