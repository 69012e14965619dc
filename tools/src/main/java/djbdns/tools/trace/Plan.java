package djbdns.tools.trace;

import java.util.Optional;

/** Decides whom to ask what, and learns from what comes of it. Belongs to one thread. */
public interface Plan {
  /** The next ask; empty if there is none, until more has come in. */
  Optional<Ask> next();

  /** Learns from an exchange, one for each ask that {@link #next} has given out. */
  void take(Exchange exchange);
}
