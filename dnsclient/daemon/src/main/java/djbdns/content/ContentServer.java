package djbdns.content;

import djbdns.runtime.CommandLine;
import djbdns.runtime.DropRoot;
import djbdns.runtime.ErrorText;
import djbdns.runtime.Fatal;
import djbdns.runtime.Program;
import djbdns.runtime.ReadyNotice;
import djbdns.runtime.ServiceEnvironment;
import djbdns.server.DaemonLog;
import djbdns.server.DnsServer;
import djbdns.server.EventLoops;
import djbdns.server.ListenException;
import djbdns.server.Responder;
import djbdns.server.ServiceLoop;
import djbdns.tsig.TsigKeyFile;
import djbdns.tsig.TsigKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A content server's process, as server.c: binds, drops privileges, serves until it is ended. It is
 * told what to do by {@code $IP}, {@code $PORT}, {@code $TCP}, {@code $ROOT}, {@code $UID}, {@code
 * $GID}, {@code $COMPAT}, {@code $TSIGKEYS} and {@code $QUERYLOG}.
 */
public final class ContentServer {
  private static final int MAX_TCP_CONNECTIONS = 200;
  private static final int MAX_TCP_PER_CLIENT = 50;
  private static final int TCP_IDLE_TIMEOUT_MS = 10_000;

  private final Program program;
  private final ServiceEnvironment environment;
  private final Config config;
  private final Logger log;
  private final ReadyNotice readyNotice;

  /** Everything the environment decides. */
  private record Config(
      List<InetSocketAddress> udp,
      List<InetSocketAddress> tcp,
      boolean isTcpContested,
      boolean compat,
      TsigKeys keys,
      boolean queryLog) {
    static Config of(Program program, ServiceEnvironment environment, TcpAddresses tcpAddresses) {
      List<InetSocketAddress> addresses = environment.listenAddresses();
      return new Config(
          addresses,
          tcpAddresses.choose(environment, addresses),
          tcpAddresses.isContested(environment),
          environment.isCompat(),
          ContentServer.keys(program, environment),
          environment.isOn("QUERYLOG", true));
    }
  }

  /** The steps that are left after confinement, before the first packet is read. */
  @FunctionalInterface
  public interface Preparation {
    /**
     * Makes the answers ready.
     *
     * @param root what {@code $ROOT} is called from now on
     * @return what to do on the main thread while the loops serve, {@link #ready} included; the
     *     process ends with it
     */
    Runnable prepare(Path root) throws InterruptedException;
  }

  /** Knows who serves the same data over TCP. */
  @FunctionalInterface
  public interface Neighbour {
    /** The directory of the service that does so at an address, if there is one. */
    Optional<Path> servingTcp(InetAddress address);
  }

  /** A server of this name whose data nobody else serves; sets the log up. */
  public ContentServer(Program program, ServiceEnvironment environment) {
    this(program, environment, Optional.empty());
  }

  /** A server of this name, which leaves TCP to a neighbour unless {@code $TCP} decides. */
  public ContentServer(Program program, ServiceEnvironment environment, Neighbour neighbour) {
    this(program, environment, Optional.of(neighbour));
  }

  private ContentServer(
      Program program, ServiceEnvironment environment, Optional<Neighbour> neighbour) {
    this.program = program;
    this.environment = environment;
    program.nameProcess();
    DaemonLog.configure(program.name());
    log = LoggerFactory.getLogger(program.name());
    config = Config.of(program, environment, new TcpAddresses(neighbour, log));
    readyNotice = new ReadyNotice(program, environment);
  }

