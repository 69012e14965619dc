package djbdns.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dnscache for a long time under load, with a cache that is far too small and servers that lose
 * packets. It must answer, not grow, not leak descriptors and log nothing but its usual lines.
 *
 * <p>By hand: {@code tools/soak-dnscache [seconds]}.
 */
final class Soak {
  static final String DNSPERF = "/usr/bin/dnsperf";

  private static final String IP = "127.33.1.1";
  private static final String SERVER_IP = "127.33.1.2";
  private static final int LOST_IN_HUNDRED = 5;
  private static final int NAMES = 200_000;
  private static final int POPULAR_NAMES = 200;
  private static final int QUERIES_PER_SECOND = 3_000;
  private static final int WARM_UP_SECONDS = 60;

  /** As many as the socket's buffer holds while a cold JVM or a busy machine makes them wait. */
  private static final int MAX_OUTSTANDING = 200;

  /** Longer than dnscache takes to say that there is no answer. */
  private static final int ANSWER_TIMEOUT_SECONDS = 15;

  /**
   * Between the medians of the second minute and of the last: a leak of half a MiB a minute does
   * not fit. The compiler's working memory comes and goes, which medians do not show.
   */
  private static final long MAX_GROWTH_KIB = 4 * 1024;

  /** As {@link DnscacheSetup} sets it: constant eviction. */
  private static final long CACHE_KIB = 1_000_000 / 1024;

  /** What the process may take besides its cache, as a median after the warm-up. */
  private static final long MAX_OVERHEAD_KIB = 96 * 1024;

  /** Connections to servers and of clients that have not been closed yet. */
  private static final long MAX_MORE_FILES = 16;

  private static final double MIN_ANSWERED = 0.99;
  private static final double MAX_SERVFAIL = 0.001;
  private static final long SETTLE_MS = 15_000;

  private final Path directory;
  private final ServerProcess server;
  private final int port;
  private final int seconds;
  private final List<String> failures = new ArrayList<>();

  private Soak(Path directory, ServerProcess server, int port, int seconds) {
    this.directory = directory;
    this.server = server;
    this.port = port;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    try {
      run(Files.createTempDirectory("soak"), Integer.parseInt(args[0]));
    } catch (AssertionError e) {
      System.err.println("soak: fatal: " + e.getMessage());
      System.exit(111);
    }
  }

  /**
   * Starts a dnscache and its servers, loads them for so long, and prints what it saw.
   *
   * @param directory an empty one
   * @throws AssertionError if dnscache did not stand it
   */
  static void run(Path directory, int seconds) throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    int port = TinydnsProcess.freePort(InetAddress.ofLiteral(IP));
    try (ScriptedServer servers =
        ScriptedServer.start(SERVER_IP, 0, new SoakScript(LOST_IN_HUNDRED))) {
      DnscacheSetup setup =
          DnscacheSetup.create(
                  directory,
                  IP,
                  Map.of(
                      "@", List.of(servers.address()), "far.soak.test", List.of(servers.address())),
                  List.of("127"))
              .with("PORT", Integer.toString(port));
      try (ServerProcess server = setup.start(Optional.empty())) {
        new Soak(directory, server, port, seconds).run();
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    Path queries = directory.resolve("queries");
    Files.writeString(queries, queries());
    // A second's load first: event loops and the connection pool have their descriptors then.
    load(queries, 1).waitFor();
    long filesBefore = server.openFiles();
    Process load = load(queries, seconds);
    List<Long> residentKib = watch(load);
    String report = Files.readString(directory.resolve("report"), UTF_8);
    checkReport(report);
    checkFiles(filesBefore);
    checkMemory(residentKib);
    Optional<String> unusual = server.logged(DnscacheLog.USUAL_LINE.negate());
    check(unusual.isEmpty(), "unusual line in the log: " + unusual.orElse(""));
    check(server.isAlive(), "dnscache has ended");
    if (!failures.isEmpty()) {
      throw new AssertionError(String.join("; ", failures));
    }
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      failures.add(otherwise);
    }
  }

  /** Every fifth question is for a popular name; half of the others go down from the root. */
  private static String queries() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < NAMES; i++) {
      if (i % 5 == 0) {
        lines.append('n').append(i / 5 % POPULAR_NAMES).append(".far.soak.test A\n");
      } else if (i % 2 == 0) {
        lines.append('n').append(i).append(".far.soak.test A\n");
      } else {
        lines.append('n').append(i).append(".d").append(i % 50).append(".soak A\n");
      }
    }
    return lines.toString();
  }

  private Process load(Path queries, int forSeconds) throws IOException {
    List<String> command =
        List.of(
            DNSPERF,
            "-s",
            IP,
            "-p",
            Integer.toString(port),
            "-d",
            queries.toString(),
            "-l",
            Integer.toString(forSeconds),
            "-Q",
            Integer.toString(QUERIES_PER_SECOND),
            "-q",
            Integer.toString(MAX_OUTSTANDING),
            "-t",
            Integer.toString(ANSWER_TIMEOUT_SECONDS));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("report").toFile())
        .start();
  }

  /** Until the load ends; returns the resident memory of each second after the warm-up, in KiB. */
  private List<Long> watch(Process load) throws IOException, InterruptedException {
    boolean ended = load.waitFor(Math.min(WARM_UP_SECONDS, seconds / 2), TimeUnit.SECONDS);
    List<Long> residentKib = new ArrayList<>(List.of(server.residentKib()));
    long maxFiles = server.openFiles();
    while (!ended) {
      ended = load.waitFor(1, TimeUnit.SECONDS);
      if (!ended) {
        residentKib.add(server.residentKib());
        maxFiles = Math.max(maxFiles, server.openFiles());
      }
    }
    System.out.println("at most " + maxFiles + " open files");
    return residentKib;
  }

  /** Short runs are all warm-up, and show nothing about memory. */
  private void checkMemory(List<Long> residentKib) {
    int minute = Math.min(60, residentKib.size());
    long first = median(residentKib.subList(0, minute));
    long last = median(residentKib.subList(residentKib.size() - minute, residentKib.size()));
    System.out.println(
        "resident memory: median %d KiB after the warm-up, %d KiB at the end; at most %d KiB"
            .formatted(first, last, Collections.max(residentKib)));
    if (seconds > 2 * WARM_UP_SECONDS) {
      check(last - first <= MAX_GROWTH_KIB, "memory has grown by " + (last - first) + " KiB");
      check(last <= CACHE_KIB + MAX_OVERHEAD_KIB, "memory is at " + last + " KiB");
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void checkReport(String report) {
    double sent = number(report, "Queries sent: +(\\d+)");
    double completed = number(report, "Queries completed: +(\\d+)");
    double failed = number(report, "SERVFAIL (\\d+)");
    System.out.println(
        "%.0f queries in %d s: %.0f answered, %.0f not, %.0f with SERVFAIL"
            .formatted(sent, seconds, completed, sent - completed, failed));
    check(sent > 0 && completed >= sent * MIN_ANSWERED, "too few answers:\n" + report);
    check(failed <= sent * MAX_SERVFAIL, "too many failures:\n" + report);
  }

  private static double number(String report, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(report);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  /** Waits until what the load has opened is closed again. */
  private void checkFiles(long before) throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MS);
    long now = server.openFiles();
    while (now > before + MAX_MORE_FILES && System.nanoTime() < endNanos) {
      TimeUnit.MILLISECONDS.sleep(100);
      now = server.openFiles();
    }
    System.out.println("open files: " + before + " before the load, " + now + " after it");
    check(now <= before + MAX_MORE_FILES, "descriptors are left: " + before + " and " + now);
  }
}
