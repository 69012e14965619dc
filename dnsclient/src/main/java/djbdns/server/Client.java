package djbdns.server;

/**
 * Who sent the packet at hand. Belongs to an event loop, which overwrites it with the next packet's
 * sender: whoever needs it longer copies it.
 */
public final class Client {
  private final byte[] address = new byte[16];
  private int addressLength;
  private int port;
  private boolean tcp;

  void set(byte[] bytes, int clientPort, boolean overTcp) {
    System.arraycopy(bytes, 0, address, 0, bytes.length);
    addressLength = bytes.length;
    port = clientPort;
    tcp = overTcp;
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
    return port;
  }

  /** Whether the packet came over TCP. */
  public boolean isTcp() {
    return tcp;
  }
}
