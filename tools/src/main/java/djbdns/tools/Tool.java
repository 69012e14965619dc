package djbdns.tools;

import djbdns.runtime.CommandLine;
import djbdns.runtime.Program;
import java.io.IOException;

/** A command of the client side. Its {@code main} is {@link ToolMain#run}. */
interface Tool {
  /** The command line of the tool: {@code --help}, manual and completion are made of this. */
  CommandLine commandLine(Program program);

  /** True if it ever asks the caches of this host. */
  default boolean asksCaches() {
    return true;
  }

  /**
   * Does the work. What it has put on {@link Host#out} appears when it returns; after a {@link
   * djbdns.runtime.Fatal} only what its buffer could not hold, as with the originals.
   *
   * @param args a character for each byte, as in ISO 8859-1
   * @throws djbdns.runtime.Fatal for every exit code but 0
   * @throws IOException if standard output or input fails
   */
  void run(Program program, String[] args, Host host) throws IOException;
}
