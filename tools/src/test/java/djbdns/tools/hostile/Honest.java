package djbdns.tools.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The clients who only want answers: to names that are cached, to new ones, and beside the mute.
 */
final class Honest {
  private static final int CLIENTS = 4;
  private static final int CACHED_NAMES = 200;
  private static final double CACHED_PER_SECOND = 50;
  private static final double UNCACHED_PER_SECOND = 10;
  private static final double MUTE_PER_SECOND = 20;
  private static final int ZONES = 20;

  /** What became of the questions of a phase. */
  record Tallies(Tally cached, Tally uncached, Tally mute) {
    static Tallies create() {
      return new Tallies(new Tally(), new Tally(), new Tally());
    }
  }

  private final List<HonestClient> cached = new ArrayList<>();
  private final List<HonestClient> uncached = new ArrayList<>();
  private final InetSocketAddress to;
  private final Supplier<String> spoken = counting(0, 1, n -> "f" + n + ".z0.mute");

  Honest(int port, Tallies tallies) throws IOException {
    to = new InetSocketAddress(InetAddress.ofLiteral(Places.RESOLVER), port);
    for (int i = 0; i < CLIENTS; i++) {
      Supplier<String> known = counting(i * CACHED_NAMES / CLIENTS, 1, Honest::cachedName);
      Supplier<String> fresh = counting(i, CLIENTS, n -> "f" + n + ".z" + n % ZONES + ".honest");
      String address = "127.33.3." + (10 + i);
      cached.add(new HonestClient(address, to, CACHED_PER_SECOND, known, tallies.cached()));
      String other = "127.33.3." + (20 + i);
      uncached.add(new HonestClient(other, to, UNCACHED_PER_SECOND, fresh, tallies.uncached()));
    }
  }

  /** One of the names that are asked for all the time. */
  static String cachedName(int number) {
    return "h" + number % CACHED_NAMES + ".z" + number % ZONES + ".honest";
  }

  private static Supplier<String> counting(int first, int step, Queries.Names names) {
    int[] next = {first};
    return () -> {
      int number = next[0];
      next[0] += step;
      return names.name(number);
    };
  }

  /** Those who ask all the time. */
  List<HonestClient> always() {
    List<HonestClient> all = new ArrayList<>(cached);
    all.addAll(uncached);
    return all;
  }

  /** One who asks where the mute servers are asked for other types. */
  List<HonestClient> besideMute(Tallies tallies) throws IOException {
    return List.of(new HonestClient("127.33.3.30", to, MUTE_PER_SECOND, spoken, tallies.mute()));
  }

  /** Where the questions of those who ask all the time are counted from now on. */
  void countIn(Tallies tallies) {
    cached.forEach(client -> client.countIn(tallies.cached()));
    uncached.forEach(client -> client.countIn(tallies.uncached()));
  }
}
