package djbdns.dnscache;

import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.resolve.TimeSource;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.runtime.ErrorText;
import djbdns.server.ServiceLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The tasks of an administrator while dnscache serves; safe for use by several threads. */
final class Upkeep {
  private final ServersDirectory servers;
  private final ShardedCache cache;
  private final Optional<Path> dumpFile;
  private final ServiceLoop resolverLoop;
  private final ResolverLoop resolver;
  private final List<LateResponder> responders;
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
      Optional<Path> dumpFile,
      ServiceLoop resolverLoop,
      ResolverLoop resolver,
      List<LateResponder> responders,
      TimeSource time,
      Consumer<String> warnings) {
    this.servers = servers;
    this.cache = cache;
    this.dumpFile = dumpFile;
    this.resolverLoop = resolverLoop;
    this.resolver = resolver;
    this.responders = List.copyOf(responders);
    this.time = time;
    this.warnings = warnings;
  }

  /** Reads the directory {@code servers} anew; if that fails, says so, and all stays as it is. */
  void reload() {
    try {
      reloadNow(_ -> {});
    } catch (IOException e) {
      warnings.accept("unable to read servers: " + ErrorText.of(e));
    }
  }

  /**
   * Reads the directory {@code servers} anew.
   *
   * @param alsoWarned gets, besides the log, what is wrong with a file
   * @return zones in it
   * @throws IOException if it cannot be read; all stays as it is
   */
  synchronized int reloadNow(Consumer<String> alsoWarned) throws IOException {
    ConfiguredZones zones = servers.read(warnings.andThen(alsoWarned));
    resolverLoop.execute(() -> resolver.resolver().configure(zones));
    for (LateResponder responder : responders) {
      responder.use(new SpecialNames(zones));
    }
    return zones.all().size();
  }

  boolean canDump() {
    return dumpFile.isPresent();
  }

  /** Writes the cache to its file, if it has one; if that fails, says so. */
  void dump() {
    if (canDump()) {
      try {
        dumpNow();
      } catch (IOException e) {
        warnings.accept("unable to write the cache: " + ErrorText.of(e));
      }
    }
  }

  /**
   * Writes the cache to its file.
   *
   * @return entries written
   */
  synchronized long dumpNow() throws IOException {
    return CacheFile.save(cache, dumpFile.orElseThrow(), time.unixSeconds());
  }
}
