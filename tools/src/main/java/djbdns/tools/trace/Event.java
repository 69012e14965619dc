package djbdns.tools.trace;

import djbdns.client.Failure;
import djbdns.wire.Bytes;
import djbdns.wire.Name;

/** Something that came of an {@link Ask}, in the order in which a reply says it (dnstrace.c). */
public sealed interface Event {
  /** A zone has a server of that name. */
  record Ns(Name zone, Name host) implements Event {}

  /**
   * A host has an address.
   *
   * @param address 4 or 16 bytes
   */
  record Address(Name host, Bytes address) implements Event {}

  /** The name is an alias. */
  record Alias(Name target) implements Event {}

  /**
   * A record that answers the question.
   *
   * @param line the record in 1.05's form, as dnsq prints it
   * @param data its type and data in the form of master files
   */
  record Answer(String line, long ttlSeconds, String data) implements Event {}

  /** The server refers to another zone, within its own. */
  record Referral(Name zone) implements Event {}

  /** The server refers to a zone that is not within its own: it knows nothing about its own. */
  record Lame(Name zone) implements Event {}

  /** The name exists without records of the type, or the server says nothing at all. */
  record NoData() implements Event {}

  /** The name does not exist. */
  record NoSuchName() implements Event {}

  /** There was no reply, or one that says that the server fails or refuses. */
  record Failed(Failure failure) implements Event {}

  /** The reply breaks the format, or contradicts itself ({@code NO_REPLY}, as in 1.05). */
  record Unreadable(Failure.Reason reason) implements Event {}

  /** The reply took more than a second. */
  record Slow() implements Event {}

  /** A server's name is one that caches should answer for without asking anybody. */
  enum Special implements Event {
    LOCALHOST,
    IP_ADDRESS
  }
}
