package djbdns.supervise.control;

import djbdns.supervise.tai.Tai64n;

/** A way to say how a service is. */
sealed interface StatusFormat permits StatusText, StatusJson {
  /** What to print about it, without the last newline. */
  String format(String directory, ServiceReport report, Tai64n now);
}
