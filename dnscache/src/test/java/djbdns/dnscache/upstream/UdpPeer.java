package djbdns.dnscache.upstream;

import djbdns.client.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the loopback that answers every packet with itself, a number of times. */
final class UdpPeer implements AutoCloseable {
  private final DatagramChannel channel = DatagramChannel.open();
  private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
  private final Thread thread;

  UdpPeer(String address, int repeats) throws IOException {
    channel.bind(new InetSocketAddress(address, 0));
    channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 1 << 22);
    thread = Thread.ofPlatform().daemon().start(() -> serve(repeats));
  }

  private void serve(int repeats) {
    ByteBuffer packet = ByteBuffer.allocate(65_535);
    try {
      while (true) {
        packet.clear();
        SocketAddress client = channel.receive(packet);
        clients.add((InetSocketAddress) client);
        for (int i = 0; i < repeats; i++) {
          channel.send(packet.flip(), client);
        }
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  ServerAddress address() throws IOException {
    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
    return new ServerAddress(local.getAddress().getAddress(), local.getPort());
  }

  /** Who sent the packets, in their order. */
  List<InetSocketAddress> clients() {
    return clients;
  }

  void awaitPackets(int count) {
    while (clients.size() < count) {
      Thread.onSpinWait();
    }
  }

  void send(String text, SocketAddress client) throws IOException {
    channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), client);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
