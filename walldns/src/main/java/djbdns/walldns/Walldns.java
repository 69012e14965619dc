package djbdns.walldns;

import djbdns.content.ContentServer;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;

/** Gives every address a name that says nothing but the address. See docs/man/walldns.md. */
public final class Walldns {
  private Walldns() {}

  public static void main(String[] args) {
    Program program = new Program("walldns");
    program.run(() -> {
      ContentServer.commandLine(program, "Answer for reverse names, and hide the real ones.")
          .parse(args, 0, 0);
      ServiceEnvironment environment = new ServiceEnvironment(program, System.getenv());
      ContentServer server = new ContentServer(program, environment);
      server.serve(_ -> new Wall(server.isCompat()));
    });
  }
}
