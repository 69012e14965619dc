package djbdns.tools;

import djbdns.client.ServerAddress;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Answers every query at one address as a {@link Script} says, over UDP and TCP. */
final class ScriptedServer implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Script script;

  private ScriptedServer(DatagramSocket udp, ServerSocket tcp, Script script) {
    this.udp = udp;
    this.tcp = tcp;
    this.script = script;
  }

  /**
   * Starts a server, or skips the test where the port cannot be had.
   *
   * @param port 0 for any
   */
  static ScriptedServer start(String address, int port, Script script) throws IOException {
    InetAddress local = InetAddress.getByName(address);
    try {
      DatagramSocket udp = new DatagramSocket(port, local);
      ServerSocket tcp = new ServerSocket(udp.getLocalPort(), BACKLOG, local);
      ScriptedServer server = new ScriptedServer(udp, tcp, script);
      server.start(server::serveUdp);
      server.start(server::serveTcp);
      return server;
    } catch (BindException e) {
      Assumptions.abort("port " + port + " of " + address + " is not to be had: " + e.getMessage());
      throw e;
    }
  }

  /** Where it listens, as a command takes it. */
  String address() {
    return new ServerAddress(udp.getLocalAddress().getAddress(), udp.getLocalPort()).toString();
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
          } catch (IOException e) {
            // The sockets are closed at the end of the test.
            if (!udp.isClosed()) {
              throw new IllegalStateException(e);
            }
          }
        });
  }

  private void serveUdp() throws IOException {
    byte[] buffer = new byte[1024];
    while (true) {
      DatagramPacket query = new DatagramPacket(buffer, buffer.length);
      udp.receive(query);
      for (byte[] reply : script.overUdp(Arrays.copyOf(buffer, query.getLength()))) {
        udp.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
      }
    }
  }

  private void serveTcp() throws IOException {
    while (true) {
      Socket connection;
      try {
        connection = tcp.accept();
      } catch (SocketException e) {
        if (tcp.isClosed()) {
          return;
        }
        throw e;
      }
      Thread.ofVirtual().start(() -> serve(connection));
    }
  }

  /** One query, if it comes. */
  private void serve(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      byte[] query = new byte[in.readUnsignedShort()];
      in.readFully(query);
      List<byte[]> parts = script.overTcp(query);
      if (parts.isEmpty()) {
        // Closing with this setting resets the connection.
        connection.setSoLinger(true, 0);
      }
      OutputStream out = connection.getOutputStream();
      for (byte[] part : parts) {
        out.write(part);
      }
    } catch (SocketException | EOFException e) {
      // The client has closed the connection: it may, whenever it wants.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
