package djbdns.tinydns;

import djbdns.content.ContentServer;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;
import djbdns.tinydns.rbl.CompatRblLookup;
import djbdns.tinydns.rbl.RblData;
import djbdns.tinydns.rbl.RblLookup;
import djbdns.tinydns.rbl.StandardRblLookup;
import djbdns.wire.MalformedTextException;
import djbdns.wire.Name;

/**
 * The server of a list of addresses: says which are in {@code data.cdb}, under names below {@code
 * $BASE}. See docs/man/rbldns.md.
 */
public final class Rbldns {
  private Rbldns() {}

  public static void main(String[] args) {
    Program program = new Program("rbldns");
    program.run(() -> {
      ContentServer.commandLine(program, "Publish the list in $ROOT/data.cdb.")
          .variable("BASE", "Name below which the list is published. Needed.")
          .parse(args, 0, 0);
      ServiceEnvironment environment = new ServiceEnvironment(program, System.getenv());
      ContentServer server = new ContentServer(program, environment);
      Name base = base(program, environment.require("BASE"));
      new DataServer<>(program, server, format())
          .serve(() -> new RblAnswers(lookup(server.isCompat(), base)));
    });
  }

  private static Name base(Program program, String text) {
    try {
      return Name.parse(text);
    } catch (MalformedTextException e) {
      throw program.fatal("unable to parse $BASE");
    }
  }

  static DataFormat<RblData> format() {
    return new DataFormat<>(file -> RblData.of(DataReloader.open(file)), RblData::close);
  }

  static RblLookup lookup(boolean compat, Name base) {
    return compat ? new CompatRblLookup(base) : new StandardRblLookup(base);
  }
}
