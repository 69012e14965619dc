package djbdns.dnscache;

import djbdns.dnscache.cache.DamagedDumpException;
import djbdns.dnscache.cache.ShardedCache;
import djbdns.dnscache.control.ControlCommands;
import djbdns.dnscache.control.ControlServer;
import djbdns.dnscache.log.CacheLog;
import djbdns.dnscache.log.Counters;
import djbdns.dnscache.resolve.Resolver;
import djbdns.dnscache.resolve.TimeSource;
import djbdns.dnscache.resolve.policy.ConfiguredZones;
import djbdns.dnscache.upstream.NettyUpstream;
import djbdns.dnscache.upstream.OpenFiles;
import djbdns.dnscache.upstream.UpstreamConfig;
import djbdns.runtime.CommandLine;
import djbdns.runtime.DropRoot;
import djbdns.runtime.ErrorText;
import djbdns.runtime.Program;
import djbdns.runtime.ReadyNotice;
import djbdns.runtime.ServiceEnvironment;
import djbdns.runtime.Signals;
import djbdns.server.DaemonLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.server.ListenException;
import djbdns.server.ServiceLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resolver: finds out, remembers, and answers the clients that the directory {@code ip} names.
 * See docs/man/dnscache.md.
 */
public final class Dnscache {
  /** In the working directory, which is the service directory. */
  private static final String CONTROL_SOCKET = "control";

  private static final int MAX_TCP_CONNECTIONS = 1_000;
  private static final int MAX_TCP_PER_CLIENT = 100;
  private static final int TCP_IDLE_TIMEOUT_MS = 10_000;

  private final Program program;
  private final ServiceEnvironment environment;
  private final Logger logger = LoggerFactory.getLogger("dnscache");
  private final TimeSource time = new SystemTime();

  private Dnscache(Program program, ServiceEnvironment environment) {
    this.program = program;
    this.environment = environment;
  }

  public static void main(String[] args) {
    Program program = new Program("dnscache");
    program.run(() -> {
      commandLine(program).parse(args, 0, 0);
      program.nameProcess();
      DaemonLog.configure(program.name());
      new Dnscache(program, new ServiceEnvironment(program, System.getenv())).serve();
    });
  }

  private static CommandLine commandLine(Program program) {
    return new CommandLine(program, "", "Resolve names for the clients in $ROOT/ip.")
        .variable("IP", "Addresses to listen on, with slashes between them. Needed.")
        .variable("PORT", "Port for UDP and TCP. 53 if unset.")
        .variable("IPSEND", "Address to ask from for each family, 0.0.0.0 for any. Needed.")
        .variable("CACHESIZE", "Bytes of the cache, such as 100000000 or 100M. Needed.")
        .variable("ROOT", "Directory with ip and servers, root of the file system then. Needed.")
        .variable("UID, GID", "Numbers of the user and group to become. Needed by root.")
        .variable("FORWARDONLY", "Set: all servers in servers are caches.")
        .variable("HIDETTL", "Set: every TTL in an answer is 0.")
        .variable("QUERYLOG", "0: only the start and warnings are logged.")
        .variable("CACHEDUMP", "File in $ROOT that keeps the cache.")
        .variable("QMIN", "0: tell servers whole names at once.")
        .variable("MINTTL, MAXTTL", "Shortest and longest life of cached data in seconds.")
        .variable("ASKPRIVATE", "0: ask no servers at private addresses unless servers names them.")
        .variable("PRIVATEANSWERS", "0: leave private addresses out of answers.")
        .variable("SECCOMP", "0: no filter of system calls.");
  }

  private void warn(String what) {
    logger.warn("dnscache: warning: {}", what);
  }

  /** Binds, drops privileges, reads everything else, serves until the process is ended. */
  private void serve() throws IOException {
    List<InetSocketAddress> listening = environment.listenAddresses();
    int cores = Runtime.getRuntime().availableProcessors();
    // With one core a second thread would only be switched to and from.
    List<LateResponder> responders = new ArrayList<>();
    try (EventLoops loops = new EventLoops(cores == 1 ? 1 : cores + 1);
        EventLoops controlLoops = new EventLoops(1);
        DnsServer server = listen(listening, loops.all().subList(0, cores), responders)) {
      Optional<ControlServer> control = control(controlLoops.all().getFirst());
      // These need files outside the chroot.
      ReadyNotice readyNotice = new ReadyNotice(program, environment);
      CryptoRandom random = new CryptoRandom(StandardInputSeed.read());
      OpenFiles files = OpenFiles.share(MAX_TCP_CONNECTIONS);
      server.limitTcpConnections(files.connections());
      Path root = new DropRoot(program, environment).run();
      Config config = Config.of(program, environment, listening);
      ClientAccessWatcher access = new ClientAccessWatcher(root.resolve("ip"), this::warn);
      warnOfLoopback(listening, access.current());
      try (ShardedCache cache = cache(config, random)) {
        ServiceLoop resolverLoop = loops.all().getLast();
        ControlCommands commands =
            start(config, root, cache, random, files.sockets(), resolverLoop, responders, access);
        control.ifPresent(socket -> socket.start(commands));
        logger.info("starting");
        server.start();
        readyNotice.send();
        access.run();
      }
    }
  }

