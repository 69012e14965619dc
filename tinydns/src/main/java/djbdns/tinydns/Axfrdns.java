package djbdns.tinydns;

import djbdns.content.ContentResponder;
import djbdns.content.ContentServer;
import djbdns.content.QueryLog;
import djbdns.posix.FreeMemory;
import djbdns.runtime.CommandLine;
import djbdns.runtime.DropRoot;
import djbdns.runtime.ErrorText;
import djbdns.runtime.Program;
import djbdns.runtime.ReadyNotice;
import djbdns.runtime.ServiceEnvironment;
import djbdns.server.DaemonLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.server.ListenException;
import djbdns.server.Responder;
import djbdns.tinydns.axfr.Access;
import djbdns.tinydns.axfr.CompatTransferResponder;
import djbdns.tinydns.axfr.Notifier;
import djbdns.tinydns.axfr.RuleAccess;
import djbdns.tinydns.axfr.Secondary;
import djbdns.tinydns.axfr.SecondaryFile;
import djbdns.tinydns.axfr.TransferRights;
import djbdns.tinydns.axfr.UcspiConnection;
import djbdns.tinydns.axfr.ZoneTransfers;
import djbdns.tinydns.lookup.ZoneData;
import djbdns.tinydns.rules.Rules;
import djbdns.tsig.TsigKeys;
import djbdns.wire.AddressText;
import djbdns.wire.Limits;
import djbdns.wire.MalformedTextException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zone transfers, and ordinary answers over TCP: a server of its own or, where {@code $PROTO} says
 * that tcpserver has started it, for one connection. See docs/man/axfrdns.md.
 */
public final class Axfrdns {
  private static final int MAX_CONNECTIONS = 40;
  private static final int MAX_PER_CLIENT = 10;
  private static final int IDLE_TIMEOUT_MS = 60_000;

  private static final int LOOK_MS = 1000;

  private final Program program;
  private final ServiceEnvironment environment;
  private final Logger log;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();
  private final TsigKeys keys;
  private final List<DataReloader.LoopUser<ZoneData>> users = new ArrayList<>();

  private Axfrdns(Program program, ServiceEnvironment environment) {
    this.program = program;
    this.environment = environment;
    log = LoggerFactory.getLogger(program.name());
    keys = ContentServer.keys(program, environment);
  }

  public static void main(String[] args) {
    Program program = new Program("axfrdns");
    program.run(() -> {
      commandLine(program).parse(args, 0, 0);
      ServiceEnvironment environment = new ServiceEnvironment(program, System.getenv());
      program.nameProcess();
      DaemonLog.configure(program.name());
      Axfrdns axfrdns = new Axfrdns(program, environment);
      if (environment.get("PROTO").isEmpty() && environment.get("IP").isPresent()) {
        axfrdns.serve();
      } else {
        axfrdns.serveConnection();
      }
    });
  }

  private static CommandLine commandLine(Program program) {
    return new CommandLine(program, "", "Transfer zones from $ROOT/data.cdb.")
        .variable("IP", "Addresses to listen on, with slashes between them. Unset: one connection.")
        .variable("PORT", "Port. 53 if unset.")
        .variable("ROOT", "Directory to serve from, and root of the file system then. Needed.")
        .variable("UID, GID", "Numbers of the user and group to become. Needed by root.")
        .variable("RULES", "File of rules, as tcprules makes it. tcp.cdb if unset.")
        .variable("TSIGKEYS", "File of keys for signed queries.")
        .variable("NOTIFY", "File of secondaries to be told of new data.")
        .variable(
            "AXFR", "For one connection: zones that may be transferred, with slashes between.")
        .variable("TSIG", "For one connection: names of keys one of which must sign a transfer.")
        .variable("TCPREMOTEIP, TCPREMOTEPORT", "For one connection: whose it is.")
        .variable("COMPAT", "1.05: answer as djbdns 1.05 does.")
        .variable("QUERYLOG", "0: no line for each query.")
        .variable("SECCOMP", "0: no filter of system calls.");
  }

