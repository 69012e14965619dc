package djbdns.tools.trace;

import djbdns.wire.Name;

/**
 * Something an administrator would want to change.
 *
 * @param ofServer whether the text is a server and what it says to the question
 */
public record Problem(Name zone, String text, boolean ofServer) {
  public Problem(Name zone, String text) {
    this(zone, text, false);
  }
}
