package djbdns.tools.hostile;

import djbdns.tools.Execution;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Any traffic that allowed clients and hostile servers can make, against a resolver that must stay
 * alive, within its memory, and at the service of everybody else. Takes over the network namespace
 * it is started in, so it needs root and one of its own, with the loopback interface up.
 *
 * <p>Each phase has a resolver of its own with {@code -Dhostile.fresh=true}; otherwise one process
 * has to stand them all.
 *
 * <p>By hand: {@code tools/soak-hostile [--peer unbound | --peer bind] [seconds]}.
 */
final class Adversary {
  private static final int SAMPLE_MS = 100;
  private static final int SETTLE_MS = 15_000;
  private static final int START_MS = 20_000;

  /** Behind each phase, so that what it has begun does not count for the next. */
  private static final int MAX_PAUSE_MS = 10_000;

  private static final int PAUSE_PART = 5;

  private final int seconds;
  private final long seed;
  private final int port;
  private final Resolver resolver;
  private final Counts counts;
  private final ClientLoop attackers;
  private final ClientLoop honestLoop;

  private Adversary(int seconds, long seed, int port, Resolver resolver, Counts counts)
      throws IOException {
    this.seconds = seconds;
    this.seed = seed;
    this.port = port;
    this.resolver = resolver;
    this.counts = counts;
    attackers = new ClientLoop("attackers");
    honestLoop = new ClientLoop("honest");
  }

  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[0]);
    Subject subject = Subject.parse(args[1]);
    long seed = Long.parseLong(args[2]);
    List<Phase> phases =
        args.length > 3
            ? Stream.of(args).skip(3).map(Phase::valueOf).toList()
            : List.of(Phase.values());
    Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
      problem.printStackTrace();
      Runtime.getRuntime().halt(111);
    });
    Path suite = Path.of(System.getProperty("suite.directory")).toAbsolutePath();
    Path directory = Files.createTempDirectory("hostile");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    makeNetwork();
    Counts counts = new Counts();
    World world = World.create();
    // In a thread of their own, so that hostile load does not make honest servers slow.
    ServerLoop.start(world.part(true), false, counts);
    ServerLoop.start(world.part(false), true, counts);
    int port = freePort();
    Resolver resolver = Resolver.start(subject, directory, suite, port);
    try {
      List<String> failures =
          new Adversary(seconds, seed, port, resolver, counts).run(subject, phases);
      failures.forEach(failure -> System.out.println("failed: " + failure));
      System.exit(failures.isEmpty() ? 0 : 1);
    } finally {
      resolver.stop();
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.toList().reversed()) {
        Files.delete(path);
      }
    }
  }

  /** Every address of the servers' network and of the clients' is this machine's. */
  private static void makeNetwork() throws IOException, InterruptedException {
    ip("address", "add", Places.RESOLVER + "/32", "dev", "lo");
    ip("route", "add", "local", Places.SERVER_NETWORK, "dev", "lo");
    ip("-6", "route", "add", "local", Places.CLIENT_NETWORK_IPV6 + "/64", "dev", "lo");
    Path nonlocal = Path.of("/proc/sys/net/ipv6/ip_nonlocal_bind");
    if (Files.isWritable(nonlocal)) {
      Files.writeString(nonlocal, "1");
    }
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/sbin/ip"));
    command.addAll(List.of(words));
    Execution execution = Execution.of(Path.of("/"), Map.of(), command);
    if (execution.exitCode() != 0) {
      throw new IllegalStateException("ip " + String.join(" ", words) + ": " + execution.error());
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral(Places.RESOLVER))) {
      return socket.getLocalPort();
    }
  }

  private List<String> run(Subject subject, List<Phase> phases)
      throws IOException, InterruptedException {
    Honest honest = new Honest(port, Honest.Tallies.create());
    honestLoop.add(honest.always());
    warmUp(honest);
    long filesBefore = resolver.openFiles();
    List<PhaseReport> reports = new ArrayList<>();
    int weights = phases.stream().mapToInt(Phase::weight).sum();
    for (Phase phase : phases) {
      if (Boolean.getBoolean("hostile.fresh")) {
        resolver.startAfresh();
        warmUp(honest);
      }
      reports.add(run(phase, seconds * 1_000 * phase.weight() / weights, honest));
    }
    long filesAfter = settle(filesBefore);
    GcLog gcLog = resolver.gcLog();
    PhaseReport.head().forEach(System.out::println);
    reports.forEach(report -> System.out.println(report.line(gcLog)));
    System.out.println("open files: " + filesBefore + " before, " + filesAfter + " after");
    resolver.deaths().forEach(death -> System.out.println("ended: " + death));
    return subject == Subject.OURS
        ? Verdict.of(resolver, reports, gcLog, seconds, filesAfter - filesBefore)
        : List.of();
  }

  /** Until the honest are answered; their first answers come from nowhere else than the servers. */
  private void warmUp(Honest honest) throws IOException, InterruptedException {
    for (int waitedMs = 0; waitedMs < START_MS; waitedMs += 1_500) {
      Honest.Tallies tallies = Honest.Tallies.create();
      honest.countIn(tallies);
      TimeUnit.MILLISECONDS.sleep(1_000);
      honest.countIn(Honest.Tallies.create());
      // What was asked at the end of that second is under way.
      TimeUnit.MILLISECONDS.sleep(500);
      if (tallies.cached().share() > 0.99 && tallies.uncached().share() > 0.9) {
        return;
      }
    }
    throw new IllegalStateException(
        "nobody is answered: " + String.join("\n", resolver.unusualLines()));
  }

  private PhaseReport run(Phase phase, int forMs, Honest honest)
      throws IOException, InterruptedException {
    Honest.Tallies tallies = Honest.Tallies.create();
    LongAdder sent = new LongAdder();
    List<Client> all = new ArrayList<>(phase.attackers(port, seed, sent));
    List<HonestClient> besideMute =
        phase == Phase.MUTE || phase == Phase.ALL ? honest.besideMute(tallies) : List.of();
    honest.countIn(tallies);
    long hostileBefore = counts.hostile();
    int deathsBefore = resolver.deaths().size();
    long cpuBeforeMs = resolver.cpuMs();
    long startMs = System.currentTimeMillis();
    attackers.add(all);
    honestLoop.add(besideMute);
    int pauseMs = Math.min(MAX_PAUSE_MS, forMs / PAUSE_PART);
    long maxResidentKib = watch(forMs - pauseMs);
    long endMs = System.currentTimeMillis();
    long cpuMs = resolver.cpuMs() - cpuBeforeMs;
    attackers.remove(all);
    besideMute.forEach(HonestClient::stopAsking);
    honest.countIn(Honest.Tallies.create());
    watch(pauseMs);
    honestLoop.remove(besideMute);
    return new PhaseReport(
        phase,
        startMs,
        endMs,
        tallies,
        sent.sum(),
        counts.hostile() - hostileBefore,
        maxResidentKib,
        cpuMs,
        resolver.deaths().size() - deathsBefore);
  }

  /** Keeps the resolver alive for so long; returns the most resident memory. */
  private long watch(int forMs) throws IOException, InterruptedException {
    long maxResidentKib = 0;
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMs);
    while (System.nanoTime() < endNanos) {
      TimeUnit.MILLISECONDS.sleep(SAMPLE_MS);
      resolver.keepAlive();
      maxResidentKib = Math.max(maxResidentKib, resolver.residentKib());
    }
    return maxResidentKib;
  }

  /** Waits until what the load has opened is closed again, and until nobody waits any more. */
  private long settle(long filesBefore) throws IOException, InterruptedException {
    watch(Tally.PATIENCE_MS);
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MS);
    while (resolver.openFiles() > filesBefore + Verdict.MAX_MORE_FILES
        && System.nanoTime() < endNanos) {
      watch(SAMPLE_MS);
    }
    return resolver.openFiles();
  }
}
