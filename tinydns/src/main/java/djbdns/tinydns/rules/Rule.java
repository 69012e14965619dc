package djbdns.tinydns.rules;

import java.util.Map;

/**
 * What is to be done with a connection.
 *
 * @param allowed false to drop it
 * @param variables the environment for who serves it, characters for bytes as in ISO 8859-1; the
 *     last value of a variable that has several
 */
public record Rule(boolean allowed, Map<String, String> variables) {
  /** What tcpserver does where no rule matches. */
  static final Rule DEFAULT = new Rule(true, Map.of());

  static final Rule DENY = new Rule(false, Map.of());

  public Rule {
    variables = Map.copyOf(variables);
  }
}
