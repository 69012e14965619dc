package djbdns.tinydns;

import djbdns.content.ContentServer;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;
import djbdns.tinydns.pick.CompatPickLookup;
import djbdns.tinydns.pick.PickData;
import djbdns.tinydns.pick.PickLookup;
import djbdns.tinydns.pick.StandardPickLookup;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * The server of addresses that change with each answer: a few of those that {@code data.cdb} has
 * for the client. See docs/man/pickdns.md.
 */
public final class Pickdns {
  private Pickdns() {}

  public static void main(String[] args) {
    Program program = new Program("pickdns");
    program.run(() -> {
      ContentServer.commandLine(program, "Publish a few of the addresses in $ROOT/data.cdb.")
          .parse(args, 0, 0);
      ServiceEnvironment environment = new ServiceEnvironment(program, System.getenv());
      ContentServer server = new ContentServer(program, environment);
      SecureRandom random = new SecureRandom();
      new DataServer<>(program, server, format(random))
          .serve(() -> new PickAnswers(lookup(server.isCompat(), random)));
    });
  }

  /** Data under a new hash key each time. */
  static DataFormat<PickData> format(SecureRandom random) {
    return new DataFormat<>(
        file -> PickData.of(DataReloader.open(file), random.nextLong()), PickData::close);
  }

  private static PickLookup lookup(boolean compat, SecureRandom random) {
    SplittableRandom choice = new SplittableRandom(random.nextLong());
    return compat ? new CompatPickLookup(choice) : new StandardPickLookup(choice);
  }
}
