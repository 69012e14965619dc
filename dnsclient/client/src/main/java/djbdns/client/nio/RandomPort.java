package djbdns.client.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.random.RandomGenerator;

/** Binds a socket to an unpredictable local port (dns_transmit.c; RFC 5452, 9.2). */
final class RandomPort {
  private static final int FIRST_PORT = 1025;
  private static final int PORTS = 64510;

  /** Ports tried before the choice is left to the kernel. */
  private static final int TRIES = 10;

  private RandomPort() {}

  static void bind(NetworkChannel channel, RandomGenerator random) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (tryBind(channel, FIRST_PORT + random.nextInt(PORTS))) {
        return;
      }
    }
    channel.bind(new InetSocketAddress(0));
  }

  /** False if the port is taken. */
  private static boolean tryBind(NetworkChannel channel, int port) throws IOException {
    try {
      channel.bind(new InetSocketAddress(port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }
}
