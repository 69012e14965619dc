package djbdns.tinydns;

import djbdns.runtime.CommandLine;
import djbdns.runtime.DropRoot;
import djbdns.runtime.Program;
import djbdns.runtime.ServiceEnvironment;
import djbdns.server.DaemonLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.server.ListenAddresses;
import djbdns.server.ListenException;
import djbdns.server.Responder;
import djbdns.tinydns.lookup.CompatLookup;
import djbdns.tinydns.lookup.StandardLookup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content server: publishes what {@code data.cdb} holds, never caches, never recurses. See
 * docs/man/tinydns.md.
 */
public final class Tinydns {
  private static final int MAX_TCP_CONNECTIONS = 200;
  private static final int MAX_TCP_PER_CLIENT = 50;
  private static final int TCP_IDLE_TIMEOUT_MS = 10_000;

  private final Program program;
  private final ServiceEnvironment environment;
  private final Config config;
  private final SecureRandom random = new SecureRandom();
  private final List<DataReloader.Seat> seats = new ArrayList<>();

  /** Everything the environment decides. */
  record Config(List<InetSocketAddress> addresses, boolean compat, boolean queryLog) {
    static Config of(Program program, ServiceEnvironment environment) {
      return new Config(
          addresses(program, environment),
          isCompat(environment),
          environment.isOn("QUERYLOG", true));
    }

    private static List<InetSocketAddress> addresses(
        Program program, ServiceEnvironment environment) {
      String ip = environment.require("IP");
      int port = environment.port();
      try {
        return ListenAddresses.parse(ip, port);
      } catch (IllegalArgumentException e) {
        throw program.fatal("unable to parse IP address " + e.getMessage());
      }
    }
  }

  /** Whether {@code $COMPAT} asks for the answers of 1.05. */
  static boolean isCompat(ServiceEnvironment environment) {
    return environment.has("COMPAT", "1.05");
  }

  private Tinydns(Program program, ServiceEnvironment environment) {
    this.program = program;
    this.environment = environment;
    config = Config.of(program, environment);
  }

  public static void main(String[] args) {
    Program program = new Program("tinydns");
    program.run(() -> {
      new CommandLine(program, "", "Publish the addresses in $ROOT/data.cdb.").parse(args, 0, 0);
      DaemonLog.configure();
      new Tinydns(program, new ServiceEnvironment(program, System.getenv())).serve();
    });
  }

  /** Binds, drops privileges, reads the data, serves until the process is ended. */
  private void serve() throws InterruptedException {
    Logger log = LoggerFactory.getLogger("tinydns");
    try (EventLoops loops = new EventLoops(Runtime.getRuntime().availableProcessors());
        DnsServer server = listen(loops, log)) {
      Path root = new DropRoot(program, environment).run();
      DataReloader reloader = read(root.resolve("data.cdb"), log);
      reloader.seat(seats);
      log.info("starting tinydns");
      server.start();
      reloader.run();
    }
  }

  private DnsServer listen(EventLoops loops, Logger log) {
    DnsServer.Config server =
        new DnsServer.Config(
            config.addresses(), MAX_TCP_CONNECTIONS, MAX_TCP_PER_CLIENT, TCP_IDLE_TIMEOUT_MS);
    try {
      return DnsServer.listen(server, loops.all(), loop -> responder(loop, log));
    } catch (ListenException e) {
      throw program.fatal("unable to bind " + e.socket(), e.getCause());
    }
  }

  private Responder responder(Executor loop, Logger log) {
    QueryLog queryLog = new QueryLog(log, config.queryLog());
    SplittableRandom order = new SplittableRandom(random.nextLong());
    if (config.compat()) {
      CompatLookup lookup = new CompatLookup(order);
      seats.add(new DataReloader.Seat(loop, lookup));
      return new CompatResponder(lookup, queryLog, InstantSource.system());
    }
    StandardLookup lookup = new StandardLookup(order);
    seats.add(new DataReloader.Seat(loop, lookup));
    return new ContentResponder(lookup, queryLog, InstantSource.system());
  }

  private DataReloader read(Path file, Logger log) {
    try {
      return new DataReloader(file, log, random);
    } catch (IOException e) {
      throw program.fatal(DataReloader.explain(e));
    }
  }
}
