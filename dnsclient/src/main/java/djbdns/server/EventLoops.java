package djbdns.server;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops of a daemon, one thread each. */
public final class EventLoops implements AutoCloseable {
  private final IoEventLoopGroup group;
  private final List<ServiceLoop> loops;

  /**
   * Starts the loops.
   *
   * @param count 1 or more
   */
  public EventLoops(int count) {
    group = new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory());
    List<ServiceLoop> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new ServiceLoop(group.next()));
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
