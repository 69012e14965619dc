package djbdns.server;

import java.net.InetSocketAddress;

/**
 * The sender of the packet at hand. Belongs to an event loop, which overwrites it with the next
 * packet's sender: whoever needs it longer copies it.
 */
public final class Client {
  private final byte[] address = new byte[16];
  private int addressLength;
  private InetSocketAddress socketAddress = new InetSocketAddress(0);
  private boolean tcp;
  private ReplyRoute route = Client::noRoute;

  /** A client whose packets come from elsewhere than a {@link DnsServer}. */
  public static Client overTcp(InetSocketAddress sender, ReplyRoute route) {
    Client client = new Client();
    client.set(sender, true);
    client.route(route);
    return client;
  }

  private static ReplyPath noRoute(InetSocketAddress client) {
    throw new IllegalStateException("no query to answer");
  }

  /** Sets everything; {@link #replyPath()} then fails until {@link #route} is called. */
  void set(InetSocketAddress sender, boolean overTcp) {
    byte[] bytes = sender.getAddress().getAddress();
    System.arraycopy(bytes, 0, address, 0, bytes.length);
    addressLength = bytes.length;
    socketAddress = sender;
    tcp = overTcp;
    route = Client::noRoute;
  }

  /** The route of a later response to the packet at hand. */
  void route(ReplyRoute newRoute) {
    route = newRoute;
  }

  /** The address, {@link #addressLength()} bytes from the start. */
  public byte[] address() {
    return address;
  }

  /** 4 for IPv4, 16 for IPv6. */
  public int addressLength() {
    return addressLength;
  }

  /** 0 to 65535. */
  public int port() {
    return socketAddress.getPort();
  }

  /** True if the packet came over TCP. */
  public boolean isTcp() {
    return tcp;
  }

  /**
   * The way to answer the packet at hand later; {@link Responder#respond} then returns false. Call
   * it at most once for a packet.
   */
  public ReplyPath replyPath() {
    return route.defer(socketAddress);
  }

  /**
   * Answers the packet at hand by several messages, over TCP only; {@link Responder#respond} then
   * returns false. The connection's later queries wait until the source is at its end.
   */
  public void stream(MessageSource messages) {
    route.stream(messages);
  }
}
