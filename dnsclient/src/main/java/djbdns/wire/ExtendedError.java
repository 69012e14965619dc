package djbdns.wire;

/** Info codes of extended errors (RFC 8914, 4), which say why a response code is what it is. */
public final class ExtendedError {
  public static final int OTHER = 0;

  /** The failure itself was remembered. */
  public static final int CACHED_ERROR = 13;

  /** An answer was kept back on purpose. */
  public static final int FILTERED = 17;

  /** The client is not welcome. */
  public static final int PROHIBITED = 18;

  public static final int NOT_SUPPORTED = 21;

  /** No server of the zone gave an answer that counts. */
  public static final int NO_REACHABLE_AUTHORITY = 22;

  /** Not even a packet came back. */
  public static final int NETWORK_ERROR = 23;

  private ExtendedError() {}
}
