package djbdns.dnscache;

import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.ConfiguredZones;
import djbdns.dnscache.resolve.TimeSource;
import djbdns.runtime.ErrorText;
import djbdns.server.ServiceLoop;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What an administrator has done while dnscache serves; safe for use by several threads. */
final class Upkeep {
  private final ServersDirectory servers;
  private final ShardedCache cache;
  private final Optional<DumpFile> dumpFile;
  private final ServiceLoop resolverLoop;
  private final ResolverLoop resolver;
  private final List<Seat> seats;
  private final TimeSource time;
  private final Consumer<String> warnings;

  /**
   * Nothing is done yet.
   *
   * @param warnings gets what goes wrong, without the program's name
   */
  Upkeep(
      ServersDirectory servers,
      ShardedCache cache,
      Optional<DumpFile> dumpFile,
      ServiceLoop resolverLoop,
      ResolverLoop resolver,
      List<Seat> seats,
      TimeSource time,
      Consumer<String> warnings) {
    this.servers = servers;
    this.cache = cache;
    this.dumpFile = dumpFile;
    this.resolverLoop = resolverLoop;
    this.resolver = resolver;
    this.seats = List.copyOf(seats);
    this.time = time;
    this.warnings = warnings;
  }

  /** Reads the directory {@code servers} anew; if that fails, says so, and all stays as it is. */
  synchronized void reloadServers() {
    try {
      ConfiguredZones zones = servers.read();
      resolverLoop.execute(() -> resolver.resolver().configure(zones));
      for (Seat seat : seats) {
        seat.use(new SpecialNames(zones));
      }
    } catch (IOException e) {
      warnings.accept("unable to read servers: " + ErrorText.of(e));
    }
  }

  /** Writes the cache to its file, if it has one. */
  synchronized void dump() {
    if (dumpFile.isEmpty()) {
      return;
    }
    try {
      dumpFile.get().write(cache, time.unixSeconds());
    } catch (IOException e) {
      warnings.accept("unable to write the cache: " + ErrorText.of(e));
    }
  }
}
