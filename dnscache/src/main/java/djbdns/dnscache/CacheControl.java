package djbdns.dnscache;

import djbdns.dnscache.cache.CacheStats;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.control.CommandFailedException;
import djbdns.dnscache.control.ControlCommands;
import djbdns.dnscache.control.ControlProtocol;
import djbdns.dnscache.log.Counters;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.servers.ServerState;
import djbdns.runtime.ErrorText;
import djbdns.server.ServiceLoop;
import djbdns.wire.Name;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The commands of dnscachectl. Runs on a loop that serves nobody else, so it may take its time. */
final class CacheControl implements ControlCommands {
  private final ShardedCache cache;
  private final Upkeep upkeep;
  private final Counters counters;
  private final Strangers strangers;
  private final ServiceLoop resolverLoop;
  private final ResolverLoop resolver;

  CacheControl(
      ShardedCache cache,
      Upkeep upkeep,
      Counters counters,
      Strangers strangers,
      ServiceLoop resolverLoop,
      ResolverLoop resolver) {
    this.cache = cache;
    this.upkeep = upkeep;
    this.counters = counters;
    this.strangers = strangers;
    this.resolverLoop = resolverLoop;
    this.resolver = resolver;
  }

  @Override
  public List<String> flush(Name name) {
    byte[] wire = name.lowerCase().toWire();
    return List.of("flushed " + cache.flush(wire, wire.length));
  }

  @Override
  public List<String> flushTree(Name name) {
    byte[] wire = name.lowerCase().toWire();
    return List.of("flushed " + cache.flushTree(wire, wire.length));
  }

  @Override
  public List<String> stats() {
    CacheStats stats = cache.stats();
    return List.of(
        "queries " + counters.queries(),
        "denied " + strangers.count(),
        "udp-active " + counters.udpActive(),
        "tcp-active " + counters.tcpActive(),
        "waiting " + askResolver(Resolver::waiters),
        "fetches " + askResolver(Resolver::fetches),
        "entries " + stats.entries(),
        "bytes " + stats.bytesUsed(),
        "size " + stats.blockBytes(),
        "hits " + stats.hits(),
        "misses " + stats.misses(),
        "evictions " + stats.evictions(),
        "motion " + stats.motionBytes());
  }

  private <T> T askResolver(Function<Resolver, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    resolverLoop.execute(() -> answer.complete(question.apply(resolver.resolver())));
    return answer.join();
  }

  @Override
  public List<String> dump() throws CommandFailedException {
    if (!upkeep.canDump()) {
      throw new CommandFailedException("$CACHEDUMP not set");
    }
    try {
      return List.of("dumped " + upkeep.dumpNow());
    } catch (IOException e) {
      throw new CommandFailedException("unable to write the cache: " + ErrorText.of(e));
    }
  }

  @Override
  public List<String> servers() {
    return askResolver(Resolver::servers).stream().map(CacheControl::line).toList();
  }

  private static String line(ServerState state) {
    return state.server()
        + " rtt "
        + state.roundTripMs()
        + " timeout "
        + state.timeoutMs()
        + " timeouts "
        + state.timeouts()
        + " lame "
        + state.lameZones()
        + (state.withoutEdns() ? " without-edns" : "")
        + (state.withoutLetterCase() ? " without-0x20" : "");
  }

  @Override
  public List<String> reload() throws CommandFailedException {
    List<String> lines = new ArrayList<>();
    try {
      int zones = upkeep.reloadNow(warning -> lines.add(ControlProtocol.WARNING + warning));
      lines.addFirst("zones " + zones);
      return lines;
    } catch (IOException e) {
      throw new CommandFailedException("unable to read servers: " + ErrorText.of(e));
    }
  }
}
