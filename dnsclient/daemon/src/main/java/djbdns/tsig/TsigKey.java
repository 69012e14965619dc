package djbdns.tsig;

import djbdns.wire.Bytes;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;
import java.util.Base64;
import java.util.Optional;

/**
 * A secret that two parties share. Immutable.
 *
 * @param name means the key to both, and nothing in the DNS
 * @param secret at least a byte
 * @param macBytes bytes of a MAC that are sent and the fewest that are taken, {@link
 *     TsigAlgorithm#leastMacBytes()} to {@link TsigAlgorithm#macBytes()}
 */
public record TsigKey(Name name, TsigAlgorithm algorithm, Bytes secret, int macBytes) {
  public TsigKey {
    name = name.lowerCase();
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("no secret");
    }
    if (macBytes < algorithm.leastMacBytes() || macBytes > algorithm.macBytes()) {
      throw new IllegalArgumentException("MAC of " + macBytes + " bytes");
    }
  }

  /** A key whose MACs are not truncated. */
  public TsigKey(Name name, TsigAlgorithm algorithm, Bytes secret) {
    this(name, algorithm, secret, algorithm.macBytes());
  }

  /**
   * Reads {@code algorithm:name:secret} as {@code dig -y} takes it: the secret in Base64, the
   * algorithm {@link TsigAlgorithm#DEFAULT} where there is only {@code name:secret}, and after a
   * hyphen the bits that its MACs are truncated to, such as {@code hmac-sha256-128}.
   */
  public static TsigKey parse(String text) throws MalformedTextException {
    String[] fields = text.split(":", -1);
    return switch (fields.length) {
      case 2 -> parse(TsigAlgorithm.DEFAULT.toString(), fields[0], fields[1]);
      case 3 -> parse(fields[0], fields[1], fields[2]);
      default -> throw new MalformedTextException("not of the form algorithm:name:secret");
    };
  }

  private static TsigKey parse(String algorithm, String name, String secret)
      throws MalformedTextException {
    if (name.isEmpty()) {
      throw new MalformedTextException("key without a name");
    }
    Bytes bytes;
    try {
      bytes = Bytes.of(Base64.getDecoder().decode(secret));
    } catch (IllegalArgumentException e) {
      throw new MalformedTextException("secret is not Base64");
    }
    if (bytes.isEmpty()) {
      throw new MalformedTextException("key without a secret");
    }
    Optional<TsigAlgorithm> whole = TsigAlgorithm.parse(algorithm);
    return whole.isPresent()
        ? new TsigKey(Name.parse(name), whole.get(), bytes)
        : truncated(algorithm, Name.parse(name), bytes);
  }

  private static TsigKey truncated(String text, Name name, Bytes secret)
      throws MalformedTextException {
    int hyphen = text.lastIndexOf('-');
    Optional<TsigAlgorithm> algorithm = TsigAlgorithm.parse(text.substring(0, Math.max(hyphen, 0)));
    String bits = text.substring(hyphen + 1);
    if (algorithm.isEmpty() || !bits.matches("[0-9]{1,3}")) {
      throw new MalformedTextException("unknown algorithm " + text);
    }
    int count = Integer.parseInt(bits);
    int least = algorithm.get().leastMacBytes();
    int most = algorithm.get().macBytes();
    if (count % 8 != 0 || count / 8 < least || count / 8 > most) {
      throw new MalformedTextException(
          algorithm.get()
              + " truncates to whole bytes of "
              + 8 * least
              + " to "
              + 8 * most
              + " bits");
    }
    return new TsigKey(name, algorithm.get(), secret, count / 8);
  }

  /** Algorithm and name; never the secret. */
  @Override
  public String toString() {
    return algorithm + ":" + name;
  }
}