  /** The first address of a new cache is 127.0.0.1, and a LAN is often allowed without another. */
  private void warnOfLoopback(List<InetSocketAddress> listening, ClientAccess access) {
    boolean isLocal =
        listening.stream().allMatch(socket -> socket.getAddress().isLoopbackAddress());
    if (isLocal && access.allowsOthers()) {
      warn("only this host can ask: ip allows others, but env/IP has loopback addresses only");
    }
  }

  /** A directory that cannot be written to was good enough for the original. */
  private Optional<ControlServer> control(ServiceLoop loop) {
    Path socket = Path.of(CONTROL_SOCKET).toAbsolutePath();
    try {
      int user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      int becomes = user == 0 ? environment.requireNumber("UID", 1, Integer.MAX_VALUE) : user;
      return Optional.of(ControlServer.listen(loop, socket, becomes));
    } catch (IOException e) {
      warn("unable to create the socket " + CONTROL_SOCKET + ": " + ErrorText.of(e));
      return Optional.empty();
    }
  }

  private DnsServer listen(
      List<InetSocketAddress> listening, List<ServiceLoop> loops, List<LateResponder> responders) {
    DnsServer.Config config =
        new DnsServer.Config(
            listening,
            listening,
            MAX_TCP_CONNECTIONS,
            MAX_TCP_PER_CLIENT,
            TCP_IDLE_TIMEOUT_MS,
            this::warn);
    try {
      return DnsServer.listen(
          config,
          loops,
          loop -> {
            LateResponder responder = new LateResponder(loop);
            responders.add(responder);
            return responder;
          });
    } catch (ListenException e) {
      throw program.fatal("unable to bind " + e.socket(), e.getCause(), e.address());
    }
  }

  private ShardedCache cache(Config config, CryptoRandom random) {
    try {
      return new ShardedCache(config.cacheBytes(), random);
    } catch (OutOfMemoryError e) {
      throw program.fatal("not enough memory for cache of size " + config.cacheBytes());
    }
  }

  private ControlCommands start(
      Config config,
      Path root,
      ShardedCache cache,
      CryptoRandom random,
      int sockets,
      ServiceLoop resolverLoop,
      List<LateResponder> responders,
      ClientAccessWatcher access) {
    Counters counters = new Counters(cache::motionBytes);
    Strangers strangers = new Strangers(this::warn, System::nanoTime);
    Optional<Path> dumpFile = config.cacheDump().map(file -> within(root, file));
    dumpFile.ifPresent(file -> load(file, cache));
    ServersDirectory directory =
        new ServersDirectory(root.resolve("servers"), config.resolver().forwardOnly());
    ConfiguredZones zones = read(directory);
    AnswerBudget answers = new AnswerBudget();
    CacheLog resolverLog = new CacheLog(logger, config.queryLog(), counters);
    ResolverLoop resolver =
        resolver(config, zones, cache, random, sockets, resolverLoop, resolverLog);
    for (LateResponder responder : responders) {
      CacheLog log =
          responder.loop() == resolverLoop
              ? resolverLog
              : new CacheLog(logger, config.queryLog(), counters);
      responder.set(
          new CacheResponder(
              new CacheResponder.Parts(
                  responder.loop() == resolverLoop ? Runnable::run : responder.loop(),
                  cache,
                  resolver,
                  (address, length) -> access.current().allows(address, length),
                  strangers,
                  new SpecialNames(zones),
                  log,
                  counters,
                  time::unixSeconds,
                  new SplittableRandom(random.nextLong()),
                  config.hideTtl(),
                  answers)));
    }
    Upkeep upkeep =
        new Upkeep(
            directory, cache, dumpFile, resolverLoop, resolver, responders, time, this::warn);
    Signals.handle("HUP", upkeep::reload);
    Signals.handle("USR1", upkeep::dump);
    return new CacheControl(cache, upkeep, counters, strangers, resolverLoop, resolver);
  }

  private ResolverLoop resolver(
      Config config,
      ConfiguredZones zones,
      ShardedCache cache,
      CryptoRandom random,
      int sockets,
      ServiceLoop loop,
      CacheLog log) {
    Config.Sources sources = config.sources();
    UpstreamConfig upstream =
        new UpstreamConfig(
            sources.ipv4(), sources.ipv6(), sources.useIpv4(), sources.useIpv6(), sockets);
    return new ResolverLoop(
        loop,
        log,
        new NettyUpstream(loop, upstream, random),
        network -> new Resolver(config.resolver(), zones, cache, network, random, time, log));
  }

  /** A file's place below the root, which is the root of the file system for whoever was root. */
  private static Path within(Path root, Path file) {
    return root.resolve(file.isAbsolute() ? Path.of("/").relativize(file) : file);
  }

  private ConfiguredZones read(ServersDirectory directory) {
    try {
      return directory.read(this::warn);
    } catch (IOException e) {
      throw program.fatal("unable to read servers", e);
    }
  }

  private void load(Path file, ShardedCache cache) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      CacheFile.load(cache, file, time.unixSeconds());
    } catch (DamagedDumpException e) {
      warn("unable to read the cache: the dump is damaged");
    } catch (IOException e) {
      warn("unable to read the cache: " + ErrorText.of(e));
    }
  }
}
