package djbdns.supervise.control;

import djbdns.supervise.tai.Tai64n;

/** A text form of a service's status. */
sealed interface StatusFormat permits StatusText, StatusJson {
  /** The text, without the last newline. */
  String format(String directory, ServiceReport report, Tai64n now);
}
