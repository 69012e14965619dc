package djbdns.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An event loop and its one thread. */
public final class ServiceLoop implements Executor {
  private final IoEventLoop loop;
  private final ByteBufAllocator allocator;

  ServiceLoop(IoEventLoop loop, ByteBufAllocator allocator) {
    this.loop = loop;
    this.allocator = allocator;
  }

  /** Runs a task on the loop's thread, between packets; from any thread. */
  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /**
   * Runs a task on the loop's thread after a time, unless it is cancelled before; from any thread.
   *
   * @return what cancels the task
   */
  public Runnable schedule(Runnable task, long delayNs) {
    Future<?> scheduled = loop.schedule(task, delayNs, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  /** True if the caller is on the loop's thread. */
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  /** The allocator of the loop's buffers. */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  /** The same for Netty. */
  public IoEventLoop netty() {
    return loop;
  }
}
