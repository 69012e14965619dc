package djbdns.client;

import djbdns.wire.Bytes;
import djbdns.wire.Name;
import djbdns.wire.Rcode;
import djbdns.wire.RecordType;
import java.io.IOException;

/** Why a {@link Lookup} found nothing. */
public sealed interface LookupError {
  /**
   * The name does not exist, nor does any name below it (NXDOMAIN; RFC 8020).
   *
   * @param name the one asked for, or the end of the chain of aliases that starts there
   */
  record NoSuchName(Name name) implements LookupError {}

  /**
   * The name exists, but has no records of this type (RFC 2308, 2.2).
   *
   * @param name as in {@link NoSuchName}
   */
  record NoData(Name name, RecordType type) implements LookupError {}

  /** No acceptable reply came before the deadline, or in any round of asking. */
  record TimedOut() implements LookupError {}

  /** Nobody listens at any server's port, or the last server asked refuses to answer (REFUSED). */
  record Refused() implements LookupError {}

  /** The last server asked failed with another response code, such as SERVFAIL. */
  record ServerFailed(Rcode rcode) implements LookupError {}

  /**
   * The name to look up, or what a server sent, breaks the format.
   *
   * @param detail one line for a log
   */
  record Malformed(String detail) implements LookupError {}

  /** The system let no packet out or in: no network, no descriptors, no permission. */
  record Unreachable(IOException cause) implements LookupError {}

  /** True if there is nothing to find, as far as the servers say; asking again is of no use. */
  default boolean isDenial() {
    return this instanceof NoSuchName || this instanceof NoData;
  }

  /** One line for a person. */
  default String message() {
    return switch (this) {
      case NoSuchName(Name name) -> "no such name: " + name;
      case NoData(Name name, RecordType type) -> "no " + type + " records: " + name;
      case TimedOut() -> "timed out";
      case Refused() -> "refused";
      case ServerFailed(Rcode rcode) -> "server failed: " + rcode;
      case Malformed(String detail) -> "malformed: " + detail;
      case Unreachable(IOException cause) -> "unreachable: " + cause.getMessage();
    };
  }

  /** The error for a query that got no answer. */
  static LookupError of(Failure failure) {
    return switch (failure) {
      case Failure.Reason reason ->
          switch (reason) {
            case TIMED_OUT, NO_REPLY -> new TimedOut();
            case REFUSED -> new Refused();
            case MALFORMED -> new Malformed("reply cannot be read");
          };
      case Failure.ServerFailed(Rcode rcode, Bytes _) ->
          rcode.equals(Rcode.REFUSED) ? new Refused() : new ServerFailed(rcode);
      case Failure.Io(IOException cause) -> new Unreachable(cause);
    };
  }
}
