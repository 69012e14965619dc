package djbdns.client.nio;

import djbdns.client.ServerAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A server in two threads that answers each packet with what its script says: any number of
 * datagrams, or over TCP any bytes before the connection is closed.
 */
public final class ScriptedServer implements AutoCloseable {
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final List<Integer> sourcePorts = Collections.synchronizedList(new ArrayList<>());
  private final Function<byte[], List<byte[]>> overUdp;
  private final Function<byte[], List<byte[]>> overTcp;

  /**
   * A server at any port of this address.
   *
   * @param overUdp the datagrams for a query
   * @param overTcp the bytes for a query over a connection
   */
  public ScriptedServer(
      String address,
      Function<byte[], List<byte[]>> overUdp,
      Function<byte[], List<byte[]>> overTcp)
      throws IOException {
    this.overUdp = overUdp;
    this.overTcp = overTcp;
    InetAddress local = InetAddress.getByName(address);
    udp = new DatagramSocket(new InetSocketAddress(local, 0));
    tcp = new ServerSocket();
    tcp.bind(new InetSocketAddress(local, udp.getLocalPort()));
    start(this::serveUdp);
    start(this::serveTcp);
  }

  private interface Service {
    void run() throws IOException;
  }

  private void start(Service service) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            service.run();
          } catch (SocketException e) {
            // The socket is closed at the end of the test.
            if (!udp.isClosed()) {
              throw new IllegalStateException(e);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void serveUdp() throws IOException {
    byte[] buffer = new byte[1024];
    while (true) {
      DatagramPacket query = new DatagramPacket(buffer, buffer.length);
      udp.receive(query);
      sourcePorts.add(query.getPort());
      byte[] packet = new byte[query.getLength()];
      System.arraycopy(buffer, 0, packet, 0, packet.length);
      for (byte[] reply : overUdp.apply(packet)) {
        udp.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
      }
    }
  }

  private void serveTcp() throws IOException {
    while (true) {
      try (Socket connection = tcp.accept()) {
        connection.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] packet = new byte[in.readUnsignedShort()];
        in.readFully(packet);
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        for (byte[] part : overTcp.apply(packet)) {
          out.write(part);
          out.flush();
        }
      }
    }
  }

  /** Where it listens, over UDP and TCP. */
  public ServerAddress address() {
    return new ServerAddress(udp.getLocalAddress().getAddress(), udp.getLocalPort());
  }

  /** The client's port of each datagram, in order. */
  List<Integer> sourcePorts() {
    return List.copyOf(sourcePorts);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
