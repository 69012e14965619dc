package djbdns.client.nio;

import djbdns.client.Lookup;
import djbdns.client.ReverseName;
import djbdns.client.ServerAddress;
import djbdns.wire.Bytes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;

/**
 * Many lookups at the same time by one library, each in a virtual thread: {@code
 * tools/bench/library} starts it once for each library and round. A name says its own address, so
 * that every answer is known: {@code 4.3.2.1.in-addr.arpa} has 1.2.3.4, as walldns serves it.
 */
final class LibraryBench {
  /** How long a lookup may take; more than any machine should need. */
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final int MAX_CONCURRENT = 200;

  /** A library. */
  interface Subject extends AutoCloseable {
    /** The IPv4 address of a name; any exception is a wrong answer. */
    InetAddress find(String name) throws Exception;

    @Override
    default void close() {}
  }

  /**
   * What came of it.
   *
   * @param latenciesNs of each lookup, from the start of its thread's work, in ascending order
   * @param wrong answers that are not the expected one, or none
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over once and never compared.
  record Result(long totalNs, long[] latenciesNs, int wrong) {
    double milliseconds(double quantile) {
      return latenciesNs[(int) Math.min(latenciesNs.length - 1, quantile * latenciesNs.length)]
          / 1e6;
    }
  }

  private LibraryBench() {}

  /**
   * Usage: LibraryBench ours|dnsjava|jdk server port lookups warm-ups runs. Prints the library,
   * medians over the runs of total, median and 99th percentile of latency and processor time in
   * milliseconds, KiB of heap used after a collection, KiB resident, and wrong answers.
   */
  public static void main(String[] args) throws Exception {
    int lookups = Integer.parseInt(args[3]);
    int warmUps = Integer.parseInt(args[4]);
    try (Subject subject = subject(args[0], args[1], Integer.parseInt(args[2]))) {
      for (int i = 0; i < warmUps; i++) {
        run(subject, lookups, i);
      }
      int runs = Integer.parseInt(args[5]);
      double[][] figures = new double[4][runs];
      int wrong = 0;
      for (int i = 0; i < runs; i++) {
        long cpuNs = cpuNs();
        Result result = run(subject, lookups, warmUps + i);
        figures[0][i] = result.totalNs() / 1e6;
        figures[1][i] = result.milliseconds(0.5);
        figures[2][i] = result.milliseconds(0.99);
        figures[3][i] = (cpuNs() - cpuNs) / 1e6;
        wrong += result.wrong();
      }
      long residentKib = residentKib();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          Locale.ROOT,
          "%s %.1f %.1f %.1f %.1f %d %d %d%n",
          args[0],
          median(figures[0]),
          median(figures[1]),
          median(figures[2]),
          median(figures[3]),
          (runtime.totalMemory() - runtime.freeMemory()) / 1024,
          residentKib,
          wrong);
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  static Subject subject(String name, String server, int port)
      throws UnknownHostException, TextParseException {
    return switch (name) {
      case "ours" -> new Ours(InetAddress.getByName(server), port);
      case "dnsjava" -> new Dnsjava(server, port);
      case "jdk" -> new Jdk();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** A name that no other round and number has, and its address. */
  private record Task(int round, int number) {
    private Bytes address() {
      return Bytes.of(
          (byte) (10 + round), (byte) (number >> 16), (byte) (number >> 8), (byte) number);
    }

    String name() {
      return ReverseName.of(address()).toString();
    }

    boolean isAnswer(InetAddress found) {
      return Bytes.of(found.getAddress()).equals(address());
    }
  }

  /** All of them at once. */
  static Result run(Subject subject, int lookups, int round) throws InterruptedException {
    long[] latenciesNs = new long[lookups];
    int wrong = 0;
    long startNs = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> outcomes = new ArrayList<>(lookups);
      for (int i = 0; i < lookups; i++) {
        int number = i;
        outcomes.add(
            threads.submit(() -> {
              Task task = new Task(round, number);
              long beganNs = System.nanoTime();
              boolean right = task.isAnswer(subject.find(task.name()));
              latenciesNs[number] = System.nanoTime() - beganNs;
              return right;
            }));
      }
      for (Future<Boolean> outcome : outcomes) {
        wrong += isRight(outcome) ? 0 : 1;
      }
    }
    long totalNs = System.nanoTime() - startNs;
    Arrays.sort(latenciesNs);
    return new Result(totalNs, latenciesNs, wrong);
  }

  private static boolean isRight(Future<Boolean> outcome) throws InterruptedException {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      return false;
    }
  }

  private static final class Ours implements Subject {
    private final DnsClient client;

    Ours(InetAddress server, int port) {
      client =
          new DnsClient(
              ClientConfig.ofSystem()
                  .withServers(List.of(new ServerAddress(server.getAddress(), port)))
                  .withMaxConcurrent(MAX_CONCURRENT)
                  .withDeadline(DEADLINE));
    }

    @Override
    public InetAddress find(String name) throws InterruptedException {
      return client.ask(Lookup.ipv4Addresses(name)).orElseThrow().addresses().getFirst();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /**
   * Without its cache, since every name is new. It sends whatever it is asked at once, and does not
   * send again: 10,000 queries are too many for a server's buffer, so they wait here, as many under
   * way as in ours.
   */
  private static final class Dnsjava implements Subject {
    private final Semaphore turns = new Semaphore(MAX_CONCURRENT);
    private final LookupSession session;

    Dnsjava(String server, int port) throws UnknownHostException {
      SimpleResolver resolver = new SimpleResolver(server);
      resolver.setPort(port);
      resolver.setTimeout(DEADLINE);
      session = LookupSession.builder().resolver(resolver).build();
    }

    @Override
    public InetAddress find(String name) throws Exception {
      turns.acquire();
      try {
        LookupResult result =
            session
                .lookupAsync(Name.fromString(name, Name.root), Type.A)
                .toCompletableFuture()
                .get();
        return ((ARecord) result.getRecords().getFirst()).getAddress();
      } finally {
        turns.release();
      }
    }
  }

  /** getaddrinfo(3), by the host's resolv.conf and nsswitch.conf. */
  private static final class Jdk implements Subject {
    Jdk() {
      Security.setProperty("networkaddress.cache.ttl", "0");
      Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    @Override
    public InetAddress find(String name) throws UnknownHostException {
      return InetAddress.getByName(name);
    }
  }

  private static long cpuNs() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long residentKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
