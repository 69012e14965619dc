package djbdns.server;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open TCP connections of one event loop. Where there are too many the oldest gives way, as in
 * dnscache, so that holding connections open keeps nobody out. Belongs to the loop's thread.
 */
final class TcpConnections {
  private final Set<Channel> open = new LinkedHashSet<>();
  private final int maxConnections;

  TcpConnections(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  void opened(Channel channel) {
    open.add(channel);
    if (open.size() > maxConnections) {
      Iterator<Channel> oldestFirst = open.iterator();
      Channel oldest = oldestFirst.next();
      oldestFirst.remove();
      oldest.close();
    }
  }

  void closed(Channel channel) {
    open.remove(channel);
  }
}
