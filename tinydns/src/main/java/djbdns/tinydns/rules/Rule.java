package djbdns.tinydns.rules;

import java.util.Map;

/**
 * The instructions for a connection.
 *
 * @param allowed false to drop it
 * @param variables the environment for who serves it, characters for bytes as in ISO 8859-1; the
 *     last value of a variable that has several
 */
public record Rule(boolean allowed, Map<String, String> variables) {
  /** The rule of tcpserver where no other matches. */
  static final Rule DEFAULT = new Rule(true, Map.of());

  static final Rule DENY = new Rule(false, Map.of());

  public Rule {
    variables = Map.copyOf(variables);
  }
}
