package djbdns.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection of its own to a server. */
public final class ServerConnection implements Connection {
  private final Socket socket;
  private final InputStream in;

  private ServerConnection(Socket socket) throws IOException {
    this.socket = socket;
    in = socket.getInputStream();
  }

  public static ServerConnection open(InetSocketAddress server, int timeoutMs) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(server, timeoutMs);
      socket.setTcpNoDelay(true);
      return new ServerConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public int read(byte[] target, int offset, int timeoutMs) throws IOException {
    socket.setSoTimeout(timeoutMs);
    return in.read(target, offset, target.length - offset);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