  /** Reads a file of the administrator. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(Path file) throws IOException;
  }

  private <T> T use(String file, Reader<T> reader) {
    try {
      return reader.read(Path.of(file));
    } catch (FileSystemException e) {
      throw program.fatal("unable to open " + file, e);
    } catch (IOException e) {
      throw program.fatal("unable to use " + file + ": " + ErrorText.of(e));
    }
  }

  /** As tcpserver and axfrdns together. */
  private void serve() throws InterruptedException {
    List<InetSocketAddress> addresses = environment.listenAddresses();
    Rules rules = rules(Path.of(environment.get("RULES").orElse("tcp.cdb")));
    List<Secondary> secondaries =
        environment
            .get("NOTIFY")
            .map(file -> use(file, path -> SecondaryFile.read(path, keys)))
            .orElse(List.of());
    Access access = new RuleAccess(rules, environment.isCompat(), log);
    List<InetAddress> sources =
        addresses.stream()
            .map(InetSocketAddress::getAddress)
            .filter(address -> !address.isAnyLocalAddress())
            .toList();
    Notifier notifier = notifier(secondaries, sources);
    ReadyNotice readyNotice = new ReadyNotice(program, environment);
    FreeMemory freeMemory = new FreeMemory();
    try (EventLoops loops = new EventLoops(Runtime.getRuntime().availableProcessors());
        DnsServer server = listen(addresses, loops, access)) {
      Path root = new DropRoot(program, environment).run();
      DataReloader<ZoneData> reloader =
          new DataReloader<>(
              root.resolve("data.cdb"),
              Tinydns.format(random),
              program.name(),
              log,
              DataAnswers.withoutData(environment.isCompat()),
              freeMemory);
      reloader.start(
          users,
          data -> {
            notifier.served(data);
            readyNotice.send();
          });
      log.info("starting {}", program.name());
      server.start();
      reloader.run();
    }
  }

  /** Waits until the rules have been made: tcpserver, too, starts without and lets nobody in. */
  private Rules rules(Path file) throws InterruptedException {
    if (Files.notExists(file)) {
      warn("waiting for " + file + ": file does not exist");
    }
    while (Files.notExists(file)) {
      Thread.sleep(LOOK_MS);
    }
    return use(file.toString(), Rules::load);
  }

  private Notifier notifier(List<Secondary> secondaries, List<InetAddress> sources) {
    try {
      return new Notifier(secondaries, sources, random, clock, log);
    } catch (IOException e) {
      throw program.fatal("unable to create UDP socket", e);
    }
  }

  private DnsServer listen(List<InetSocketAddress> addresses, EventLoops loops, Access access) {
    DnsServer.Config config =
        new DnsServer.Config(
            List.of(), addresses, MAX_CONNECTIONS, MAX_PER_CLIENT, IDLE_TIMEOUT_MS, this::warn);
    try {
      return DnsServer.listen(
          config,
          loops.all(),
          loop -> {
            Service service = service(access);
            users.add(new DataReloader.LoopUser<>(loop, service.user()));
            return service.responder();
          });
    } catch (ListenException e) {
      throw program.fatal("unable to bind " + e.socket(), e.getCause(), e.address());
    }
  }

  private void warn(String what) {
    log.warn("{}: warning: {}", program.name(), what);
  }

  /** The responder of one loop, and the user that gets new data for it. */
  private record Service(Responder responder, DataUser<ZoneData> user) {}

  private Service service(Access access) {
    boolean compat = environment.isCompat();
    QueryLog queryLog = QueryLog.withoutMarks(log, environment.isOn("QUERYLOG", true));
    DataAnswers<ZoneData> inquiry =
        DataAnswers.of(new Inquiry(Tinydns.lookup(compat, random), clock));
    if (compat) {
      CompatTransferResponder responder =
          new CompatTransferResponder(inquiry, access, queryLog, clock);
      return new Service(
          responder,
          data -> {
            inquiry.use(data);
            responder.use(data);
          });
    }
    ZoneTransfers transfers = new ZoneTransfers(access, queryLog, clock, random);
    return new Service(
        new ContentResponder(inquiry, transfers, queryLog, keys, clock),
        data -> {
          inquiry.use(data);
          transfers.use(data);
        });
  }

  /** As axfrdns behind tcpserver: one connection, on descriptors 0 and 1. */
  private void serveConnection() {
    TransferRights rights = rights();
    Service service = service(_ -> rights);
    Path root = new DropRoot(program, environment).run();
    try (ZoneData data = Tinydns.format(random).loader().load(root.resolve("data.cdb"))) {
      service.user().use(data);
      int maxQueryBytes =
          environment.isCompat() ? CompatTransferResponder.MAX_QUERY_BYTES : Limits.MESSAGE_BYTES;
      new UcspiConnection(program, service.responder(), remote(), maxQueryBytes).serve();
    } catch (IOException e) {
      throw program.fatal(DataReloader.explain(e));
    }
  }

  private TransferRights rights() {
    try {
      return TransferRights.of(System.getenv(), environment.isCompat());
    } catch (MalformedTextException e) {
      throw program.fatal("unable to use $AXFR or $TSIG: " + e.getMessage());
    }
  }

  /** The client, as tcpserver says; 0.0.0.0 and port 0 if it does not, as in 1.05. */
  private InetSocketAddress remote() {
    byte[] address =
        environment
            .get("TCPREMOTEIP")
            .flatMap(AddressText::parse)
            .map(bytes -> bytes.toArray())
            .orElse(new byte[4]);
    int port = environment.get("TCPREMOTEPORT").flatMap(Axfrdns::port).orElse(0);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of a wrong length", e);
    }
  }

  private static Optional<Integer> port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 0 && port <= 65535 ? Optional.of(port) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
