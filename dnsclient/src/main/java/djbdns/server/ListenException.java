package djbdns.server;

import java.io.IOException;

/** A socket cannot be had; the cause says why. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param socket "UDP socket" or "TCP socket"
   */
  ListenException(String socket, Throwable cause) {
    super(socket, cause);
  }

  /** Which socket: "UDP socket" or "TCP socket". */
  public String socket() {
    return getMessage();
  }
}
