package djbdns.dnscache;

/** Says who is served. */
@FunctionalInterface
interface ClientFilter {
  /**
   * True if a client may ask.
   *
   * @param address {@code length} bytes from the start, 4 or 16
   */
  boolean allows(byte[] address, int length);
}