  /**
   * A content server's command line: it takes no arguments, and its help tells of the variables.
   */
  public static CommandLine commandLine(Program program, String description) {
    return new CommandLine(program, "", description)
        .variable("IP", "Addresses to listen on, with slashes between them. Needed.")
        .variable("PORT", "Port for UDP and TCP. 53 if unset.")
        .variable("TCP", "1: UDP and TCP, 0: UDP only. Unset: TCP where nobody else has it.")
        .variable("ROOT", "Directory to serve from, and root of the file system then. Needed.")
        .variable("UID, GID", "Numbers of the user and group to become. Needed by root.")
        .variable("COMPAT", "1.05: answer as djbdns 1.05 does.")
        .variable("TSIGKEYS", "File of keys for signed queries.")
        .variable("QUERYLOG", "0: no line for each query.")
        .variable("SECCOMP", "0: no filter of system calls.");
  }

  /** The keys in the file {@code $TSIGKEYS}, ready for use behind a chroot; none if it is unset. */
  public static TsigKeys keys(Program program, ServiceEnvironment environment) {
    return environment
        .get("TSIGKEYS")
        .map(file -> readKeys(program, Path.of(file)))
        .orElse(TsigKeys.NONE);
  }

  private static TsigKeys readKeys(Program program, Path file) {
    try {
      return TsigKeyFile.read(file);
    } catch (FileSystemException e) {
      throw program.fatal("unable to open " + file, e);
    } catch (IOException e) {
      throw program.fatal("unable to use " + file + ": " + ErrorText.of(e));
    }
  }

  /** True if the answers of 1.05 are asked for. */
  public boolean isCompat() {
    return config.compat();
  }

  public Logger log() {
    return log;
  }

  /** Tells the supervisor, the first time, that questions get their answers from now on. */
  public void ready() {
    readyNotice.send();
  }

  /**
   * Serves answers that need no preparation, until the process is ended.
   *
   * @param answers makes the answers of a loop
   * @throws Fatal if it cannot
   */
  public void serve(Function<? super ServiceLoop, ? extends Answers> answers)
      throws InterruptedException {
    serve(answers, _ -> this::idle);
  }

  /** Leaves all work to the loops; ends when the thread is interrupted. */
  private void idle() {
    ready();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Serves until the process is ended.
   *
   * @param answers makes the answers of a loop
   * @throws Fatal if it cannot
   */
  public void serve(
      Function<? super ServiceLoop, ? extends Answers> answers, Preparation preparation)
      throws InterruptedException {
    try (EventLoops loops = new EventLoops(Runtime.getRuntime().availableProcessors());
        DnsServer server = listen(loops, answers)) {
      Path root = new DropRoot(program, environment).run();
      Runnable meanwhile = preparation.prepare(root);
      log.info("starting {}", program.name());
      if (config.isTcpContested() && !config.compat()) {
        config.tcp().forEach(this::tellOfTcp);
      }
      server.start();
      meanwhile.run();
    }
  }

  /** In the original TCP was axfrdns's, wherever that had its directory. */
  private void tellOfTcp(InetSocketAddress address) {
    log.info(
        "serving {}, since $TCP is not set; 0 leaves it to axfrdns", TcpAddresses.name(address));
  }

  private DnsServer listen(
      EventLoops loops, Function<? super ServiceLoop, ? extends Answers> answers) {
    DnsServer.Config server =
        new DnsServer.Config(
            config.udp(),
            config.tcp(),
            MAX_TCP_CONNECTIONS,
            MAX_TCP_PER_CLIENT,
            TCP_IDLE_TIMEOUT_MS,
            this::warn);
    try {
      return DnsServer.listen(server, loops.all(), loop -> responder(answers.apply(loop)));
    } catch (ListenException e) {
      throw program.fatal("unable to bind " + e.socket(), e.getCause(), e.address());
    }
  }

  private void warn(String what) {
    log.warn("{}: warning: {}", program.name(), what);
  }

  private Responder responder(Answers answers) {
    QueryLog queryLog = new QueryLog(log, config.queryLog());
    return config.compat()
        ? new CompatResponder(answers, queryLog)
        : new ContentResponder(answers, queryLog, config.keys(), InstantSource.system());
  }
}
