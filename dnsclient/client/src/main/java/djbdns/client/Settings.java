package djbdns.client;

import java.io.IOException;
import java.util.Optional;

/**
 * The settings that a client takes from its host. An interface, so that nothing is read before it
 * is wanted and tests need no host.
 */
public interface Settings {
  /** A variable of the environment. */
  Optional<String> variable(String name);

  /** The contents of a file; empty if there is no such file. */
  Optional<String> file(String path) throws IOException;

  /**
   * Something that is equal as long as the file has not changed, for who would rather not read it
   * again.
   */
  Object stamp(String path);

  /** The name the host gives itself, with or without its domain; empty if it has none. */
  String hostName() throws IOException;
}
