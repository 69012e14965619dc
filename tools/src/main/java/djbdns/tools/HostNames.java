package djbdns.tools;

import djbdns.client.AnswerReader;
import djbdns.client.Failure;
import djbdns.client.Query;
import djbdns.client.ResolvConf;
import djbdns.client.ReverseName;
import djbdns.client.ServerAddress;
import djbdns.client.Settings;
import djbdns.client.Step;
import djbdns.client.Transport;
import djbdns.client.nio.QueryLoop;
import djbdns.runtime.Program;
import djbdns.wire.Bytes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The text that dnsfilter puts behind addresses: {@code =} and the host's name, {@code :} and the
 * error, or nothing. While an address is being asked for, and as long as its answer may be used, it
 * is not asked for again. Belongs to one thread but for {@link #wakeUp}.
 */
final class HostNames implements AutoCloseable {
  /** The time, and the number of queries, for which the list of caches is used (dns_rcip.c). */
  private static final long SERVERS_NS = TimeUnit.SECONDS.toNanos(600);

  private static final int SERVERS_USES = 10_000;

  /** Answers that are remembered, the latest ones. */
  private static final int REMEMBERED = 10_000;

  /** More than the rounds of a query take together. */
  private static final long LONGEST_NS = TimeUnit.HOURS.toNanos(1);

  private record Known(String text, long endNs) {}

  private final Program program;
  private final Settings settings;
  private final QueryLoop loop;
  private final SequencedMap<Bytes, Known> known = new LinkedHashMap<>();
  private final Map<Bytes, List<Consumer<String>>> asked = new HashMap<>();

  private List<ServerAddress> servers = List.of();
  private int serversUses;
  private long serversEndNs;

  /** Asks the caches of the host, so many queries at once. */
  HostNames(Program program, Host host, int concurrency) throws IOException {
    this.program = program;
    settings = host.settings();
    loop = new QueryLoop(host.random(), concurrency);
  }

  /** Addresses that are being asked for. */
  int pending() {
    return asked.size();
  }

  /**
   * Finds the text for an address.
   *
   * @param whenFound told once, now or in {@link #await}
   * @throws djbdns.runtime.Fatal if the host does not say which caches to ask
   */
  void find(Bytes address, Consumer<String> whenFound) {
    long nowNs = System.nanoTime();
    Known answer = known.get(address);
    if (answer != null && answer.endNs() - nowNs > 0) {
      whenFound.accept(answer.text());
      return;
    }
    List<Consumer<String>> waiting = asked.get(address);
    if (waiting == null) {
      waiting = new ArrayList<>();
      asked.put(address, waiting);
      Query query = new Query(new Question(ReverseName.of(address), RecordType.PTR), true);
      loop.start(
          query, servers(nowNs), Transport.UDP, nowNs + LONGEST_NS, end -> finish(address, end));
    }
    waiting.add(whenFound);
  }

  private List<ServerAddress> servers(long nowNs) {
    if (serversUses == 0 || serversEndNs - nowNs <= 0) {
      try {
        servers = ResolvConf.servers(settings);
      } catch (IOException e) {
        throw program.fatal("unable to read /etc/resolv.conf", e);
      }
      serversUses = SERVERS_USES;
      serversEndNs = nowNs + SERVERS_NS;
    }
    serversUses--;
    return servers;
  }

  private void finish(Bytes address, Step.End end) {
    String text;
    if (end instanceof Step.Done done) {
      text = read(address, new AnswerReader(done.packet()));
    } else {
      text = error(((Step.Failed) end).failure());
    }
    for (Consumer<String> whenFound : asked.remove(address)) {
      whenFound.accept(text);
    }
  }

  private String read(Bytes address, AnswerReader answer) {
    try {
      Optional<Name> name = answer.hostName();
      String text = name.isEmpty() ? "" : "=" + name.get();
      remember(address, text, answer);
      return text;
    } catch (MalformedPacketException e) {
      // 1.05 takes the error for a name.
      return "=" + error(Failure.Reason.MALFORMED);
    }
  }

  private void remember(Bytes address, String text, AnswerReader answer) {
    try {
      long lifeNs = TimeUnit.SECONDS.toNanos(answer.ttlSeconds());
      known.putLast(address, new Known(text, System.nanoTime() + lifeNs));
    } catch (MalformedPacketException e) {
      // Behind what 1.05 looks at: the name counts, but not for other lines.
      return;
    }
    if (known.size() > REMEMBERED) {
      known.pollFirstEntry();
    }
  }

  private static String error(Failure failure) {
    return ":" + FailureText.of(failure).replace(' ', '-');
  }

  /** Waits until a query has ended or somebody has called {@link #wakeUp}, or some time. */
  void await() throws IOException {
    loop.turn(System.nanoTime() + LONGEST_NS);
  }

  /** Makes {@link #await} return. For any thread. */
  void wakeUp() {
    loop.wakeUp();
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
