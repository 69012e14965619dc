package djbdns.runtime;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables that a service directory's {@code env/} sets ({@code envdir}), read
 * with the original's error messages.
 */
public final class ServiceEnvironment {
  /** The port on which DNS is served unless {@code $PORT} says otherwise. */
  private static final int DNS_PORT = 53;

  private static final Pattern BYTES = Pattern.compile("([0-9]+)([KMGkmg]?)");

  private final Program program;
  private final Map<String, String> variables;

  public ServiceEnvironment(Program program, Map<String, String> variables) {
    this.program = program;
    this.variables = Map.copyOf(variables);
  }

  /** The value of a variable, if it is set. */
  public Optional<String> get(String variable) {
    return Optional.ofNullable(variables.get(variable));
  }

  /**
   * The value of a variable that must be set.
   *
   * @throws Fatal {@code $IP not set}
   */
  public String require(String variable) {
    return get(variable).orElseThrow(() -> program.fatal("$" + variable + " not set"));
  }

  /**
   * A number that must be set.
   *
   * @throws Fatal {@code $UID not set}, {@code unable to parse $UID: X}
   */
  public int requireNumber(String variable, int min, int max) {
    return number(variable, require(variable), min, max);
  }

  /**
   * A number of bytes that must be set: digits, and {@code K}, {@code M} or {@code G} for 2^10,
   * 2^20 or 2^30 of them.
   *
   * @return {@link Long#MAX_VALUE} for what is larger
   * @throws Fatal {@code $CACHESIZE not set}, {@code unable to parse $CACHESIZE: X}
   */
  public long requireBytes(String variable) {
    String text = require(variable);
    Matcher parts = BYTES.matcher(text.strip());
    if (!parts.matches()) {
      throw unparsable(variable, text + " is not a number of bytes, with or without K, M or G");
    }
    int shift =
        switch (parts.group(2).toUpperCase(Locale.ROOT)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    // More digits than a long has.
    long number = parts.group(1).length() > 18 ? Long.MAX_VALUE : Long.parseLong(parts.group(1));
    return number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
  }

  /** {@code $PORT}: 1 to 65535, 53 if it is not set. */
  public int port() {
    return get("PORT").map(text -> number("PORT", text, 1, 65535)).orElse(DNS_PORT);
  }

  /**
   * Where to listen: the addresses in {@code $IP}, with {@code $PORT}.
   *
   * @throws Fatal {@code $IP not set}, {@code unable to parse IP address X}
   */
  public List<InetSocketAddress> listenAddresses() {
    return addresses("IP", port());
  }

  /**
   * One or more addresses that must be set.
   *
   * @throws Fatal {@code $IPSEND not set}, {@code unable to parse IP address X}
   */
  public List<InetAddress> requireAddresses(String variable) {
    return addresses(variable, DNS_PORT).stream().map(InetSocketAddress::getAddress).toList();
  }

  private List<InetSocketAddress> addresses(String variable, int port) {
    return ListenAddresses.parse(program, require(variable), port);
  }

  /**
   * True if a variable has the one value that means something. Unset or empty, it has not.
   *
   * @throws Fatal if it has another
   */
  public boolean has(String variable, String value) {
    String actual = get(variable).orElse("");
    if (!actual.isEmpty() && !actual.equals(value)) {
      throw unparsable(variable, actual);
    }
    return actual.equals(value);
  }

  /** True if {@code $COMPAT} asks for the answers of 1.05. */
  public boolean isCompat() {
    return has("COMPAT", "1.05");
  }

  /**
   * A switch: {@code 1} is on, {@code 0} is off.
   *
   * @throws Fatal if the variable has another value
   */
  public boolean isOn(String variable, boolean ifUnset) {
    String actual = get(variable).orElse(ifUnset ? "1" : "0");
    if (!actual.equals("1") && !actual.equals("0")) {
      throw unparsable(variable, actual);
    }
    return actual.equals("1");
  }

  private int number(String variable, String text, int min, int max) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unparsable(variable, text);
    }
    throw unparsable(variable, text);
  }

  private Fatal unparsable(String variable, String text) {
    return program.fatal("unable to parse $" + variable + ": " + text);
  }
}
