package djbdns.tools.trace;

import djbdns.client.ServerAddress;
import djbdns.wire.Name;
import djbdns.wire.Question;

/**
 * A question for one server.
 *
 * @param zone whose server it is, by whoever has named it
 */
public record Ask(Question question, Name zone, ServerAddress server) {}
