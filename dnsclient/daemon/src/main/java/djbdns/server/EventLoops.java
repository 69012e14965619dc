package djbdns.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of a daemon, one thread each. All buffers for packets come from one allocator:
 * Netty's default would keep memory apart for each loop and each size, more than a daemon has where
 * there are many cores.
 */
public final class EventLoops implements AutoCloseable {
  /** More would only be faster for more loops than this that allocate at the same instant. */
  private static final int MAX_ARENAS = 4;

  private static final int PAGE_BYTES = 8192;

  /** Memory is taken from the system by 256 KiB, and given back when all of that is free. */
  private static final int CHUNK_ORDER = 5;

  private final IoEventLoopGroup group;
  private final List<ServiceLoop> loops;

  /**
   * Starts the loops.
   *
   * @param count 1 or more
   */
  public EventLoops(int count) {
    group = new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory());
    ByteBufAllocator allocator =
        new PooledByteBufAllocator(
            true, 0, Math.min(count, MAX_ARENAS), PAGE_BYTES, CHUNK_ORDER, 0, 0, false, 0);
    List<ServiceLoop> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new ServiceLoop(group.next(), allocator));
    }
    loops = List.copyOf(all);
  }

  /** All loops, always in the same order. */
  public List<ServiceLoop> all() {
    return loops;
  }

  /** Ends the loops, at the latest after a second. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
