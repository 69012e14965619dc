package djbdns.dnscache.control;

import djbdns.wire.Name;
import java.util.List;

/**
 * The commands of a running dnscache. Called on the control server's loop; while a command runs,
 * others wait. Each returns lines to show, or throws.
 */
public interface ControlCommands {
  /** Forgets everything about a name. */
  List<String> flush(Name name) throws CommandFailedException;

  /** Forgets everything about a name and all names below it. */
  List<String> flushTree(Name name) throws CommandFailedException;

  /** Numbers about the cache and the resolver, one a line. */
  List<String> stats() throws CommandFailedException;

  /** Writes the cache to its file. */
  List<String> dump() throws CommandFailedException;

  /** The history of servers, one a line. */
  List<String> servers() throws CommandFailedException;

  /** Reads {@code servers/} again. */
  List<String> reload() throws CommandFailedException;
}
