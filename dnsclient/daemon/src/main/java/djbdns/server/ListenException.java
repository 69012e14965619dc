package djbdns.server;

import java.io.IOException;

/** A socket cannot be had; the cause says why. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String address;

  /**
   * A failure.
   *
   * @param socket "UDP socket" or "TCP socket"
   * @param address such as "192.0.2.1:53"
   */
  ListenException(String socket, String address, Throwable cause) {
    super(socket, cause);
    this.address = address;
  }

  /** Which kind of socket: "UDP socket" or "TCP socket". */
  public String socket() {
    return getMessage();
  }

  /** The address, such as "192.0.2.1:53", "[2001:db8::1]:53". */
  public String address() {
    return address;
  }
}
