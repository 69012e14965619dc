package djbdns.client.nio;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.random.RandomGenerator;

/**
 * Operations that all sockets of a {@link QueryLoop} need.
 *
 * @param datagram what was received last; copied before the next one
 */
record Sockets(Selector selector, RandomGenerator random, ByteBuffer datagram) {
  /**
   * Gives a new socket its random port and has the loop watch it. Closes it if that fails.
   *
   * @param operations what it waits for, as of {@link SelectionKey}
   */
  <C extends SelectableChannel & NetworkChannel> SelectionKey prepare(
      C channel, int operations, Flight flight) throws IOException {
    try {
      RandomPort.bind(channel, random);
      channel.configureBlocking(false);
      return channel.register(selector, operations, flight);
    } catch (IOException e) {
      close(channel);
      throw e;
    }
  }

  /** Closes what nobody wants anything of any more. */
  static void close(Closeable descriptor) {
    try {
      descriptor.close();
    } catch (IOException e) {
      // Not of the network: the descriptor is no longer what it was.
      throw new UncheckedIOException(e);
    }
  }
}
