package djbdns.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits a little where a connection cannot be accepted: it stays in the kernel's queue, and the
 * kernel would report it again at once and for ever.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final long PAUSE_MS = 100;

  private final Shortages shortages;
  private boolean pausing;

  Acceptor(Shortages shortages) {
    this.shortages = shortages;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    shortages.note(cause);
    LOG.debug("unable to accept a connection", cause);
    if (!pausing) {
      pausing = true;
      Channel channel = context.channel();
      channel.config().setAutoRead(false);
      context.executor().schedule(() -> resume(channel), PAUSE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void resume(Channel channel) {
    pausing = false;
    if (channel.isOpen()) {
      channel.config().setAutoRead(true);
    }
  }
}
