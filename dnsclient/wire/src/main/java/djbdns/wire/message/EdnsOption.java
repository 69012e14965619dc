package djbdns.wire.message;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.Limits;

/**
 * An EDNS0 option (RFC 6891, 6.1.2). What is in it is up to those who know the code: nothing here
 * interprets, unpacks or copies out of the data, so padding is as harmless as anything else.
 *
 * <pre>
 * +---------+-----------------+------+
 * | code 16 | bytes of data 16 | data |
 * +---------+-----------------+------+
 * </pre>
 *
 * @param data 0 to 65531 bytes
 */
public record EdnsOption(int code, Bytes data) {
  /** Name server identifier (RFC 5001). */
  public static final int NSID = 3;

  /** Client subnet (RFC 7871). */
  public static final int ECS = 8;

  /** Cookie (RFC 7873). */
  public static final int COOKIE = 10;

  /** TCP keepalive (RFC 7828). */
  public static final int KEEPALIVE = 11;

  /** Padding (RFC 7830). */
  public static final int PADDING = 12;

  /** Extended error (RFC 8914). */
  public static final int EDE = 15;

  /**
   * The way dnscache found its answer: asked for with no data, answered in lines of ASCII. A code
   * for local use (RFC 6891, 9).
   */
  public static final int EXPLANATION = 65_253;

  /** Bytes of an option's code and length. */
  static final int HEAD_BYTES = 4;

  public EdnsOption {
    Codes.checkU16(code);
    Codes.checkLength(data, 0, Limits.RDATA_BYTES - HEAD_BYTES);
  }
}
