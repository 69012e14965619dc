package djbdns.tinydns;

import djbdns.content.ContentServer;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;
import djbdns.tinydns.lookup.CompatLookup;
import djbdns.tinydns.lookup.Lookup;
import djbdns.tinydns.lookup.StandardLookup;
import djbdns.tinydns.lookup.ZoneData;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * The content server: publishes what {@code data.cdb} holds, never caches, never recurses. See
 * docs/man/tinydns.md.
 */
public final class Tinydns {
  private Tinydns() {}

  public static void main(String[] args) {
    Program program = new Program("tinydns");
    program.run(() -> {
      ContentServer.commandLine(program, "Publish the addresses in $ROOT/data.cdb.")
          .parse(args, 0, 0);
      ServiceEnvironment environment = new ServiceEnvironment(program, System.getenv());
      Path service = Path.of("").toAbsolutePath();
      ContentServer server =
          new ContentServer(
              program,
              environment,
              address ->
                  environment
                      .get("ROOT")
                      .map(root -> new AxfrdnsNeighbour(service, Path.of(root)))
                      .flatMap(neighbour -> neighbour.servingTcp(address)));
      SecureRandom random = new SecureRandom();
      new DataServer<>(program, server, format(random))
          .serve(() -> new Inquiry(lookup(server.isCompat(), random), InstantSource.system()));
    });
  }

  /** Zone data, under a new hash key each time. */
  static DataFormat<ZoneData> format(SecureRandom random) {
    return new DataFormat<>(
        file -> ZoneData.of(DataReloader.open(file), random.nextLong()), ZoneData::close);
  }

  /** A lookup that orders addresses at random. */
  static Lookup lookup(boolean compat, SecureRandom random) {
    SplittableRandom order = new SplittableRandom(random.nextLong());
    return compat ? new CompatLookup(order) : new StandardLookup(order);
  }
}
