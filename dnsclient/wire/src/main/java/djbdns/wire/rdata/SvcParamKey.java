package djbdns.wire.rdata;

import djbdns.wire.Codes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The key of a service parameter: 16 bits (RFC 9460, 14.3.2). */
public record SvcParamKey(int code) {
  public static final SvcParamKey MANDATORY = new SvcParamKey(0);
  public static final SvcParamKey ALPN = new SvcParamKey(1);
  public static final SvcParamKey NO_DEFAULT_ALPN = new SvcParamKey(2);
  public static final SvcParamKey PORT = new SvcParamKey(3);
  public static final SvcParamKey IPV4HINT = new SvcParamKey(4);
  public static final SvcParamKey ECH = new SvcParamKey(5);
  public static final SvcParamKey IPV6HINT = new SvcParamKey(6);

  private static final Map<String, SvcParamKey> BY_NAME =
      Map.of(
          "mandatory", MANDATORY,
          "alpn", ALPN,
          "no-default-alpn", NO_DEFAULT_ALPN,
          "port", PORT,
          "ipv4hint", IPV4HINT,
          "ech", ECH,
          "ipv6hint", IPV6HINT,
          "dohpath", new SvcParamKey(7),
          "ohttp", new SvcParamKey(8));

  public SvcParamKey {
    Codes.checkU16(code);
  }

  /** The key with this name, in any letter case. */
  static Optional<SvcParamKey> parseNamed(String text) {
    return Optional.ofNullable(BY_NAME.get(text.toLowerCase(Locale.ROOT)));
  }

  /** The key in the form {@code key667} (RFC 9460, 2.1). */
  static Optional<SvcParamKey> parseNumbered(String text) {
    return Codes.parseGeneric(text.toLowerCase(Locale.ROOT), "key", 0xffff).map(SvcParamKey::new);
  }

  /**
   * The name, or {@code key} and the number. The number stands for keys that RFC 9460 does not
   * have: servers that are older than their names read it as well.
   */
  @Override
  public String toString() {
    return switch (code) {
      case 0 -> "mandatory";
      case 1 -> "alpn";
      case 2 -> "no-default-alpn";
      case 3 -> "port";
      case 4 -> "ipv4hint";
      case 5 -> "ech";
      case 6 -> "ipv6hint";
      default -> "key" + code;
    };
  }
}
