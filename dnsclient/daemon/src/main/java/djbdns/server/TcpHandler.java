package djbdns.server;

import djbdns.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection of an event loop (RFC 7766): messages behind a length of two bytes, several
 * outstanding, each answered as soon as its answer is there. A client that does not read its
 * responses, or waits for {@link #MAX_OUTSTANDING} of them, is not read from; one that does not
 * complete a query within the idle timeout, with none outstanding, is cut off, however busily it
 * sends single bytes.
 */
final class TcpHandler extends ChannelInboundHandlerAdapter implements ReplyRoute, TcpBytes.Holder {
  /** Queries of one connection in progress. */
  static final int MAX_OUTSTANDING = 100;

  /** The bytes that Netty adds for each response that waits to be sent. */
  private static final int ENTRY_BYTES = 96;

  /** A client that waits for us has this much time more until it is cut off. */
  private static final long WAITING_NS = TimeUnit.SECONDS.toNanos(30);

  private static final Logger LOG = LoggerFactory.getLogger(TcpHandler.class);
  private static final String CLOSED_BY_CLIENT = "broken pipe";
  private static final String TIMED_OUT = "timed out";

  /** The original's words for data that are not as they should be (EPROTO). */
  private static final String CUT_SHORT = "protocol error";

  private final Exchange exchange;
  private final TcpConnections connections;
  private final Shortages shortages;
  private final long idleTimeoutNs;
  private final MessageBuffer received = new MessageBuffer();
  private final Runnable flushTask = this::flushLater;

  /** Set before the first byte comes. */
  private ChannelHandlerContext context;

  private InetSocketAddress remote = new InetSocketAddress(0);
  private long client;
  private boolean served;
  private String closeReason = CLOSED_BY_CLIENT;
  private long deadlineNs;
  private int outstanding;
  private long heldBytes;
  private MessageSource messages = NoMessages.INSTANCE;
  private boolean pausing;
  private boolean inputEnded;

  /** Nothing more is answered; what has been written is still to go out. */
  private boolean ending;

  private boolean flushScheduled;

  /** Somebody will say when what has not been sent has gone. */
  private boolean watched;

  TcpHandler(
      Exchange exchange, TcpConnections connections, Shortages shortages, long idleTimeoutMs) {
    this.exchange = exchange;
    this.connections = connections;
    this.shortages = shortages;
    idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(idleTimeoutMs);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    remote = (InetSocketAddress) context.channel().remoteAddress();
    served = exchange.opened(remote);
    if (!served) {
      context.close();
      exchange.batchEnd();
      return;
    }
    client = TcpConnections.clientOf(remote.getAddress());
    connections.opened(this);
    deadlineNs = System.nanoTime() + idleTimeoutNs;
    watch(idleTimeoutNs);
    exchange.batchEnd();
  }

  @Override
  public long client() {
    return client;
  }

  /** Ends the connection in favour of others. */
  @Override
  public void giveWay() {
    if (context.executor().inEventLoop()) {
      close(TIMED_OUT);
    } else {
      context.executor().execute(this::giveWay);
    }
  }

  private void close(String reason) {
    closeReason = reason;
    connections.closed(this);
    context.close();
  }

  private void watch(long delayNs) {
    context.executor().schedule(this::checkIdle, delayNs, TimeUnit.NANOSECONDS);
  }

  private void checkIdle() {
    if (!context.channel().isOpen()) {
      return;
    }
    long leftNs = deadlineNs + (isWaiting() ? WAITING_NS : 0) - System.nanoTime();
    if (leftNs <= 0) {
      close(TIMED_OUT);
    } else {
      // An answer may bring the deadline nearer.
      watch(Math.min(leftNs, idleTimeoutNs));
    }
  }

  private void renewDeadline() {
    deadlineNs = System.nanoTime() + idleTimeoutNs;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    boolean taken = false;
    try {
      if (mayHold(received.growth(in))) {
        received.add(in);
        taken = true;
      }
    } finally {
      if (!taken) {
        in.release();
      }
    }
    if (taken) {
      answer();
    }
  }

  /** Counts bytes that are about to be allocated; ends the connection if they may not be. */
  private boolean mayHold(long bytes) {
    if (!context.channel().isActive()) {
      return false;
    }
    if (!connections.bytes().grow(this, bytes)) {
      giveWay();
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  private boolean mayAnswer() {
    return context.channel().isWritable() && outstanding < MAX_OUTSTANDING;
  }

  /** True if the client waits for us. */
  private boolean isWaiting() {
    return outstanding > 0 || messages != NoMessages.INSTANCE;
  }

  private void answer() {
    while (!ending && mayAnswer() && streamed() && received.holdsMessage()) {
      renewDeadline();
      int length = received.nextLength();
      if (exchange.respond(received.bytes(), length, remote, true, this)) {
        write(exchange.response());
      }
    }
    if (!context.channel().isOpen()) {
      return;
    }
    received.keepRest(context.alloc());
    boolean mayRead = !inputEnded && !ending && mayAnswer() && messages == NoMessages.INSTANCE;
    context.channel().config().setAutoRead(mayRead);
    if (inputEnded && !isWaiting() && !received.holdsMessage()) {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
    countHeld();
  }

  /** Writes messages of a stream as long as the client takes them; true at its end. */
  private boolean streamed() {
    while (messages != NoMessages.INSTANCE) {
      if (pausing || !context.channel().isWritable()) {
        return false;
      }
      switch (messages.next(exchange.response())) {
        case MESSAGE -> {
          write(exchange.response());
          renewDeadline();
        }
        case PAUSE -> {
          pausing = true;
          context.executor().execute(this::resume);
        }
        case END -> endStream();
        case FAILED -> {
          cutShort();
          return false;
        }
      }
    }
    return true;
  }

  /** Ends the connection behind the answers to earlier queries. */
  private void cutShort() {
    closeReason = CUT_SHORT;
    ending = true;
    endStream();
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void resume() {
    pausing = false;
    flushLater();
  }

  private void endStream() {
    MessageSource ended = messages;
    messages = NoMessages.INSTANCE;
    ended.close();
  }

  /** Counts anew what is held, after less has become of it. */
  private void countHeld() {
    if (context.channel().isActive()) {
      long now = received.heldBytes() + unsentBytes();
      connections.bytes().shrink(this, heldBytes - now);
      heldBytes = now;
    }
  }

  private long unsentBytes() {
    return context.channel().unsafe().outboundBuffer().totalPendingWriteBytes();
  }

  private void write(PacketWriter response) {
    int bytes = MessageBuffer.LENGTH_BYTES + response.length();
    if (!mayHold(bytes + ENTRY_BYTES)) {
      return;
    }
    try {
      ByteBuf out = context.alloc().directBuffer(bytes);
      out.writeShort(response.length());
      out.writeBytes(response.buffer(), 0, response.length());
      context.write(out, context.voidPromise());
    } catch (OutOfMemoryError e) {
      shortages.note(e);
      giveWay();
    }
  }

  /** Counts the bytes that the kernel does not take now until it has taken them. */
  private void flush() {
    context.flush();
    countHeld();
    if (!watched && context.channel().isActive() && unsentBytes() > 0) {
      watched = true;
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> sent());
    }
  }

  private void sent() {
    watched = false;
    countHeld();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
    exchange.batchEnd();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      answer();
      flush();
      exchange.batchEnd();
    }
  }

  /** The client has sent its last query; it still gets what it asked for. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      answer();
      exchange.batchEnd();
    }
  }

  @Override
  public ReplyPath defer(InetSocketAddress sender) {
    outstanding++;
    return new Path();
  }

  @Override
  public void stream(MessageSource source) {
    messages = source;
  }

  private final class Path implements ReplyPath {
    @Override
    public void send(PacketWriter response) {
      if (isOpen()) {
        write(response);
      }
      settle();
    }

    @Override
    public void abandon() {
      settle();
    }

    @Override
    public boolean isOpen() {
      return context.channel().isActive();
    }
  }

  /** One query less is outstanding. */
  private void settle() {
    outstanding--;
    renewDeadline();
    if (!flushScheduled) {
      flushScheduled = true;
      context.executor().execute(flushTask);
    }
  }

  private void flushLater() {
    flushScheduled = false;
    if (context.channel().isActive()) {
      flush();
      answer();
      flush();
      exchange.batchEnd();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    endStream();
    received.release();
    connections.closed(this);
    if (served) {
      exchange.closed(remote, closeReason);
      exchange.batchEnd();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (Shortages.isOfMemory(cause)) {
      shortages.note(cause);
    } else if (cause instanceof Error || cause instanceof RuntimeException) {
      LOG.error("unable to answer over TCP", cause);
    }
    boolean isReset =
        cause instanceof NativeIoException e && e.expectedErr() == Errors.ERRNO_ECONNRESET_NEGATIVE;
    close(isReset ? "connection reset" : CLOSED_BY_CLIENT);
  }
}
