package djbdns.tsig;

import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.Locale;
import java.util.Optional;

/** The algorithm of a MAC (RFC 8945, 6): the HMAC of a hash function (RFC 2104). */
public enum TsigAlgorithm {
  HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
  HMAC_SHA224("hmac-sha224", "HmacSHA224", 28),
  HMAC_SHA384("hmac-sha384", "HmacSHA384", 48),
  HMAC_SHA512("hmac-sha512", "HmacSHA512", 64),
  HMAC_SHA1("hmac-sha1", "HmacSHA1", 20),
  HMAC_MD5("hmac-md5.sig-alg.reg.int", "HmacMD5", 16);

  /** The algorithm of keys that name none: the one that all must know and should use. */
  public static final TsigAlgorithm DEFAULT = HMAC_SHA256;

  private static final String MD5 = "hmac-md5";
  private static final int LEAST_MAC_BYTES = 10;

  private final String text;
  private final String javaName;
  private final int macBytes;

  TsigAlgorithm(String text, String javaName, int macBytes) {
    this.text = text;
    this.javaName = javaName;
    this.macBytes = macBytes;
  }

  /**
   * The algorithm with this name, in any letter case; {@code hmac-md5} is read in its short form.
   */
  public static Optional<TsigAlgorithm> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (TsigAlgorithm algorithm : values()) {
      if (algorithm.text.equals(lower)) {
        return Optional.of(algorithm);
      }
    }
    return lower.equals(MD5) ? Optional.of(HMAC_MD5) : Optional.empty();
  }

  /** The name in TSIG records. */
  public Name wireName() {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes of a MAC that is not truncated: 16 to 64. */
  public int macBytes() {
    return macBytes;
  }

  /** Fewest bytes that a truncated MAC may have (RFC 8945, 5.2.2.1). */
  public int leastMacBytes() {
    return Math.max(LEAST_MAC_BYTES, macBytes / 2);
  }

  /** Its name in the Java platform. */
  String javaName() {
    return javaName;
  }

  /** The name in key files, such as {@code hmac-sha256}. */
  @Override
  public String toString() {
    return this == HMAC_MD5 ? MD5 : text;
  }
}
