package djbdns.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Makes clients for tests without sockets. */
public final class ClientAt {
  private ClientAt() {}

  public static Client udp(String address, int port) {
    return at(address, port, false);
  }

  public static Client tcp(String address, int port) {
    return at(address, port, true);
  }

  private static Client at(String address, int port, boolean tcp) {
    Client client = new Client();
    client.set(new InetSocketAddress(InetAddress.ofLiteral(address), port), tcp);
    return client;
  }
}
