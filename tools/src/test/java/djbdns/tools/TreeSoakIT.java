package djbdns.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole suite on one machine, under load, while its services and loggers are restarted and
 * killed at random and its zone changes: each comes back and answers, logs rotate, and nothing
 * grows. A short run; {@code -Dsoak.seconds} makes it a long one, and tools/soak-tree starts that.
 */
@Tag("long")
final class TreeSoakIT {
  private static final int SECONDS = 20;
  private static final int QUERIES_PER_SECOND = 400;
  private static final int PAUSE_MS = 500;
  private static final int WARM_UP_SECONDS = 60;
  private static final long MAX_GROWTH_KIB = 4 * 1024;

  /** n10 of multilog keeps nine old files besides current; state and lock are not logs. */
  private static final int MAX_LOG_FILES = 10;

  private static final long MAX_LOG_BYTES = 99_999;

  @TempDir private Path directory;

  private final List<Long> comeBackMs = new ArrayList<>();
  private final List<Long> residentKib = new ArrayList<>();
  private Namespace namespace;
  private DnsTree tree;
  private ServerProcess svscan;

  @Test
  void shouldStandLoadAndRestarts() throws Exception {
    Namespace.assumePossible();
    assumeTrue(
        Files.isExecutable(Path.of(Soak.DNSPERF)), "Debian package dnsperf is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/make")), "make is not installed");
    int seconds = Integer.getInteger("soak.seconds", SECONDS);
    long seed = Long.getLong("djbdns.seed", System.nanoTime());
    System.out.println("seed " + seed);
    DnsTree.open(directory);
    try (Namespace own = Namespace.create()) {
      namespace = own;
      tree = new DnsTree(own, DnsTree.open(Files.createDirectory(directory.resolve("service"))));
      svscan = tree.start(directory.resolve("errors"));
      for (String service : DnsTree.SERVICES) {
        svscan.await(() -> answers(service, 1));
      }
      long openFiles = svscan.openFiles();
      Map<String, Process> load = startLoad(seconds);

      disturb(new Random(seed), seconds);

      for (Map.Entry<String, Process> each : load.entrySet()) {
        each.getValue().waitFor();
        reportLoad(each.getKey());
      }
      checkLogs();
      checkProcesses(openFiles, seconds);
      svscan.signal("TERM");
      assertEquals(0, svscan.awaitEnd());
      assertEquals(List.of(), namespace.processes());
    }
  }

  /** True if a service answers; those with the zone, with its serial number. */
  private boolean answers(String service, int serial) throws IOException, InterruptedException {
    List<String> question =
        switch (service) {
          case "dnscache" -> List.of("host1.example.test", "a");
          case "tinydns" -> List.of("example.test", "soa");
          case "axfrdns" -> List.of("example.test", "axfr");
          case "walldns" -> List.of("1.2.1.10.in-addr.arpa", "ptr");
          default -> List.of("1.2.1.10.rbl.test", "a");
        };
    List<String> words = new ArrayList<>(List.of("dig", "@" + DnsTree.address(service)));
    words.addAll(List.of("+short", "+time=2", "+tries=1"));
    words.addAll(question);
    String answer = namespace.run(directory, words.toArray(String[]::new)).output();
    return switch (service) {
      case "dnscache" -> answer.equals("192.0.2.1\n");
      case "tinydns" -> answer.contains(" " + serial + " ");
      case "axfrdns" ->
          answer.contains(" " + serial + " ") && answer.lines().count() == DnsTree.HOSTS + 4;
      case "walldns" -> answer.equals("1.2.1.10.in-addr.arpa.\n");
      default -> answer.equals("127.0.0.2\n");
    };
  }

  private Map<String, Process> startLoad(int seconds) throws IOException {
    Map<String, Process> load = new HashMap<>();
    for (String service : DnsTree.SERVICES) {
      if (!service.equals("axfrdns")) {
        Path queries =
            Files.writeString(directory.resolve(service + ".queries"), DnsTree.queries(service));
        List<String> dnsperf = new ArrayList<>(List.of(Soak.DNSPERF));
        dnsperf.addAll(List.of("-s", DnsTree.address(service), "-d", queries.toString()));
        dnsperf.addAll(List.of("-l", Integer.toString(seconds)));
        dnsperf.addAll(List.of("-Q", Integer.toString(QUERIES_PER_SECOND)));
        ProcessBuilder builder =
            new ProcessBuilder(namespace.inside(dnsperf))
                .redirectErrorStream(true)
                .redirectOutput(report(service).toFile());
        load.put(service, builder.start());
      }
    }
    return load;
  }

  private Path report(String service) {
    return directory.resolve(service + ".report");
  }

  private void disturb(Random random, int seconds) throws IOException, InterruptedException {
    long startNs = System.nanoTime();
    int serial = 1;
    while (System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(seconds)) {
      if (random.nextInt(5) == 0) {
        serial++;
        tree.publish(serial);
      } else {
        restart(tree.all().get(random.nextInt(tree.all().size())), random, serial);
      }
      for (String service : DnsTree.SERVICES) {
        int current = serial;
        svscan.await(() -> answers(service, current));
      }
      if (System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS)) {
        residentKib.add(svscan.residentKib());
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MS));
    }
  }

  /** Ends a service or a logger, kindly or not, and waits for its successor. */
  private void restart(Path service, Random random, int serial)
      throws IOException, InterruptedException {
    Optional<Integer> before = ServiceTree.pid(service);
    long startNs = System.nanoTime();
    Execution svc =
        Execution.of(
            directory,
            TinydnsProcess.JAVA_ENVIRONMENT,
            List.of(
                Suite.launcher("svc").toString(),
                random.nextBoolean() ? "-t" : "-k",
                service.toString()));
    assertEquals("", svc.error());
    svscan.await(() -> {
      Optional<Integer> now = ServiceTree.pid(service);
      return now.isPresent() && !now.equals(before);
    });
    if (!service.endsWith("log")) {
      svscan.await(() -> answers(service.getFileName().toString(), serial));
      comeBackMs.add((System.nanoTime() - startNs) / 1_000_000);
    }
  }

  private void reportLoad(String service) throws IOException {
    String report = Files.readString(report(service));
    System.out.printf(
        "%s: %s of %s queries answered%n",
        service,
        number(report, "Queries completed: +(\\d+)"),
        number(report, "Queries sent: +(\\d+)"));
  }

  private static String number(String report, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(report);
    assertTrue(matcher.find(), report);
    return matcher.group(1);
  }

  private void checkLogs() throws IOException {
    for (String service : DnsTree.SERVICES) {
      Path main = tree.directory(service).resolve("log/main");
      try (Stream<Path> files = Files.list(main)) {
        List<Path> logs =
            files.filter(file -> file.getFileName().toString().matches("@.*|current")).toList();
        System.out.println(service + ": " + logs.size() + " log files");
        assertTrue(logs.size() <= MAX_LOG_FILES, () -> "too many logs: " + logs);
        assertTrue(
            logs.size() > 1 || service.equals("axfrdns"), () -> main + " has not been rotated");
        for (Path log : logs) {
          assertTrue(Files.size(log) <= MAX_LOG_BYTES, () -> log + " is too long");
        }
      }
    }
  }

  private void checkProcesses(long openFiles, int seconds)
      throws IOException, InterruptedException {
    Collections.sort(comeBackMs);
    System.out.printf(
        "restarts of services: %d; answering again after %d ms (median), %d ms (most)%n",
        comeBackMs.size(), comeBackMs.get(comeBackMs.size() / 2), comeBackMs.getLast());
    System.out.printf("open files of svscan: %d before, %d after%n", openFiles, svscan.openFiles());
    System.out.printf("resident memory of svscan: %d KiB%n", svscan.residentKib());
    assertEquals(openFiles, svscan.openFiles());
    assertEquals(List.of(), ServiceTree.zombiesOf(svscan.pid()));
    assertEquals(List.of(), svscan.log());
    // svscan, and nothing but one process for each service and logger.
    assertEquals(1 + tree.all().size(), namespace.processes().size(), () -> "processes are left");
    if (seconds > 2 * WARM_UP_SECONDS) {
      int third = residentKib.size() / 3;
      long first = median(residentKib.subList(0, third));
      long last = median(residentKib.subList(2 * third, residentKib.size()));
      System.out.printf("resident memory of svscan: median %d KiB, then %d KiB%n", first, last);
      assertTrue(last - first <= MAX_GROWTH_KIB, () -> "svscan has grown");
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
